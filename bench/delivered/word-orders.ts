import type { TableRow } from '#src/markdown/table-lines.ts'
import type { WordRegion } from '#src/markdown/word-regions.ts'

/** A stretch of words in the order in which they are shown. */
export type WordStretch = Readonly<{
  start: number
  end: number
  /** A column's name before a cell of a list, with a colon behind it. */
  isLabel: boolean
  /** Where the text goes on in its own order, if the message ends before the stretch. */
  resumesAt: number
}>

/** One way to show the words of a region. */
export type WordOrder = Readonly<{ id: string; region: WordRegion; isList: boolean; stretches: readonly WordStretch[] }>

/** The words as they stand in the text. */
export function textOrder(region: WordRegion): WordOrder {
  const { start, end, dropped, table } = region
  const stretches = table ? [table.head, ...table.rows] : [{ start, end: dropped?.start ?? end }]
  return { id: `text ${start}`, region, isList: false, stretches: stretches.map(inText) }
}

/** The words of a table as a list: each cell behind the name of its column; one column may be named just once. */
export function listOrders(region: WordRegion): readonly WordOrder[] {
  const { start, table } = region
  if (!table || table.rows.length === 0) return []
  const { cells: labels } = table.head
  const named = table.rows.flatMap(row => rowAsList(row, labels))
  const order = { id: `list ${start}`, region, isList: true, stretches: named }
  if (labels.length !== 1) return [order]
  const once = table.rows.flatMap((row, index) => rowAsList(row, index === 0 ? labels : []))
  return [order, { ...order, id: `names ${start}`, stretches: once }]
}

function rowAsList(row: TableRow, labels: TableRow['cells']): readonly WordStretch[] {
  return row.cells.flatMap((cell, column) => {
    const label = labels[column]
    const resumesAt = column === 0 ? row.start : cell.start
    const words = { ...cell, isLabel: false, resumesAt }
    return label ? [{ ...label, isLabel: true, resumesAt }, words] : [words]
  })
}

function inText({ start, end }: Readonly<{ start: number; end: number }>): WordStretch {
  return { start, end, isLabel: false, resumesAt: start }
}
