/** Slack's own pair of buttons for what an answer was worth. */
export const feedbackBlock = {
  type: 'context_actions',
  elements: [
    {
      type: 'feedback_buttons',
      action_id: 'feedback',
      positive_button: button('Good answer', 'good', 'Tell Aeries that this answer was good'),
      negative_button: button('Bad answer', 'bad', 'Tell Aeries that this answer was bad'),
    },
  ],
} as const

function button(text: string, value: string, label: string) {
  return { text: { type: 'plain_text', text }, value, accessibility_label: label } as const
}
