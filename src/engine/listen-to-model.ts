import { DefectError, UnavailableError } from '#src/core/errors.ts'
import type { ModelEvent } from '#src/core/model.ts'
import type { Reply } from '#src/core/turn.ts'
import type { Bell } from './bell.ts'
import { repetition } from './repetition.ts'
import type { ReplyView } from './reply-view.ts'
import { lengthNote, loopNote } from './words.ts'
import type { ReplyParts } from './write-reply.ts'

/** Gathered for at most that long after the first token, so that "I" is not the first thing a phone shows. */
const firstTextWaitMs = 150
/** A loop is looked for whenever so many characters have come. */
const lookForLoopEvery = 256

type Heard = Pick<Reply, 'outcome' | 'text'>

/** Model's stream → view, never waiting for the platform. Never rejects: a broken stream is an outcome. */
export async function listenToModel(
  parts: ReplyParts,
  view: ReplyView,
  bell: Bell,
  changed: () => void,
  signal: AbortSignal,
): Promise<Heard> {
  let firstText: Disposable | undefined
  let looked = 0
  try {
    let end: ModelEvent | undefined
    for await (const event of parts.ask(signal)) {
      if (event.type === 'end') {
        end = event
        continue
      }
      if (event.type === 'waiting') continue
      firstText ??= parts.clock.after(firstTextWaitMs, () => {
        view.showNow()
        changed()
      })
      if (view.append(event.text)) changed()
      else bell.ring()
      if (view.text.length - looked < lookForLoopEvery) continue
      looked = view.text.length
      const firstCopy = repetition(view.text)
      // What goes on in the history says it once: a loop in the prompt begets the next one.
      if (firstCopy !== undefined) return ended(view, loopNote, view.text.slice(0, firstCopy))
    }
    if (end?.type !== 'end') throw new DefectError('the model stream ended without an end')
    if (!view.hasWords) throw new UnavailableError('the model answered without a word')
    return ended(view, { length: lengthNote, repetition: loopNote, stop: undefined }[end.reason], view.text)
  } catch (error) {
    const { outcome, words } = parts.explain(error, view.hasWords)
    if (view.hasWords) view.end(words)
    else view.endWith(words ?? '')
    return { outcome, text: view.text }
  } finally {
    firstText?.[Symbol.dispose]()
    changed()
  }
}

function ended(view: ReplyView, note: string | undefined, text: string): Heard {
  view.end(note)
  return { outcome: 'done', text }
}
