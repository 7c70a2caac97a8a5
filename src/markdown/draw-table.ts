import stringWidth from 'string-width'
import { withoutFences } from './render-fence.ts'
import type { Align } from './table-row.ts'

const fence = '```'
const gap = ' │ '
/** A ruler shorter than that is a dash. */
const narrowest = 3

/**
 * The lines of a table as code, the head first; undefined if they would be wider than so many columns. Letters of East Asia
 * and emoji are two columns wide.
 */
export function drawTable(
  table: readonly (readonly string[])[],
  aligns: readonly Align[],
  columns: number,
): readonly string[] | undefined {
  const count = Math.max(...table.map(row => row.length))
  // Spares measuring what is surely too wide.
  if (table.some(row => row.some(cell => cell.length > 2 * columns))) return undefined
  const cells = table.map(row => row.map(cell => ({ text: withoutFences(cell), width: stringWidth(cell) })))
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(count === 1 ? narrowest : 1, ...cells.map(row => row[column]?.width ?? 0)),
  )
  if (widths.reduce((sum, width) => sum + width, gap.length * (count - 1)) > columns) return undefined
  const [head = '', ...rows] = cells.map(row =>
    widths
      .map((width, column) => padded(row[column]?.text ?? '', width - (row[column]?.width ?? 0), aligns[column]))
      .join(gap)
      .trimEnd(),
  )
  return [fence, head, widths.map(width => '─'.repeat(width)).join('─┼─'), ...rows, fence]
}

function padded(text: string, room: number, align: Align = 'left'): string {
  const before = { left: 0, center: Math.floor(room / 2), right: room }[align]
  return ' '.repeat(before) + text + ' '.repeat(room - before)
}
