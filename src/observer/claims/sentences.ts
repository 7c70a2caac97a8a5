import { gap } from './own-words.ts'

export type Sentence = Readonly<{
  start: number
  end: number
  isQuestion: boolean
}>

/** Where the sentences of a person's own words stand, marks at their ends included. A line's end and a gap end a sentence. */
export function sentencesOf(words: string): readonly Sentence[] {
  const sentences: Sentence[] = []
  let start = 0
  for (const { index, 0: mark } of words.matchAll(endPattern)) {
    if (isAbbreviation(words, index, mark)) continue
    add(sentences, words, start, index + mark.length)
    start = index + mark.length
  }
  add(sentences, words, start, words.length)
  return sentences
}

const endPattern = new RegExp(`(?<![.!?…])[.!?…¿¡]+(?=\\s|$|${gap})|¿|;(?=\\s|$)|\\n|${gap}+`, 'gu')

function isAbbreviation(words: string, at: number, mark: string): boolean {
  return (
    mark === '.' &&
    /(?:^|[\s(])(?:dr|mr|mrs|ms|prof|st|nr|no|vs|approx|bzw|ca|e\.g|i\.e|z\.b|u\.a|\p{L})$/iu.test(words.slice(0, at))
  )
}

function add(sentences: Sentence[], words: string, start: number, end: number): void {
  const piece = words.slice(start, end)
  if (!/[\p{L}\p{N}]/u.test(piece)) return
  const isQuestion = /\?\s*$/.test(piece) || /¿\s*$/.test(words.slice(0, start))
  sentences.push({ start, end, isQuestion })
}
