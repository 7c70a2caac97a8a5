import { type FenceSpan, markerRun } from './fences.ts'

type Role =
  | 'blank'
  | 'opener'
  | 'code'
  | 'closer'
  | 'heading'
  | 'underline'
  | 'row'
  | 'delimiter'
  | 'marker'
  | 'item'
  | 'text'

/** A line of a markdown text and what it is there; `end` is before its line break. */
export type Line = Readonly<{ start: number; end: number; role: Role }>

/** The lines of a text, the last one as far as it is known. */
export function blockLines(text: string, fences: readonly FenceSpan[]): readonly Line[] {
  const lines: Line[] = []
  let fence = 0
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start)
    const end = found === -1 ? text.length : found
    while ((fences[fence]?.end ?? text.length) <= start && fence < fences.length) fence += 1
    const words = text.slice(start, end)
    lines.push({ start, end, role: fencedRole(words, start, found === -1, fences[fence]) ?? proseRole(words) })
    start = end + 1
  }
  return lines
}

function fencedRole(words: string, start: number, last: boolean, fence: FenceSpan | undefined): Role | undefined {
  if (!fence || start < fence.start) return undefined
  if (start === fence.start) return 'opener'
  if (fence.closed && start >= fence.bodyEnd) return 'closer'
  if (last && markerRun(fence, words) > 0) return 'closer'
  return words.trim() === '' ? 'blank' : 'code'
}

function proseRole(line: string): Role {
  const words = line.trim()
  if (words === '') return 'blank'
  if (/^(?:>\s*)*#{1,6}(?:\s|$)/.test(words)) return 'heading'
  if (/^(?:=+|-+)$/.test(words)) return 'underline'
  if (words.includes('|')) return /^[\s>]*\|?[\s:|-]*$/.test(words) ? 'delimiter' : 'row'
  if (/^(?:>\s*)*(?:[-+*]|\d{1,9}[.)])$/.test(words)) return 'marker'
  return /^(?:>\s*)*(?:[-+*]|\d{1,9}[.)])\s/.test(words) ? 'item' : 'text'
}

/**
 * What it costs a reader when a message ends between two lines, from 1 (between paragraphs) over 3 (between any two lines)
 * to 9 (a list marker parted from its text); Infinity where it would change the meaning.
 */
export function lineBreakCost(text: string, before: Line, after: Line, blankBetween: boolean): number {
  if (after.role === 'closer') return Number.POSITIVE_INFINITY
  if (after.role === 'code') {
    if (before.role === 'opener') return Number.POSITIVE_INFINITY
    return blankBetween ? 2 : 3
  }
  if (before.role === 'marker') return 9
  if (before.role === 'heading' || partsTableHead(before, after)) return 8
  if (after.role === 'underline' && !blankBetween) return 8
  if (after.role === 'heading') return 1
  const introduces = /[:：]\s*$/.test(text.slice(before.start, before.end))
  if (blankBetween) return introduces || /^(?: {2}|\t)/.test(text.slice(after.start, after.end)) ? 2 : 1
  if (introduces) return 3
  return after.role === 'item' || after.role === 'opener' || before.role === 'closer' ? 2 : 3
}

function partsTableHead(before: Line, after: Line): boolean {
  return (before.role === 'row' && after.role === 'delimiter') || (before.role === 'delimiter' && after.role === 'row')
}
