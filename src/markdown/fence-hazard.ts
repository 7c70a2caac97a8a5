import { type FenceSpan, markerRun } from './fences.ts'

/**
 * Whether a cut inside a line would make a fence where there is none, or close one early: markers that stood within the
 * line would then begin the next message, or end this one.
 */
export function isFenceHazard(text: string, at: number, fences: readonly FenceSpan[]): boolean {
  const run = /^(?:`+|~+)/.exec(text.slice(at, at + 3))?.[0].length ?? 0
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at)
  const fence = fences.find(span => span.start < at && at <= span.end)
  if (fence) return run > 0 || at < fence.bodyStart || markerRun(fence, line) > 0
  // A run that reaches the end of what is known may grow.
  return run === 3 || (run > 0 && at + run >= text.length) || /^[\s>]*(?:`+|~+)\s*$/.test(line)
}
