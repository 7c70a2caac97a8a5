import type { Dialect } from './dialect.ts'
import { drawTable } from './draw-table.ts'
import { listTable } from './list-table.ts'
import { delimiterRow } from './table-lines.ts'
import { readHead, readRow, type TableCell } from './table-row.ts'

/**
 * The table that begins with that line, in what a chat can show, and how many lines of markdown it takes: drawn as code
 * while it fits and holds nothing that works only outside of code, else as a list. A line without a bar ends it: models
 * write text there, not a row.
 */
export function tableAt(
  lines: readonly string[],
  at: number,
  dialect: Dialect,
): Readonly<{ text: string; lines: number }> | undefined {
  const [head = '', delimiter = ''] = lines.slice(at, at + 2)
  const isTable = head.includes('|') && delimiter.includes('|') && delimiterRow.test(delimiter)
  const table = isTable ? readHead(head, delimiter, dialect) : undefined
  if (!table) return undefined
  const rows: (readonly TableCell[])[] = []
  for (const line of lines.slice(at + 2)) {
    const row = line.includes('|') ? readRow(head, delimiter, line, dialect) : undefined
    if (!row) break
    rows.push(row)
  }
  const { margin, hanging, aligns, cells } = table
  const { isDrawn, lines: shown } = shownTable([cells, ...rows], aligns, dialect)
  // Within code an indent would be shown; a quote's marks are needed.
  const indent = isDrawn && !hanging.includes('>') ? '' : hanging
  return { text: margin + shown.join(`\n${indent}`), lines: 2 + rows.length }
}

function shownTable(
  table: readonly (readonly TableCell[])[],
  aligns: Parameters<typeof drawTable>[1],
  { tables }: Dialect,
): Readonly<{ isDrawn: boolean; lines: readonly string[] }> {
  const plain = table.map(row => row.map(cell => cell.plain))
  const [head = [], ...rows] = table
  const hasLinks = table.some(row => row.some(cell => cell.hasLink))
  // A column that no row reaches would be missing from a list.
  const isListable = Math.max(0, ...rows.map(row => row.length)) >= head.length
  const columns = tables === 'native' || !isListable ? Number.POSITIVE_INFINITY : hasLinks ? 0 : tables.columns
  const drawn = drawTable(plain, aligns, columns)
  if (drawn) return { isDrawn: true, lines: drawn }
  const labels = head.map(cell => cell.label)
  const cells = rows.map(row => row.map(cell => cell.markdown))
  return { isDrawn: false, lines: listTable(labels, cells) }
}
