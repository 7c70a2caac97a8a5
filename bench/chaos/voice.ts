import { answerOf, namesIn } from './checker/answer-of.ts'

type Voice = (
  prompt: Readonly<{ messages: readonly Readonly<{ role: string; content: string }>[]; continueFinalMessage: boolean }>,
) => {
  text: string
  reasoning: string
}

/**
 * The model of the chaos: to each message it says what belongs to its name, and goes on from a beginning that it is
 * given.
 */
export const voice: Voice = ({ messages, continueFinalMessage }) => {
  const last = messages.at(-1)
  const begun = continueFinalMessage && last?.role === 'assistant' ? last.content : ''
  const asked = messages.findLast(({ role }) => role === 'user')?.content ?? ''
  // What the house quotes stands in its own block at the end; the newest question is the last before it.
  const name = namesIn(asked.replace(/<context>[\s\S]*<\/context>/g, '')).at(-1)
  const whole = name === undefined ? 'Nobody asked anything.' : answerOf(name)
  // A beginning that is none of this answer shows up as words that no answer has.
  const text = whole.startsWith(begun) ? whole.slice(begun.length) : `(this goes on from other words) ${whole}`
  return { text, reasoning: '' }
}
