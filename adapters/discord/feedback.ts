import type { Button, Write } from '#src/core/surface.ts'

/** Opens the choice of what an answer was worth, for whoever taps it. */
const feedbackButton: Button = { action: 'feedback:ask', label: 'Feedback' }

/** What stands under a write in a DM: under a finished answer also the button by which to judge it. Nobody judges a notice. */
export function buttonsUnder({
  phase,
  notice,
  buttons = [],
}: Pick<Write, 'phase' | 'notice' | 'buttons'>): readonly Button[] {
  return phase === 'final' && notice !== true ? [...buttons, feedbackButton] : buttons
}
