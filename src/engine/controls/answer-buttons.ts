import type { Button } from '#src/core/surface.ts'
import type { Ending } from '#src/engine/ending.ts'
import { lengthNote } from '#src/engine/words.ts'
import { controlButton } from './control-button.ts'

/** The buttons of one answer: while it grows, and once it has ended. */
export type AnswerButtons = Readonly<{ growing: readonly Button[]; ended(ending: Ending): readonly Button[] }>

/** What one may want of an answer at that moment, and no more. In a shared place emoji do the same, for nobody's eyes. */
export const controlButtons: AnswerButtons = {
  growing: [controlButton('stop')],
  ended({ outcome, note }) {
    const isLeft = outcome === 'stopped' || outcome === 'cut off' || (note?.includes(lengthNote) ?? false)
    return [...(isLeft ? [controlButton('continue')] : []), controlButton('regenerate'), controlButton('delete')]
  },
}
