import type { Reply } from '#src/core/turn.ts'
import { Bell } from './bell.ts'
import { AskedAnew, LetGo, NobodyReads, ShuttingDown } from './interruption.ts'
import { listenToModel } from './listen-to-model.ts'
import type { Pending, ReplyParts } from './reply-parts.ts'
import { ReplyView } from './reply-view.ts'
import { showReply } from './show-reply.ts'
import type { Standing } from './standing.ts'

/** What became of a reply, for whoever tries again. `pending`: its turn goes on. */
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
