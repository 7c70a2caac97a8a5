type Stretch = Readonly<{ start: number; end: number }>

/** A row of a table and its cells, without the blanks around their words; an empty cell has its place. */
export type TableRow = Stretch & Readonly<{ cells: readonly Stretch[] }>

/** A table by its lines. */
export type TableLines = Readonly<{ head: TableRow; delimiter: Stretch; rows: readonly TableRow[] }>

export const delimiterRow = /^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/

/** The lines of a table whose delimiter row is known, down to `end`. */
export function tableLines(text: string, head: Stretch, delimiter: Stretch, end: number): TableLines {
  const rows: TableRow[] = []
  for (let start = delimiter.end + 1; start < end; ) {
    const found = text.indexOf('\n', start)
    const stop = found === -1 || found > end ? end : found
    rows.push(rowOf(text, { start, end: stop }))
    start = stop + 1
  }
  return { head: rowOf(text, head), delimiter, rows }
}

function rowOf(text: string, { start, end }: Stretch): TableRow {
  return { start, end, cells: cellsIn(text, start, end) }
}

/** The cells of a row, without the blanks around their words. A bar within code parts cells, too, if no backslash stands before it. */
export function cellsIn(text: string, start: number, end: number): readonly Stretch[] {
  const line = text.slice(start, end)
  const from = /^[ \t>]*\|?/.exec(line)?.[0].length ?? 0
  const to = line.trimEnd().length
  const cells: Stretch[] = []
  let at = from
  for (const { 0: mark, index } of line.matchAll(/\\[\\|]|\|/g)) {
    if (index < from || mark !== '|') continue
    cells.push(trimmed(text, start + at, start + index))
    at = index + 1
  }
  return at < to || cells.length === 0 ? [...cells, trimmed(text, start + at, start + to)] : cells
}

function trimmed(text: string, start: number, end: number): Stretch {
  const words = text.slice(start, end)
  const from = start + words.length - words.trimStart().length
  return { start: from, end: Math.max(from, start + words.trimEnd().length) }
}
