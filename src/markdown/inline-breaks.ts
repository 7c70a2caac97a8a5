import type { Line } from './block-lines.ts'
import type { Break } from './breaks.ts'
import { isFenceHazard } from './fence-hazard.ts'
import type { FenceSpan } from './fences.ts'
import { isGraphemeBoundary } from './graphemes.ts'
import { type InlineSpan, inlineSpans } from './inline-spans.ts'
import { sentenceEndsAt } from './sentence-end.ts'

const afterSentence = 4
const atSpace = 5
// A link, emphasis or code is torn, or the next message would begin like a list, heading, quote or table.
const torn = 2
const inCodeOrRow = 7
// A line's marks (quote, list, heading) are short; what is longer is text.
const longestMarks = 40

/** The places between words from `from` to `to`, line ends excepted, in ascending order of the text. */
export function inlineBreaks(
  text: string,
  from: number,
  to: number,
  lines: readonly Line[],
  fences: readonly FenceSpan[],
): readonly Break[] {
  const breaks: Break[] = []
  for (const stretch of stretches(lines, from, to)) {
    const { start, end, prose } = stretch
    const spans = prose ? inlineSpans(text.slice(start, Math.min(end, to))) : []
    for (let at = Math.max(start + 1, Math.ceil(from)); at <= Math.min(end, to); at += 1) {
      const cost = costAt(text, at)
      if (cost === undefined || isFenceHazard(text, at, fences) || !isGraphemeBoundary(text, at)) continue
      breaks.push({ at, cost: prose ? cost + (isTorn(text, at, at - start, spans) ? torn : 0) : inCodeOrRow })
    }
  }
  return breaks
}

/** Lines that follow each other as one paragraph are parsed as one, because emphasis and code run over line ends. */
function stretches(
  lines: readonly Line[],
  from: number,
  to: number,
): readonly { start: number; end: number; prose: boolean }[] {
  const found: { start: number; end: number; prose: boolean }[] = []
  let joins = false
  for (const { start, end, role } of lines) {
    if (start > to) break
    const prose = role === 'text' || role === 'item' || role === 'heading'
    const last = found.at(-1)
    if (prose && joins && role === 'text' && last) last.end = end
    else if (role !== 'blank' && role !== 'opener' && role !== 'closer') found.push({ start, end, prose })
    joins = prose && role !== 'heading'
  }
  return found.filter(stretch => stretch.end > from)
}

/** What it costs to cut before this character; undefined if that is inside a word, a line's marks, or at a line's start. */
function costAt(text: string, at: number): number | undefined {
  if (isBlankAt(text, at)) return undefined
  if (!isBlankAt(text, at - 1)) {
    // Nearly every place of a text is inside a word of plain letters.
    if (text.charCodeAt(at - 1) < firstWide) return undefined
    const previous = text[at - 1] ?? ''
    if (/[。！？｡]/.test(previous)) return /[。！？｡」』）”’]/.test(text[at] ?? '') ? undefined : afterSentence
    return /[，、；：]/.test(previous) ? atSpace : undefined
  }
  let end = at - 1
  while (end > 0 && isBlankAt(text, end - 1)) end -= 1
  const lineStart = text.lastIndexOf('\n', at - 1) + 1
  if (end <= lineStart || isMarks(text.slice(lineStart, at))) return undefined
  let mark = end - 1
  while (mark > lineStart && /["'”’»)\]」』）*_~]/.test(text[mark] ?? '')) mark -= 1
  return sentenceEndsAt(text, mark) ? afterSentence : atSpace
}

function isMarks(words: string): boolean {
  return words.length <= longestMarks && /^\s*(?:(?:>|[-+*]|\d{1,9}[.)]|#{1,6}|\[[ xX]\])\s*)*$/.test(words)
}

function isTorn(text: string, at: number, offset: number, spans: readonly InlineSpan[]): boolean {
  return (
    /^(?:(?:#{1,6}|[-+*]|\d{1,9}[.)])(?:\s|$)|[>|]|[-=]{2})/.test(text.slice(at, at + 12)) ||
    spans.some(span => span.start < offset && offset < span.end)
  )
}

/** Blank as `\s` has it; so is what lies behind the end. */
function isBlankAt(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  if (unit < firstWide) return unit === space || (unit >= tab && unit <= carriageReturn)
  return Number.isNaN(unit) || /\s/.test(text[at] ?? '')
}

const [space, tab, carriageReturn] = [0x20, 0x09, 0x0d]
const firstWide = 0x80
