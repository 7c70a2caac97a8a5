import { DefectError, UnavailableError } from '#src/core/errors.ts'
import type { Reply } from '#src/core/turn.ts'
import type { AnswerEvent } from './answer-event.ts'
import { FirstWord } from './first-word.ts'
import { LoopWatch } from './repetition.ts'
import type { Pending, ReplyParts } from './reply-parts.ts'
import type { ReplyView } from './reply-view.ts'
import { busyNotice, interruptedNote, lengthNote, loopNote } from './words.ts'

/** Gathered for at most that long after the first token, so that "I" is not the first thing a phone shows. */
const firstTextWaitMs = 150
/** An answer that a crash interrupted and that does not go on within that time says so for as long. */
const markAfterMs = 4_000

/** What the model made of it. */
type Generated = Pick<Reply, 'outcome' | 'text'> & Readonly<{ pending?: Pending | undefined }>

/** Model's stream → view, never waiting for the platform. Never rejects: a broken stream is an outcome. */
export async function listenToModel(
  parts: ReplyParts,
  view: ReplyView,
  changed: () => void,
  signal: AbortSignal,
): Promise<Generated> {
  const known = parts.stands?.draft?.end
  if (known) return { outcome: known.outcome, text: view.text }
  using timers = new DisposableStack()
  const later = (ms: number, call: () => void) => {
    const timer = parts.clock.after(ms, () => {
      call()
      changed()
    })
    return timers.use(timer)
  }
  const loops = new LoopWatch()
  let isNew = false
  using first = parts.untilFirstWord && new FirstWord(parts.untilFirstWord)
  // Whoever reads a stump hears soon what becomes of it.
  const mark = parts.stands?.draft && later(markAfterMs, () => view.mark(interruptedNote))
  try {
    let end: Extract<AnswerEvent, { type: 'end' }> | undefined
    for await (const event of parts.ask(first ? AbortSignal.any([signal, first.signal]) : signal)) {
      parts.times.heard(event)
      if (event.type === 'end') end = event
      else if (event.type === 'anew') view.beginAnew()
      else if (event.type === 'waiting') {
        first?.waits()
        if (parts.fallsBack) continue
        view.waitWith(busyNotice)
        changed()
      } else if (event.type === 'pause') {
        view.pause()
        changed()
      }
      if (event.type !== 'text') continue
      mark?.[Symbol.dispose]()
      if (!isNew) {
        first?.[Symbol.dispose]()
        later(firstTextWaitMs, () => view.showNow())
      }
      isNew = true
      if (view.append(event)) changed()
      if (loops.isIn(view.known)) break
    }
    // What goes on in the history says it once: a loop in the prompt begets the next one.
    if (loops.isIn(view.text)) return ended(view, loopNote, loops.firstCopy)
    if (!end) throw new DefectError('the model stream ended without an end')
    if (!view.hasWords) throw new UnavailableError('the model answered without a word')
    return ended(view, { length: lengthNote, repetition: loopNote, stop: undefined }[end.reason], view.text)
  } catch (error) {
    const { outcome, words, pending } = parts.explain(error, view.hasWords, isNew)
    view.end({ outcome, note: words, open: pending !== undefined })
    return { outcome, text: view.text, pending }
  } finally {
    changed()
  }
}

function ended(view: ReplyView, note: string | undefined, text: string): Generated {
  view.end({ outcome: 'done', note })
  return { outcome: 'done', text }
}
