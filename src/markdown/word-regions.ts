import { fencesIn } from './fences.ts'

/**
 * A heading or a table: platforms show these in other ways, so their words count and their marks do not. `dropped` is a
 * stretch without words: a table's delimiter row, the line under a heading.
 */
export type WordRegion = Readonly<{ start: number; end: number; dropped?: Readonly<{ start: number; end: number }> }>

type Line = Readonly<{ start: number; end: number; words: string }>

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

const heading = /^(?: {0,3}>)* {0,3}#{1,6}(?:[ \t]|$)/
const underline = /^ {0,3}(?:=+|-+)[ \t]*$/
const delimiterRow = /^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/

function collect(text: string, from: number, to: number, regions: WordRegion[]): void {
  let before: Line | undefined
  for (let start = from; start < to; ) {
    const line = lineAt(text, start, to)
    start = line.end + 1
    if (heading.test(line.words)) regions.push({ start: line.start, end: line.end })
    else if (before?.words.includes('|') && line.words.includes('|') && delimiterRow.test(line.words)) {
      const end = tableEnd(text, line.end, to)
      regions.push({ start: before.start, end, dropped: line })
      start = end + 1
    } else if (before && before.words.trim() !== '' && underline.test(line.words)) {
      regions.push({ start: before.start, end: line.end, dropped: line })
    }
    before = start === line.end + 1 ? line : undefined
  }
}

function tableEnd(text: string, from: number, to: number): number {
  let end = from
  while (end + 1 < to) {
    const row = lineAt(text, end + 1, to)
    if (!row.words.includes('|')) break
    end = row.end
  }
  return end
}

function lineAt(text: string, start: number, to: number): Line {
  const found = text.indexOf('\n', start)
  const end = found === -1 || found > to ? to : found
  return { start, end, words: text.slice(start, end) }
}
