import type { Dialect } from './dialect.ts'
import type { Edit } from './edits.ts'
import type { Token } from './markdown-tokens.ts'

/** Narrow enough for a phone. */
export const ruler = '─'.repeat(24)

/** Marks that a chat does not know or takes for something else, one by one. */
export function markEdits(text: string, tokens: readonly Token[], dialect: Dialect): readonly Edit[] {
  const known = tokens.flatMap(token => {
    const shown = shownMark(text.slice(token.start, token.end), token.type, dialect)
    return shown === undefined ? [] : [{ start: token.start, end: token.end, text: shown }]
  })
  const strong = dialect.lacks.has('underscored-strong') ? tokens.flatMap(token => strongEdits(text, token)) : []
  return [...known, ...strong, ...strayMarks(text, tokens, dialect)].toSorted((a, b) => a.start - b.start)
}

function shownMark(mark: string, type: string, { lacks }: Dialect): string | undefined {
  if (type === 'thematicBreak') return lacks.has('rule') ? ruler : undefined
  if (type === 'taskListCheck' && lacks.has('task')) return mark === '[ ]' ? '☐' : '☑'
  if (type === 'listItemMarker' && mark === '+') return lacks.has('plus-bullet') ? '-' : undefined
  return undefined
}

/** By two underscores models rather mean names, like Python's `__init__`, than weight. */
function strongEdits(text: string, { type, start, end }: Token): readonly Edit[] {
  if (type !== 'strong' || !text.startsWith('__', start)) return []
  const shown = /^__[a-z][a-z\d_]*__$/.test(text.slice(start, end)) ? '\\_\\_' : '**'
  return [
    { start, end: start + 2, text: shown },
    { start: end - 2, end, text: shown },
  ]
}

/** What the parser takes for text, though it is none to the chat. */
function strayMarks(text: string, tokens: readonly Token[], { lacks, hazards }: Dialect): readonly Edit[] {
  const literal = literalIn(text, tokens)
  const found = (pattern: RegExp) => [...text.matchAll(pattern)].filter(({ index }) => literal[index] !== 1)
  const footnotes = lacks.has('footnote') ? found(/(?<=\[)\^(?=[^\s\]]{1,40}\](?!\())/g) : []
  const quotes = hazards.has('endless-quote') ? found(/(?<=^ {0,3}>)>>(?=\s)/gm) : []
  // A backtick too many would pair with one of the code that follows, if no backslash has taken its meaning away.
  const backticks = lacks.has('fence') ? found(/(?<!(?<!\\)\\(?:\\\\)*)`/g) : []
  const spoilers = hazards.has('spoiler') ? found(/(?<=\|)\|/g) : []
  return [
    ...footnotes.map(({ index }) => ({ start: index, end: index + 1, text: '' })),
    ...quotes.map(({ index }) => ({ start: index, end: index, text: ' ' })),
    ...[...backticks, ...spoilers].map(({ 0: mark, index }) => ({ start: index, end: index + 1, text: `\\${mark}` })),
  ]
}

/** 1 for each unit of the text that means itself and no mark. */
function literalIn(text: string, tokens: readonly Token[]): Uint8Array {
  const literal = new Uint8Array(text.length)
  for (const { type, start, end } of tokens) {
    // With three backticks it is no code within a line to the chat, but a fence.
    const isCode = type === 'codeText' && !text.startsWith('```', start)
    // Where a chat has no link, backticks in its address are marks again.
    const isAddress = (type === 'autolink' || type === 'resourceDestination') && !text.slice(start, end).includes('`')
    if (isCode || isAddress) literal.fill(1, start, end)
  }
  return literal
}
