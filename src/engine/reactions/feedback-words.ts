import type { Verdict } from '#src/core/feedback.ts'

/** What Aeries says, to one person alone, about their word on an answer. */

export const howWasIt = 'How was this answer? Only you see this.'
export const whatWasWrong = 'Noted. What was wrong with it? Only you see this.'
export const thanks = 'Thank you, noted.'
export const noted: Readonly<Partial<Record<Verdict, string>>> = {
  bad: 'Noted: I will do it differently.',
  'too long': 'Noted: I will keep it shorter.',
  'too short': 'Noted: I will say more.',
  wrong: 'Noted: that one was wrong.',
  tone: 'Noted: I will watch my tone.',
}
export const takenBack = 'Taken back: it is as if you had never said it.'
export const notLearnt = 'I do not learn from you here, so I keep nothing of it.'
export const nothingToJudge = 'I do not know that answer any more.'
export const askedNoMore = 'I will not ask again.'

export const goodLabel = 'Good answer'
export const takeBackLabel = 'Take it back'
export const neverLabel = 'Don’t ask again'

/** By what a tap on them says. */
export const reasonLabels = {
  too_long: 'Too long',
  too_short: 'Too short',
  wrong: 'Wrong',
  tone: 'Wrong tone',
} as const
