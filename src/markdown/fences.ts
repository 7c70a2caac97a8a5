import { partsOfInfo } from './fence-info.ts'

/** A code fence as its opener line says it. */
export type Fence = Readonly<{
  marker: '`' | '~'
  /** How many markers open it; at least as many close it. */
  length: number
  /** What stands before the marker on every line of it: quote marks as written, list markers as blanks of the same width. */
  prefix: string
  quotes: number
  info: string
}>

/** Where a fence lies in its text: offsets of the opener's line, of the code, and after the closer's line. */
export type FenceSpan = Fence &
  Readonly<{ start: number; bodyStart: number; bodyEnd: number; end: number; closed: boolean }>

// Longer runs are ornament, not code: to close and reopen one over a split would eat the message.
export const longestMarker = 32
const longestPrefix = 32
// Beyond this it is no language.
const longestLanguage = 32

/**
 * The code fences of a text, in order, also the one that is still open at its end. Lists are read the way chat clients
 * do rather than by CommonMark's letter: a fence may be indented at will and code may stick out of its list item,
 * because models write both all the time. A quoted fence ends with its quote. One pass over the text.
 */
export function fencesIn(text: string): readonly FenceSpan[] {
  const spans: FenceSpan[] = []
  const next = markFinder(text)
  for (let at = next(0); at !== -1; ) {
    const start = lineStart(text, at)
    const opener = openerAt(text, start)
    const span = opener && spanOf(text, start, opener)
    if (span) spans.push(span)
    at = next(span ? span.end : lineEnd(text, at))
  }
  return spans
}

/** The fence that is open where the text ends. */
export function openFence(text: string): FenceSpan | undefined {
  const last = fencesIn(text).at(-1)
  return last && !last.closed ? last : undefined
}

/** The line that closes the fence, without its line break. */
export function closingLine(fence: Fence): string {
  return fence.prefix + fence.marker.repeat(fence.length)
}

/** The line that opens the same fence again in a new message, without its line break. */
export function reopeningLine(fence: Fence): string {
  // The list item is gone in the new message, and there four blanks would make the fence plain indented text.
  const prefix = fence.quotes > 0 ? fence.prefix : ' '.repeat(Math.min(fence.prefix.length, 3))
  // What else stands there, a title perhaps, was read in the first message.
  const { language } = partsOfInfo(fence.info)
  return prefix + fence.marker.repeat(fence.length) + (language.length <= longestLanguage ? language : '')
}

/** How many markers a line of the fence's code consists of, or 0 if there is anything else: it is, or may become, the closer. */
export function markerRun(fence: Fence, line: string): number {
  const run = line.slice(pastQuotes(line, 0, fence.quotes).at).trim()
  return run === fence.marker.repeat(run.length) ? run.length : 0
}

/** Where the code of the fence's first line begins, behind the quote's marks. */
export function codeStart(text: string, fence: FenceSpan): number {
  return pastQuotes(text, fence.bodyStart, fence.quotes).at
}

/** Steps through the places where three markers stand together, remembering both searches so that no stretch is read twice. */
function markFinder(text: string): (from: number) => number {
  let tick = -2
  let tilde = -2
  return from => {
    if (tick !== -1 && tick < from) tick = text.indexOf('```', from)
    if (tilde !== -1 && tilde < from) tilde = text.indexOf('~~~', from)
    if (tick === -1) return tilde
    return tilde === -1 ? tick : Math.min(tick, tilde)
  }
}

const containerMark = /[ \t]*(?:(>)|(?:[-+*]|\d{1,9}[.)])(?=[ \t]))/y
const openerMark = /([ \t]*)(`{3,}|~{3,})([^\n]*)/y

function openerAt(text: string, start: number): (Fence & { lineEnd: number }) | undefined {
  let at = start
  let quotes = 0
  let prefix = ''
  for (let mark = matchAt(containerMark, text, at); mark && prefix.length <= longestPrefix; ) {
    at += mark[0].length
    if (mark[1]) quotes += 1
    prefix += mark[1] ? mark[0] : ' '.repeat(mark[0].length)
    mark = matchAt(containerMark, text, at)
  }
  const opener = matchAt(openerMark, text, at)
  const [whole = '', indent = '', run = '', rest = ''] = opener ?? []
  if (!opener || run.length > longestMarker || prefix.length + indent.length > longestPrefix) return undefined
  const marker = run.startsWith('`') ? '`' : '~'
  // A backtick after the opening ones makes the line inline code.
  if (marker === '`' && rest.includes('`')) return undefined
  const info = rest.endsWith('\r') ? rest.slice(0, -1) : rest
  return { marker, length: run.length, prefix: prefix + indent, quotes, info, lineEnd: at + whole.length }
}

function spanOf(text: string, start: number, opener: Fence & { lineEnd: number }): FenceSpan {
  const { lineEnd: openerEnd, ...fence } = opener
  const bodyStart = Math.min(openerEnd + 1, text.length)
  const body = openerEnd >= text.length ? undefined : closerOf(text, bodyStart, fence)
  if (!body) return { ...fence, start, bodyStart, bodyEnd: text.length, end: text.length, closed: false }
  return { ...fence, start, bodyStart, bodyEnd: body.at, end: body.end, closed: true }
}

function closerOf(text: string, bodyStart: number, fence: Fence): { at: number; end: number } | undefined {
  return fence.quotes > 0 ? quotedCloserOf(text, bodyStart, fence) : plainCloserOf(text, bodyStart, fence)
}

const closerMark = /[ \t]*(`{3,}|~{3,})[ \t\r]*(?:\n|$)/y

function closes(text: string, at: number, fence: Fence): number | undefined {
  const mark = matchAt(closerMark, text, at)
  const run = mark?.[1]
  return mark && run?.startsWith(fence.marker) && run.length >= fence.length ? at + mark[0].length : undefined
}

function plainCloserOf(text: string, bodyStart: number, fence: Fence): { at: number; end: number } | undefined {
  const run = fence.marker.repeat(fence.length)
  for (let at = text.indexOf(run, bodyStart); at !== -1; at = text.indexOf(run, lineEnd(text, at))) {
    const start = lineStart(text, at)
    const end = closes(text, start, fence)
    if (end !== undefined) return { at: start, end }
  }
  return undefined
}

function quotedCloserOf(text: string, bodyStart: number, fence: Fence): { at: number; end: number } | undefined {
  for (let start = bodyStart; start < text.length; start = lineEnd(text, start) + 1) {
    const { at, quotes } = pastQuotes(text, start, fence.quotes)
    // A line with fewer quote marks leaves the quote. One that just begins may still get its mark.
    if (quotes < fence.quotes) {
      if (lineEnd(text, start) === text.length && closingLine(fence).startsWith(text.slice(start).trimEnd()))
        return undefined
      return { at: start, end: start }
    }
    const end = closes(text, at, fence)
    if (end !== undefined) return { at: start, end }
  }
  return undefined
}

const quoteMark = /[ \t]*>[ \t]?/y

function pastQuotes(text: string, from: number, most: number): { at: number; quotes: number } {
  let at = from
  let quotes = 0
  for (let mark = matchAt(quoteMark, text, at); mark && quotes < most; mark = matchAt(quoteMark, text, at)) {
    at += mark[0].length
    quotes += 1
  }
  return { at, quotes }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end
}
