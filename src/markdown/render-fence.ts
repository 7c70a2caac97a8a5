import type { Dialect } from './dialect.ts'
import { partsOfInfo } from './fence-info.ts'
import { type FenceSpan, longestMarker } from './fences.ts'

const threeBackticks = '```'
const opener = /^(.*?)(?:`{3,}|~{3,})([^\n]*)(\n?)$/s
const closer = /`{3,}|~{3,}/
/** Splits a run of backticks without a trace for the eye. */
const zeroWidthSpace = '\u200b'

/**
 * A code fence of the text for a chat where three backticks begin code and the next three end it, wherever they stand:
 * three backticks around it, none within. Of what stands behind them only a language counts, so the rest becomes a line.
 */
export function renderFence(text: string, fence: FenceSpan, { lacks }: Dialect): string {
  if (!lacks.has('fence')) return text.slice(fence.start, fence.end)
  const hanging = fence.quotes > 0 ? fence.prefix : ''
  const body = withoutFences(text.slice(fence.bodyStart, fence.bodyEnd))
  return openerOf(text.slice(fence.start, fence.bodyStart), hanging) + body + closerOf(text, fence)
}

function openerOf(line: string, hanging: string): string {
  const [, prefix = '', info = '', lineBreak = ''] = opener.exec(line) ?? []
  const { language, rest } = partsOfInfo(info)
  const titled = rest === '' ? '' : `\n${hanging}${withoutFences(rest)}`
  return `${prefix}${threeBackticks}${language}${titled}${lineBreak}`
}

function closerOf(text: string, { bodyEnd, end, closed, quotes, prefix }: FenceSpan): string {
  // A quote's end ends its fences, but not for every chat.
  if (closed && end === bodyEnd && quotes > 0) return `${prefix}${threeBackticks}\n`
  return text.slice(bodyEnd, end).replace(closer, shownCloser)
}

/** A very long run is no closer in earnest, but ornament, or the rest of a line that was cut: it closes and is shown. */
function shownCloser(run: string): string {
  return run.length > longestMarker ? `${threeBackticks}\n${run.replaceAll('`', '\\`')}` : threeBackticks
}

/** The text without three backticks in a row. */
export function withoutFences(text: string): string {
  return text.replaceAll(/``(?=`)/g, `\`\`${zeroWidthSpace}`)
}
