import type { Clock } from '#src/core/clock.ts'
import type { MessageId, TurnId } from '#src/core/ids.ts'
import type { Log } from '#src/core/log.ts'
import type { ModelEvent } from '#src/core/model.ts'
import type { Awaitable } from '#src/core/store.ts'
import type { ReplySurface } from '#src/core/surface.ts'
import type { Reply, TurnOutcome } from '#src/core/turn.ts'
import { Bell } from './bell.ts'
import { NobodyReads, ShuttingDown } from './interruption.ts'
import { listenToModel } from './listen-to-model.ts'
import { type Pace, ReplyView } from './reply-view.ts'
import { showReply } from './show-reply.ts'
import type { WriteBudget } from './write-budget.ts'

export type ReplyParts = Readonly<{
  turn: TurnId
  surface: ReplySurface
  pace: Pace
  budget: WriteBudget
  clock: Clock
  log: Log
  /** Opens the model's stream. */
  ask(signal: AbortSignal): AsyncIterable<ModelEvent>
  /** Ends the answer where it is; what was generated still lands. */
  stop: AbortSignal
  /** What became of an answer whose stream broke, and what its reader is told: under the words, or in their place. */
  explain(error: unknown, hasWords: boolean): Readonly<{ outcome: TurnOutcome; words: string | undefined }>
  /** The first write goes out: from now on somebody may have seen the answer. */
  onWriting(): void
  /** A part stands on the platform. */
  onShown(part: number, message: MessageId): Awaitable<void>
}>

/**
 * Writes one reply through its surface while the model generates it: two loops over one view. The listener reads the
 * model's stream and never waits for the platform; the shower takes the newest text whenever the budget grants a slot,
 * one write at a time, until everything is on the platform in its lasting form. The last text always lands.
 * An aborted signal ends both at once: it rejects with the reason, but for a shutdown, which leaves the reply as it was seen.
 * If that came before `onWriting`, nobody saw a thing.
 */
export async function writeReply(parts: ReplyParts, signal: AbortSignal): Promise<Reply> {
  const { surface, turn, pace, clock, budget, stop } = parts
  const view = new ReplyView(surface, turn, pace, () => clock.now().getTime())
  const bell = new Bell()
  const changed = () => {
    bell.ring()
    budget.reconsider(view)
  }
  const unreadable = new AbortController()
  const listening = listenToModel(parts, view, bell, changed, AbortSignal.any([signal, stop, unreadable.signal]))
  try {
    const isWhole = await showReply({ parts, view, bell, changed }, signal)
    unreadable.abort(new NobodyReads())
    const { outcome, text } = await listening
    return { outcome: isWhole ? outcome : 'stopped', text, messages: view.messages }
  } catch (error) {
    unreadable.abort(new NobodyReads())
    await listening
    // At a stop that could not wait, what was seen is what was said.
    if (error instanceof ShuttingDown) return { outcome: 'cut off', text: view.seen, messages: view.messages }
    throw error
  }
}
