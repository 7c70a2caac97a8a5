/** What the Messages tab offers to somebody who has just opened it; Slack shows at most four. */
export const suggestedPrompts = [
  { title: 'What can you do?', message: 'What can you do for me?' },
  { title: 'Explain something', message: 'Explain to me in plain words: ' },
  { title: 'Find better words', message: 'Help me say this more clearly: ' },
] as const
