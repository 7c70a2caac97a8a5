import type { Dialect } from './dialect.ts'
import type { Edit } from './edits.ts'
import { ruler } from './mark-edits.ts'
import { type Token, tokensWithin } from './markdown-tokens.ts'

/** Longer than that it is a paragraph, and the line under it was meant as a rule. */
const longestUnderlined = 80
/** A single dash rather begins an item of a list. */
const shortestLine = 3

/** Headings that a chat does not show: too deep ones as bold lines, underlined ones with number signs. */
export function headingEdits(text: string, tokens: readonly Token[], { headings, lacks }: Dialect): readonly Edit[] {
  return tokens.flatMap(token => {
    if (token.type === 'atxHeading') return numberedHeading(text, tokensWithin(tokens, token), token, headings)
    if (token.type === 'setextHeading' && lacks.has('underlined-heading')) {
      return underlinedHeading(text, tokensWithin(tokens, token), token)
    }
    return []
  })
}

function numberedHeading(text: string, tokens: readonly Token[], heading: Token, deepest: number): readonly Edit[] {
  const words = tokens.find(({ type }) => type === 'atxHeadingText')
  const marks = tokens.find(({ type }) => type === 'atxHeadingSequence')
  if (!words || !marks) return []
  const closer = { start: words.end, end: heading.end, text: '' }
  // Chats show the marks that close a heading as words of it.
  if (marks.end - marks.start <= deepest) return text.slice(words.end, heading.end).includes('#') ? [closer] : []
  // What was bold within would end the bold line.
  const bold = tokens.filter(({ type }) => type === 'strongSequence')
  return [
    { start: heading.start, end: words.start, text: '**' },
    ...bold.map(({ start, end }) => ({ start, end, text: '' })),
    { ...closer, text: '**' },
  ]
}

function underlinedHeading(text: string, tokens: readonly Token[], heading: Token): readonly Edit[] {
  const words = tokens.find(({ type }) => type === 'setextHeadingText')
  const line = tokens.find(({ type }) => type === 'setextHeadingLine')
  if (!words || !line || line.end - line.start < shortestLine) return []
  const isParagraph = words.end - words.start > longestUnderlined || text.slice(words.start, words.end).includes('\n')
  if (isParagraph) return [{ start: line.start, end: line.end, text: ruler }]
  return [
    { start: words.start, end: words.start, text: text[line.start] === '=' ? '# ' : '## ' },
    { start: words.end, end: heading.end, text: '' },
  ]
}
