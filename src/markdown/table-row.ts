import type { Dialect } from './dialect.ts'
import { type Edit, joinedEdits, withEdits } from './edits.ts'
import { inlineEdits } from './inline-edits.ts'
import { lineBreakEdits } from './line-break-edits.ts'
import { markdownTokens, type Token, tokensWithin } from './markdown-tokens.ts'
import { mathEdits } from './math-edits.ts'
import { Remembered } from './remembered.ts'

/** A cell for code, where no marks are; for a list, where they mean the same as in the table; and as a name, which is bold. */
export type TableCell = Readonly<{ plain: string; markdown: string; label: string; hasLink: boolean }>
export type Align = 'left' | 'center' | 'right'

/** `margin`: what stands before the table on its first line; `hanging`: on the others, quote marks or blanks. */
export type TableHead = Readonly<{
  margin: string
  hanging: string
  aligns: readonly Align[]
  cells: readonly TableCell[]
}>

/** A table grows row by row, and each row is read once. */
const heads = new Remembered<TableHead | undefined>(200)
const rows = new Remembered<readonly TableCell[] | undefined>(2_000)

/** The head of a table that these two lines begin; undefined if they begin none. */
export function readHead(head: string, delimiter: string, dialect: Dialect): TableHead | undefined {
  return heads.get(`${dialect.name}\n${head}\n${delimiter}`, () => {
    const text = `${head}\n${delimiter}`
    const tokens = markdownTokens(text)
    const table = tokens.find(({ type }) => type === 'table')
    const row = rowsOf(tokens)[0]
    if (!table || !row || table.start > head.length) return undefined
    const margin = text.slice(0, table.start)
    const hanging = margin.replaceAll(/[^>\s]/g, ' ')
    return { margin, hanging, aligns: alignsOf(delimiter), cells: cellsOf(text, tokens, row, dialect) }
  })
}

/** The cells of a line below them; undefined if it is no row of that table. */
export function readRow(
  head: string,
  delimiter: string,
  line: string,
  dialect: Dialect,
): readonly TableCell[] | undefined {
  return rows.get(`${dialect.name}\n${head}\n${delimiter}\n${line}`, () => {
    const text = `${head}\n${delimiter}\n${line}`
    const tokens = markdownTokens(text)
    const row = rowsOf(tokens)[1]
    return row && cellsOf(text, tokens, row, dialect)
  })
}

/** How the columns are aligned by a table's delimiter row. */
export function alignsOf(delimiter: string): readonly Align[] {
  const cells = delimiter.replace(/^[\s>]*\||\|\s*$/g, '').split('|')
  return cells.map(cell => {
    const marks = cell.trim()
    if (!marks.endsWith(':')) return 'left'
    return marks.startsWith(':') ? 'center' : 'right'
  })
}

function rowsOf(tokens: readonly Token[]): readonly Token[] {
  return tokens.filter(({ type }) => type === 'tableRow')
}

function cellsOf(text: string, tokens: readonly Token[], row: Token, dialect: Dialect): readonly TableCell[] {
  const inner = tokensWithin(tokens, row)
  const bars = barsInCode(text, inner)
  const formulas = mathEdits(text, inner, dialect).map(edit => ({ ...edit, text: edit.text.slice(1, -1) }))
  const plain = joinedEdits(bars, formulas, lineBreakEdits(text, inner, dialect), removing(inner, formatting))
  const live = joinedEdits(bars, inlineEdits(text, inner, dialect))
  const notBold = joinedEdits(removing(inner, new Set(['strongSequence'])), live)
  const cells = inner.filter(({ type }) => type === 'tableHeader' || type === 'tableData')
  return cells.map(cell => {
    const parts = tokensWithin(inner, cell)
    const words = parts.find(({ type }) => type === 'tableContent') ?? { start: cell.end, end: cell.end }
    return {
      plain: withEdits(text, plain, words.start, words.end),
      markdown: withEdits(text, live, words.start, words.end),
      label: withEdits(text, notBold, words.start, words.end),
      hasLink: parts.some(({ type }) => /^(?:link|image|autolink|literalAutolink)$/.test(type)),
    }
  })
}

/** What means nothing within code. */
const formatting = new Set([
  'strongSequence',
  'emphasisSequence',
  'strikethroughSequence',
  'codeTextSequence',
  'codeTextPadding',
  'escapeMarker',
])

function removing(tokens: readonly Token[], types: ReadonlySet<string>): readonly Edit[] {
  return tokens.filter(({ type }) => types.has(type)).map(({ start, end }) => ({ start, end, text: '' }))
}

/** In a table a bar within code bears a backslash, which anywhere else would be shown. */
function barsInCode(text: string, tokens: readonly Token[]): readonly Edit[] {
  const code = tokens.filter(({ type }) => type === 'codeTextData')
  return code.flatMap(({ start, end }) =>
    [...text.slice(start, end).matchAll(/\\\|/g)].map(({ index }) => {
      const at = start + index
      return { start: at, end: at + 2, text: '|' }
    }),
  )
}
