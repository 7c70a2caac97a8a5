import { closingLine, markerRun, openFence } from './fences.ts'

/**
 * A part as a message shows it: blank ends cut, which platforms do anyway, and a fence that is still open closed.
 * Nothing else is added. What a platform measures and sends is made from this.
 */
export function closeOpenFences(text: string): string {
  const shown = text.trim()
  const fence = openFence(shown)
  if (!fence) return shown
  const run = markerRun(fence, shown.slice(Math.max(fence.bodyStart, shown.lastIndexOf('\n') + 1)))
  // The closer itself is on its way: completing it looks like what comes next, a second one would flicker.
  if (run > 0 && run < fence.length && shown === text.trimStart())
    return shown + fence.marker.repeat(fence.length - run)
  return `${shown}\n${closingLine(fence)}`
}
