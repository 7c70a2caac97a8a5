import type { ReplySurface, Write, WriteOutcome } from '#src/core/surface.ts'
import type { Bell } from './bell.ts'
import { calmStepMs, type ReplyView } from './reply-view.ts'
import type { Slot } from './write-budget.ts'
import type { ReplyParts } from './write-reply.ts'

/** Pauses before a write of unknown outcome is repeated: they double from the first to the longest. */
const firstPauseMs = 250
const longestPauseMs = 5_000
/** A platform that is away for longer than that gets the rest of an ended answer no more. */
const giveUpAfterMs = 60_000

/**
 * View → platform: one write at a time, each with the newest text, until everything stands there in its lasting form.
 * False when the platform takes no more of it: the message or the place is gone, or nobody answers for a minute.
 */
export async function showReply(
  parts: ReplyParts,
  view: ReplyView,
  bell: Bell,
  changed: () => void,
  signal: AbortSignal,
): Promise<boolean> {
  const { surface, budget, clock } = parts
  using timers = new DisposableStack()
  const doubt = new Doubt(parts, signal)
  let again: Write | undefined
  while (!view.complete) {
    const due = again ?? view.next()
    if (due === undefined) {
      await bell.rung(signal)
      continue
    }
    const slot = await budget.slot(view, surface.bucket(due), signal)
    const write = again ?? view.next()
    if (write === undefined || surface.bucket(write) !== slot.plan.bucket) {
      slot.giveBack()
      continue
    }
    if (write.part === 0 && write.message === undefined) parts.onWriting()
    view.sends(write)
    const outcome = await writeOnce(surface, write, slot, signal)
    again = undefined
    switch (outcome.outcome) {
      case 'written': {
        doubt.clear()
        if (write.message === undefined) await parts.onShown(write.part, outcome.message)
        view.wrote(write, outcome.message)
        if (parts.pace === 'calm') timers.use(clock.after(calmStepMs, changed))
        break
      }
      case 'rate-limited':
        budget.block(slot.plan.bucket, outcome.retryAfterMs)
        break
      case 'unknown': {
        if (!(await doubt.pause(outcome.cause, write, view.ended))) return false
        if (write.message !== undefined) break
        // A send that nobody confirmed may stand there. If not, it is repeated as it was, under its key.
        const found = await surface.find(write.key, signal)
        if (found === undefined) again = write
        else {
          await parts.onShown(write.part, found)
          view.wrote(write, found)
        }
        break
      }
      case 'gone':
        parts.log.info({ err: outcome.cause, phase: write.phase }, 'the platform takes no more of a reply')
        return false
      default:
        outcome satisfies never
    }
  }
  return await attachRest(parts, view, signal)
}

async function writeOnce(surface: ReplySurface, write: Write, slot: Slot, signal: AbortSignal): Promise<WriteOutcome> {
  let outcome: WriteOutcome | undefined
  try {
    outcome = await surface.write(write, signal)
    return outcome
  } finally {
    slot.settle(outcome?.outcome === 'written' ? outcome.limit : undefined)
  }
}

/** What is too long for messages follows as a file. */
async function attachRest(parts: ReplyParts, view: ReplyView, signal: AbortSignal): Promise<boolean> {
  if (view.rest === '') return true
  const { surface, clock, turn } = parts
  const file = { name: 'answer.md', content: view.rest }
  const doubt = new Doubt(parts, signal)
  for (;;) {
    const outcome = await surface.attach(file, `${turn}:rest`, signal)
    switch (outcome.outcome) {
      case 'written':
        await parts.onShown(view.messages.length, outcome.message)
        return true
      case 'rate-limited':
        await clock.sleep(outcome.retryAfterMs, signal)
        break
      case 'unknown':
        if (!(await doubt.pause(outcome.cause, { phase: 'final' }, true))) return false
        break
      case 'gone':
        parts.log.warn({ err: outcome.cause }, 'the rest of an answer could not be attached')
        return false
      default:
        outcome satisfies never
    }
  }
}

/** How long writes have had unknown outcomes. */
class Doubt {
  readonly #parts: ReplyParts
  readonly #signal: AbortSignal
  #failures = 0
  #since = 0

  constructor(parts: ReplyParts, signal: AbortSignal) {
    this.#parts = parts
    this.#signal = signal
  }

  clear(): void {
    this.#failures = 0
  }

  /** Waits a while before the next try; false when an ended answer has been tried for long enough. */
  async pause(cause: unknown, { phase }: Pick<Write, 'phase'>, isEnded: boolean): Promise<boolean> {
    const { clock, log } = this.#parts
    const now = clock.now().getTime()
    if (this.#failures === 0) this.#since = now
    if (isEnded && now - this.#since > giveUpAfterMs) {
      log.error({ err: cause, phase }, 'gave up a write: the platform stays away')
      return false
    }
    log.warn({ err: cause, phase, failures: this.#failures }, 'a write has an unknown outcome')
    await clock.sleep(Math.min(longestPauseMs, firstPauseMs * 2 ** this.#failures++), this.#signal)
    return true
  }
}
