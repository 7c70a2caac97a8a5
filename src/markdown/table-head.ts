import { alignsOf } from './table-row.ts'
import { wordRegions } from './word-regions.ts'

// It takes room in every message that goes on with the table.
const longestHead = 240
const longestMargin = 32
const rulers = { left: '---', right: '--:', center: ':-:' } as const

/**
 * The lines that a new message needs to go on with a table that is cut before one of its rows: the head again, and the row
 * that makes it one. Empty if the text from `at` on is no such row, or the head is very long.
 */
export function repeatedTableHead(text: string, at: number): string {
  const margin = /^([ \t>]*)\|/.exec(text.slice(at, at + longestMargin))?.[1]
  if (text[at - 1] !== '\n' || margin === undefined) return ''
  const known = text.slice(0, at + margin.length + 1)
  const region = wordRegions(known).find(({ table, end }) => table && table.delimiter.end < at && end >= at - 1)
  if (!region?.table || region.end < known.length) return ''
  const { head, delimiter } = region.table
  const aligns = alignsOf(text.slice(delimiter.start, delimiter.end))
  if (aligns.length !== head.cells.length || head.end - head.start > longestHead) return ''
  const ruler = aligns.map(align => rulers[align]).join('|')
  return `${margin}${text.slice(head.start, head.end)}\n${margin}|${ruler}|\n`
}
