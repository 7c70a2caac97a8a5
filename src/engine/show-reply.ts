import type { Write, WriteOutcome } from '#src/core/surface.ts'
import { attachRest } from './attach-rest.ts'
import type { Bell } from './bell.ts'
import { Doubt } from './doubt.ts'
import { calmStepMs, type ReplyView } from './reply-view.ts'
import type { Slot } from './write-budget.ts'
import type { ReplyParts } from './write-reply.ts'

export type Showing = Readonly<{
  parts: Pick<ReplyParts, 'turn' | 'surface' | 'pace' | 'budget' | 'clock' | 'log' | 'onWriting' | 'onShown'>
  view: ReplyView
  /** Rings when there may be something to write. */
  bell: Bell
  /** To be called when something else may be due than before. */
  changed(): void
}>

/**
 * View → platform: one write at a time, each with the newest text, until everything stands there in its lasting form.
 * False when the platform takes no more of it: the message or the place is gone, or nobody answers for a minute.
 */
export async function showReply(showing: Showing, signal: AbortSignal): Promise<boolean> {
  const { parts, view } = showing
  for (;;) {
    if (!(await showMessages(showing, signal))) return false
    if (view.rest === '' || (await attachRest(parts, view, signal))) return true
    view.unfold()
  }
}

async function showMessages({ parts, view, bell, changed }: Showing, signal: AbortSignal): Promise<boolean> {
  const { surface, budget, clock, log } = parts
  using timers = new DisposableStack()
  const doubt = new Doubt(clock, log)
  while (!view.complete) {
    const due = view.next()
    if (due === undefined) {
      await bell.rung(signal)
      continue
    }
    const slot = await budget.slot(view, surface.bucket(due), signal)
    const write = view.next()
    if (write === undefined || surface.bucket(write) !== slot.plan.bucket) {
      slot.giveBack()
      continue
    }
    const outcome = await send(parts, view, write, slot, signal)
    switch (outcome.outcome) {
      case 'written':
        doubt.clear()
        await stands(parts, view, write, outcome.message)
        if (parts.pace === 'calm') timers.use(clock.after(calmStepMs, changed))
        break
      case 'rate-limited':
        budget.block(slot.plan.bucket, outcome.retryAfterMs)
        break
      case 'unknown': {
        if (!(await doubt.pause(outcome.cause, write.phase, view.ended, signal))) return false
        if (write.message !== undefined) break
        // A send that nobody confirmed may stand there. If not, it is repeated as it was, under its key.
        const found = await surface.find(write, signal)
        if (found === undefined) view.repeat(write)
        else await stands(parts, view, write, found)
        break
      }
      case 'gone':
        log.info({ err: outcome.cause, phase: write.phase }, 'the platform takes no more of a reply')
        return false
      default:
        outcome satisfies never
    }
  }
  return true
}

async function send(
  { surface, onWriting }: Showing['parts'],
  view: ReplyView,
  write: Write,
  slot: Slot,
  signal: AbortSignal,
): Promise<WriteOutcome> {
  if (write.part === 0 && write.message === undefined) onWriting()
  view.sends(write)
  let outcome: WriteOutcome | undefined
  try {
    outcome = await surface.write(write, signal)
    return outcome
  } finally {
    slot.settle(outcome?.outcome === 'written' ? outcome.limit : undefined)
  }
}

async function stands(
  { onShown }: Showing['parts'],
  view: ReplyView,
  write: Write,
  message: Extract<WriteOutcome, { outcome: 'written' }>['message'],
): Promise<void> {
  view.wrote(write, message)
  if (write.message === undefined) await onShown(write.part, message)
}
