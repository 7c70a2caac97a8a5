import { answerOf, editedWords, namesIn } from './checker/answer-of.ts'

type Voice = (
  prompt: Readonly<{
    messages: readonly Readonly<{ role: string; content: string }>[]
    continueFinalMessage: boolean
    seed?: number | undefined
  }>,
) => {
  text: string
  reasoning: string
}

/**
 * The model of the chaos: to each message it says what belongs to its name, to its new words and to the seed, and goes on from a
 * beginning that it is given.
 */
export const voice: Voice = ({ messages, continueFinalMessage, seed = 0 }) => {
  const last = messages.at(-1)
  const begun = continueFinalMessage && last?.role === 'assistant' ? last.content : ''
  const asked = messages.findLast(({ role }) => role === 'user')?.content ?? ''
  // What the house quotes stands in its own block at the end; the newest question is the last before it.
  const said = asked.replace(/<context>[\s\S]*<\/context>/g, '')
  const name = namesIn(said).at(-1)
  if (name === undefined) return { text: 'Nobody asked anything.', reasoning: '' }
  const isEdited = said.includes(editedWords(name))
  // Who goes on has another seed than who began, and the question may have been edited since.
  const takes = (of: boolean) =>
    Array.from({ length: seed + 1 }, (_, i) => answerOf(name, { take: seed - i, isEdited: of }))
  const all = begun === '' ? takes(isEdited) : [...takes(isEdited), ...takes(!isEdited)]
  const whole = all.find(take => take.startsWith(begun))
  // A beginning that is none of its answers shows up as words that no answer has.
  const text = whole?.slice(begun.length) ?? `(this goes on from other words) ${all[0]}`
  return { text, reasoning: '' }
}
