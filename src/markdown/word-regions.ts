import { fencesIn } from './fences.ts'
import { cellsIn, delimiterRow, type TableLines, tableLines } from './table-lines.ts'

type Stretch = Readonly<{ start: number; end: number }>

/**
 * A heading or a table: platforms show these in other ways, so their words count and their marks do not. What stands before
 * it on its first line (a quote's or a list's mark) is no part of it. `quotes`: how deep in quotes its further lines are;
 * `dropped`: a stretch without words, a table's delimiter row or the line under a heading.
 */
export type WordRegion = Stretch & Readonly<{ quotes: number; dropped?: Stretch; table?: TableLines }>

type Line = Stretch & Readonly<{ words: string }>

/** The headings and tables of a markdown text, in order; none in code. */
export function wordRegions(text: string): readonly WordRegion[] {
  const regions: WordRegion[] = []
  let at = 0
  for (const fence of fencesIn(text)) {
    collect(text, at, fence.start, regions)
    at = fence.end
  }
  collect(text, at, text.length, regions)
  return regions
}

const margin = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t])))*[ \t]*/
const heading = /^#{1,6}(?:[ \t]|$)/
const otherBlock = /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]|#{1,6}[ \t])/
// A message may end behind it, so more may follow on the line.
const underline = /^[ \t>]*(?:=+|-+)[ \t]*/

function collect(text: string, from: number, to: number, regions: WordRegion[]): void {
  let before: Line | undefined
  for (let start = from; start < to; ) {
    const line = lineAt(text, start, to)
    start = line.end + 1
    const own = line.start + marginOf(line).length
    const isHeading = heading.test(text.slice(own, line.end))
    if (isHeading) regions.push({ start: own, end: line.end, quotes: 0 })
    else if (before && isTable(text, before, line)) {
      const head = withoutMargin(before)
      const end = tableEnd(text, line.end, to, before)
      const table = tableLines(text, { start: head.start, end: before.end }, line, end)
      regions.push({ ...head, end, dropped: line, table })
      start = end + 1
    } else if (before && before.words.trim() !== '' && underline.test(line.words)) {
      const end = line.start + (underline.exec(line.words)?.[0].length ?? 0)
      regions.push({ ...withoutMargin(before), end, dropped: { start: line.start, end } })
    }
    before = start === line.end + 1 && !isHeading ? line : undefined
  }
}

function marginOf(line: Line): string {
  return margin.exec(line.words)?.[0] ?? ''
}

function withoutMargin(line: Line): Readonly<{ start: number; quotes: number }> {
  const before = marginOf(line)
  return { start: line.start + before.length, quotes: before.replaceAll(/[^>]/g, '').length }
}

function isTable(text: string, before: Line, line: Line): boolean {
  if (!before.words.includes('|') || !line.words.includes('|') || !delimiterRow.test(line.words)) return false
  const { start } = withoutMargin(before)
  return cellsIn(text, start, before.end).length === cellsIn(text, line.start, line.end).length
}

function tableEnd(text: string, from: number, to: number, head: Line): number {
  const { quotes } = withoutMargin(head)
  const before = marginOf(head)
  // A row that is not below the words of its list's item has left the list.
  const indent = /[^\s>]/.test(before) ? before.length : 0
  let end = from
  while (end + 1 < to) {
    const row = lineAt(text, end + 1, to)
    const isBelow = marginOf(row).length >= indent && withoutMargin(row).quotes === quotes
    if (!row.words.includes('|') || !isBelow || otherBlock.test(row.words)) break
    end = row.end
  }
  return end
}

function lineAt(text: string, start: number, to: number): Line {
  const found = text.indexOf('\n', start)
  const end = found === -1 || found > to ? to : found
  return { start, end, words: text.slice(start, end) }
}
