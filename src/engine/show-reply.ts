import type { MessageId } from '#src/core/ids.ts'
import type { Write, WriteOutcome } from '#src/core/surface.ts'
import { attachRest } from './attach-rest.ts'
import type { Bell } from './bell.ts'
import { findStanding } from './find-standing.ts'
import type { Slot } from './most-urgent.ts'
import type { ReplyParts } from './reply-parts.ts'
import type { ReplyView } from './reply-view.ts'
import { WriteBackoff } from './write-backoff.ts'
import { freeSlot } from './write-budget.ts'

/** A reply on its way to the platform. */
export type Showing = Readonly<{
  parts: Omit<ReplyParts, 'ask' | 'stop' | 'explain'>
  view: ReplyView
  /** Rings when there may be something to write. */
  bell: Bell
  /** To be called when something else may be due than before. */
  changed(): void
}>

/**
 * `given up`: the platform takes no more of it, since the place is gone, or nobody answers for long. `taken away`: a message that
 * stood there is not there any more.
 */
export type Shown = 'whole' | 'given up' | 'taken away'

/** View → platform: one write at a time, each with the newest text, until everything stands there in its lasting form. */
export async function showReply(showing: Showing, signal: AbortSignal): Promise<Shown> {
  const { parts, view } = showing
  for (;;) {
    const shown = await showMessages(showing, signal)
    if (shown !== 'whole') return shown
    parts.anew?.throwIfAborted()
    if (view.rest === '' || (await attachRest(parts, view, signal))) break
    view.unfold()
  }
  for (const message of view.takeSurplus()) await parts.remove(message)
  return 'whole'
}

async function showMessages({ parts, view, bell, changed }: Showing, signal: AbortSignal): Promise<Shown> {
  const { surface, budget, clock, log, stands, isOfAnother, anew } = parts
  const waiting = anew ? AbortSignal.any([signal, anew]) : signal
  using timers = new DisposableStack()
  timers.use(bell.until(waiting))
  const backoff = new WriteBackoff(clock, log)
  let mayStand = stands?.inDoubt ?? false
  while (!view.complete) {
    const due = view.next()
    if (due === undefined) {
      // Set anew with each wait: a timer may ring a moment before the hold is over, and words that lie unread ring no bell.
      using _held = view.heldForMs > 0 ? clock.after(view.heldForMs, changed) : undefined
      await bell.rung()
      continue
    }
    if (mayStand && due.message === undefined) {
      mayStand = false
      const found = await findStanding(surface, due, isOfAnother, waiting)
      if (found === undefined) continue
      view.found(due.part, found)
      await parts.onShown(due.part, found)
      continue
    }
    const slot = surface.isInstant
      ? freeSlot(view, surface.bucket(due))
      : await budget.slot(view, surface.bucket(due), waiting)
    const write = view.next()
    if (write === undefined || surface.bucket(write) !== slot.plan.bucket) {
      slot.giveBack()
      continue
    }
    const outcome = await send(parts, view, write, slot, signal)
    switch (outcome.outcome) {
      case 'written':
        backoff.clear()
        await written(parts, view, write, outcome.message)
        break
      case 'rate-limited':
        budget.block(slot.plan.bucket, outcome.retryAfterMs)
        break
      case 'unknown': {
        view.doubts(write)
        if (!(await backoff.pause(outcome.cause, write.phase, view.ended, waiting))) return 'given up'
        if (write.message !== undefined) break
        // A send that nobody confirmed may stand there. If not, it is repeated as it was, under its key.
        const found = await surface.find(write, signal)
        if (found === undefined) view.repeat(write)
        else await written(parts, view, write, found)
        break
      }
      case 'gone':
        log.info({ err: outcome.cause, phase: write.phase }, 'the platform takes no more of a reply')
        return outcome.isMissing ? 'taken away' : 'given up'
      default:
        outcome satisfies never
    }
  }
  return 'whole'
}

async function send(
  { surface, times, onWriting, onDraft, anew }: Showing['parts'],
  view: ReplyView,
  write: Write,
  slot: Slot,
  signal: AbortSignal,
): Promise<WriteOutcome> {
  let outcome: WriteOutcome | undefined
  try {
    anew?.throwIfAborted()
    view.sends(write)
    if (!write.notice) {
      onWriting()
      await onDraft(view.draft, write.phase)
    }
    times.sends(write)
    outcome = await surface.write(write, signal)
    return outcome
  } finally {
    times.came(write, slot.plan.bucket, outcome?.outcome)
    slot.settle(outcome?.outcome === 'written' ? outcome.limit : undefined)
  }
}

async function written(
  { onShown }: Showing['parts'],
  view: ReplyView,
  write: Write,
  message: MessageId,
): Promise<void> {
  view.wrote(write, message)
  if (write.message === undefined) await onShown(write.part, message)
}
