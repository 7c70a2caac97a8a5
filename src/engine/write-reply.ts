import type { Clock } from '#src/core/clock.ts'
import { DefectError, UnavailableError } from '#src/core/errors.ts'
import type { MessageId, TurnId } from '#src/core/ids.ts'
import type { Log } from '#src/core/log.ts'
import type { ModelEvent } from '#src/core/model.ts'
import type { Awaitable } from '#src/core/store.ts'
import type { ReplySurface, Write, WriteOutcome } from '#src/core/surface.ts'
import type { Reply, TurnOutcome } from '#src/core/turn.ts'
import { ReplyView } from './reply-view.ts'
import { lengthNote } from './words.ts'
import type { Slot, WriteBudget } from './write-budget.ts'

/** Gathered for at most that long after the first token, so that "I" is not the first thing a phone shows. */
const firstTextWaitMs = 150
/** Pauses before a write of unknown outcome is repeated: they double from the first to the longest. */
const firstPauseMs = 250
const longestPauseMs = 5_000
/** A platform that is away for longer than that gets the rest of an ended answer no more. */
const giveUpAfterMs = 60_000

export type ReplyParts = Readonly<{
  turn: TurnId
  surface: ReplySurface
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
 * model's stream and never waits for the platform; the writer takes the newest text whenever the budget grants a slot,
 * one write at a time, until everything is on the platform in its lasting form. The last text always lands.
 * An aborted signal ends both at once and rejects with its reason; if that came before `onWriting`, nobody saw a thing.
 */
export async function writeReply(parts: ReplyParts, signal: AbortSignal): Promise<Reply> {
  const unreadable = new AbortController()
  const bell = new Bell()
  const view = new ReplyView(parts.surface, parts.turn, parts.clock.now().getTime())
  const changed = () => {
    bell.ring()
    parts.budget.reconsider(view)
  }
  const listening = listen(parts, view, bell, changed, AbortSignal.any([signal, parts.stop, unreadable.signal]))
  try {
    const isWhole = await show(parts, view, bell, signal)
    unreadable.abort(new DefectError('nobody can read the answer any more'))
    const outcome = await listening
    return { outcome: isWhole ? outcome : 'stopped', text: view.text, messages: view.messages }
  } catch (error) {
    unreadable.abort(error)
    await listening
    throw error
  }
}

/** Model's stream → view. Never rejects: a broken stream is an outcome. */
async function listen(
  parts: ReplyParts,
  view: ReplyView,
  bell: Bell,
  changed: () => void,
  signal: AbortSignal,
): Promise<TurnOutcome> {
  let firstText: Disposable | undefined
  try {
    let end: ModelEvent | undefined
    for await (const event of parts.ask(signal)) {
      if (event.type === 'end') end = event
      else {
        firstText ??= parts.clock.after(firstTextWaitMs, () => {
          view.showNow()
          changed()
        })
        if (view.append(event.text)) changed()
        else bell.ring()
      }
    }
    if (end === undefined) throw new DefectError('the model stream ended without an end')
    if (!view.hasWords) throw new UnavailableError('the model answered without a word')
    view.end(end.type === 'end' && end.reason === 'length' ? lengthNote : undefined)
    return 'done'
  } catch (error) {
    const { outcome, words } = parts.explain(error, view.hasWords)
    if (view.hasWords) view.end(words)
    else view.endWith(words ?? '')
    return outcome
  } finally {
    firstText?.[Symbol.dispose]()
    changed()
  }
}

/** View → platform. False when the platform takes no more of it: the message or the place is gone. */
async function show(parts: ReplyParts, view: ReplyView, bell: Bell, signal: AbortSignal): Promise<boolean> {
  const { surface, budget, clock, log } = parts
  let again: Write | undefined
  let failures = 0
  let failingSince = 0
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
      case 'written':
        failures = 0
        if (write.message === undefined) await parts.onShown(write.part, outcome.message)
        view.wrote(write, outcome.message, clock.now().getTime())
        break
      case 'rate-limited':
        budget.block(slot.plan.bucket, outcome.retryAfterMs)
        break
      case 'unknown': {
        // A new message is repeated as it was: its key finds the first one, which shows the text of then.
        if (write.message === undefined) again = write
        failingSince = failures === 0 ? clock.now().getTime() : failingSince
        if (clock.now().getTime() - failingSince > giveUpAfterMs && view.ended) {
          log.error({ err: outcome.cause, phase: write.phase }, 'gave up a write: the platform stays away')
          return false
        }
        log.warn({ err: outcome.cause, phase: write.phase, failures }, 'a write has an unknown outcome, it is repeated')
        await clock.sleep(Math.min(longestPauseMs, firstPauseMs * 2 ** failures++), signal)
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

async function writeOnce(surface: ReplySurface, write: Write, slot: Slot, signal: AbortSignal): Promise<WriteOutcome> {
  let outcome: WriteOutcome | undefined
  try {
    outcome = await surface.write(write, signal)
    return outcome
  } finally {
    slot.settle(outcome?.outcome === 'written' ? outcome.limit : undefined)
  }
}

/** Wakes the writer when there may be something to write; rings into the void when it is busy. */
class Bell {
  #wake: (() => void) | undefined

  ring(): void {
    this.#wake?.()
    this.#wake = undefined
  }

  rung(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    return new Promise((resolve, reject) => {
      const stop = () => reject(signal.reason)
      signal.addEventListener('abort', stop, { once: true })
      this.#wake = () => {
        signal.removeEventListener('abort', stop)
        resolve()
      }
    })
  }
}
