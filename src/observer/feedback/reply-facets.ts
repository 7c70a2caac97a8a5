import type { Answer } from '#src/core/feedback.ts'
import { habitsOf } from '#src/observer/habits.ts'

/** A word of style and what it stands against, if there is just one such. */
export type Facet = Readonly<{ key: string; value: string; instead: string | undefined }>

/** Words of an answer: from so many on it is long whoever reads it; one much longer or shorter than usual is so from here on. */
const [longWords, ratherLongWords, ratherShortWords] = [100, 60, 40]
/** Of what is usual there. */
const muchLonger = 1.6
const muchShorter = 0.5
/** So many answers show what is usual. */
const leastBefore = 3
/** One item or row is no list. */
const leastItems = 2
/** An opinion on everything is one on nothing. */
const maxFacets = 2

/**
 * What stands out in an answer, most telling first: what anybody would call long, laid out or colourful, or what is other than
 * this person's answers there usually are. Pure.
 */
export function replyFacets(answer: Answer): readonly Facet[] {
  const { text, question } = answer
  const { formality, hasEmoji, language } = habitsOf(text, noTime)
  const asked = habitsOf(question, noTime).language
  const length = lengthOf(answer)
  const layout = layoutOf(text)
  const facets = [
    length && { key: 'reply_length', value: length, instead: length === 'long' ? 'short' : 'long' },
    language !== undefined &&
      asked !== undefined &&
      language !== asked && { key: 'language', value: language, instead: asked },
    layout && { key: 'reply_format', value: layout, instead: 'prose' },
    hasEmoji && { key: 'emoji_use', value: 'more', instead: 'none' },
    formality && { key: 'tone', value: formality, instead: formality === 'formal' ? 'casual' : 'formal' },
  ]
  return facets.filter(facet => typeof facet === 'object').slice(0, maxFacets)
}

const noTime = new Date(0)

function lengthOf({ text, before }: Answer): 'long' | 'short' | undefined {
  const words = wordsIn(text)
  if (words >= longWords) return 'long'
  if (before.length < leastBefore) return undefined
  const usual = before.map(wordsIn).sort((one, other) => one - other)[before.length >> 1] ?? words
  if (words >= ratherLongWords && words >= usual * muchLonger) return 'long'
  return words <= ratherShortWords && words <= usual * muchShorter ? 'short' : undefined
}

/** Code is what was asked for, not how it is told. */
function layoutOf(text: string): 'bullets' | 'numbered' | 'table' | 'headings' | undefined {
  const prose = text.replace(/^(```|~~~)[\s\S]*?(?:^\1|$(?![\s\S]))/gm, '')
  const count = (line: RegExp) => prose.match(line)?.length ?? 0
  if (count(/^\s*\|.*\|\s*$/gm) > leastItems) return 'table'
  if (count(/^\s*[-*+•] +\S/gm) >= leastItems) return 'bullets'
  if (count(/^\s*\d+[.)] +\S/gm) >= leastItems) return 'numbered'
  return count(/^#{1,6} +\S/gm) >= leastItems ? 'headings' : undefined
}

function wordsIn(text: string): number {
  return text.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu)?.length ?? 0
}
