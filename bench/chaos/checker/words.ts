/** The only words of Aeries' own that may stand in place of an answer or under it at the end, to the letter. */
export const notices: readonly string[] = [
  'Aeries is resting. Try again in a moment.',
  'You wrote while Aeries was away. Do you still want an answer?',
]

/** Under a whole answer that came late. */
export const lateNote = 'Sorry for the wait: Aeries was away.'

/** Under somebody's first whole answer. */
export const introduction =
  'Aeries is an AI and learns how people like to be talked to. Say "aeries learning off", and it does not learn from you.'

/** Under words that a crash interrupted, for as long as they do not go on. */
export const interruptedNote = 'This answer was interrupted here. It goes on as soon as Aeries can.'

/** Under an answer that broke off. */
export const cutOffNotes: readonly string[] = [
  'This answer broke off here. Aeries is resting. Try again in a moment.',
  'This answer broke off here. Ask again if you still need it.',
]

/** How the words begin that come of a fresh start. */
export const freshWords = 'A fresh start.'

/** Among them where it counts for others, too. */
export const freshForAll = 'For everybody here:'
