import { closingLine, type FenceSpan, markerRun, openFence } from './fences.ts'

/**
 * A part as a message shows it: blank ends cut, which platforms do anyway, and a fence that is still open closed.
 * Nothing else is added. What a platform measures and sends is made from this.
 */
export function closeOpenFences(text: string): string {
  const begun = text.trimStart()
  const shown = begun.trimEnd()
  const behind = begun.slice(shown.length)
  // Whether the last line is over makes a difference, blank lines behind it do not.
  const fence = openFence(behind.includes('\n') ? `${shown}\n` : shown)
  return fence ? shown + closerFor(fence, shown, behind) : shown
}

function closerFor(fence: FenceSpan, shown: string, behind: string): string {
  const closer = closingLine(fence)
  const line = shown.slice(Math.max(fence.bodyStart, shown.lastIndexOf('\n') + 1))
  // The closer itself may be on its way: completing it looks like what comes next, a second one would flicker.
  const begins = line !== '' && (behind === '' ? closer : fence.prefix).startsWith(line) && !behind.includes('\n')
  if (begins) return closer.slice(line.length)
  const run = behind === '' ? markerRun(fence, line) : 0
  return run > 0 && run < fence.length ? fence.marker.repeat(fence.length - run) : `\n${closer}`
}
