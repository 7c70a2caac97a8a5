import type { Awaitable } from '#src/core/awaitable.ts'
import type { Clock } from '#src/core/clock.ts'
import type { MessageId } from '#src/core/ids.ts'
import type { Log } from '#src/core/log.ts'
import type { ModelEvent } from '#src/core/model.ts'
import type { Button, ReplySurface, WritePhase } from '#src/core/surface.ts'
import type { Reply, TurnOutcome } from '#src/core/turn.ts'
import type { Draft } from '#src/core/turns.ts'
import { Bell } from './bell.ts'
import type { AnswerButtons } from './controls/answer-buttons.ts'
import { AskedAnew, LetGo, NobodyReads, ShuttingDown } from './interruption.ts'
import { listenToModel } from './listen-to-model.ts'
import type { ReplyTimes } from './reply-times.ts'
import { type Pace, ReplyView } from './reply-view.ts'
import { showReply } from './show-reply.ts'
import type { Standing } from './standing.ts'
import type { WriteBudget } from './write-budget.ts'

/** `anew`: what stood of the answer counts no more, the following begins it again. */
export type AnswerEvent = ModelEvent | Readonly<{ type: 'anew' }>

/**
 * Why a turn goes on after its writing ended: the model is away, the question has grown, this process stops and the next one
 * takes it up, or somebody else does.
 */
export type Pending = 'away' | 'anew' | 'parked' | 'let go'

export type Explained = Readonly<{ outcome: TurnOutcome; words: string | undefined; pending?: Pending | undefined }>

export type ReplyParts = Readonly<{
  /** Begins the keys of its writes: mostly the turn's id. */
  key: string
  surface: ReplySurface
  /** What stands there stays until this reply has words. */
  fallsBack?: boolean
  pace: Pace
  budget: WriteBudget
  clock: Clock
  log: Log
  times: ReplyTimes
  /** What an earlier try put there. */
  stands?: Standing | undefined
  /** Shown under the reply once it is whole; known at the latest with its first words. */
  note?: string | (() => string | undefined) | undefined
  /** Shown with the note. */
  offers?: readonly Button[] | undefined
  /** Shown under a notice in which the reply ends. */
  buttons?: readonly Button[] | undefined
  /** Shown under its newest words, and under its last ones. */
  controls?: AnswerButtons | undefined
  /** Opens the model's stream. */
  ask(signal: AbortSignal): AsyncIterable<AnswerEvent>
  /** Ends the answer where it is; what was generated still lands. */
  stop: AbortSignal
  /** The question has grown: nothing of this try is wanted, but a write that is under way arrives. Not aborted after `onWriting`. */
  anew?: AbortSignal | undefined
  /** What became of an answer whose stream broke, and what its reader is told: under the words, or in their place. `isNew`: this try brought words. */
  explain(error: unknown, hasWords: boolean, isNew: boolean): Explained
  /** The message shows another reply, as far as anybody knows. */
  isOfAnother(message: MessageId): Awaitable<boolean>
  /** The first words go out: from now on somebody may have seen the answer. */
  onWriting(): void
  /** These words are about to be shown, by a write of that phase. */
  onDraft(draft: Draft, phase: WritePhase): Awaitable<void>
  /** A part stands on the platform. */
  onShown(part: number, message: MessageId): Awaitable<void>
  /** Takes a message off the platform that shows nothing of the reply any more. */
  remove(message: MessageId): Awaitable<void>
}>

export type Written = Readonly<{
  reply: Reply
  pending: Pending | undefined
  standing: Standing
  /** Somebody took a message of it off the platform. */
  isTakenAway: boolean
}>

/**
 * Writes one reply through its surface while the model generates it: two loops over one view. The listener reads the
 * model's stream and never waits for the platform; the shower takes the newest text whenever the budget grants a slot,
 * one write at a time, until everything is on the platform in its lasting form. The last text always lands.
 * An aborted signal ends both at once: it rejects with the reason, but for a shutdown, which leaves the turn to the next
 * process. If that came before `onWriting`, nobody saw a word of the answer.
 */
export async function writeReply(parts: ReplyParts, signal: AbortSignal): Promise<Written> {
  const { surface, key, pace, clock, budget, stands, note, offers, buttons, stop, anew } = parts
  const now = () => clock.now().getTime()
  const view = new ReplyView({
    surface,
    turn: key,
    pace,
    now,
    stands,
    note,
    offers,
    buttons,
    fallsBack: parts.fallsBack,
    controls: parts.controls,
  })
  const bell = new Bell()
  const changed = () => {
    bell.ring()
    budget.reconsider(view)
  }
  const unreadable = new AbortController()
  const ended = AbortSignal.any([signal, stop, unreadable.signal, ...(anew ? [anew] : [])])
  const listening = listenToModel(parts, view, changed, ended)
  try {
    const end = await showReply({ parts, view, bell, changed }, signal)
    const isWhole = end === 'whole'
    if (isWhole) parts.times.whole()
    unreadable.abort(new NobodyReads())
    const { outcome, text, pending } = await listening
    const reply = { outcome: isWhole ? outcome : 'stopped', text, messages: view.messages } as const
    const isTakenAway = end === 'taken away'
    return { reply, pending: isWhole ? pending : undefined, standing: view.standing, isTakenAway }
  } catch (error) {
    unreadable.abort(new NobodyReads())
    await listening
    const pending = pendingOf(error)
    if (pending === undefined) throw error
    const reply = { outcome: 'cut off', text: view.text, messages: view.messages } as const
    return { reply, pending, standing: view.standing, isTakenAway: false }
  }
}

function pendingOf(error: unknown): Pending | undefined {
  if (error instanceof AskedAnew) return 'anew'
  if (error instanceof LetGo) return 'let go'
  return error instanceof ShuttingDown ? 'parked' : undefined
}
