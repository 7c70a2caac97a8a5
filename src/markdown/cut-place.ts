import { blockLines, type Line, lineBreakCost } from './block-lines.ts'
import { type Break, cheapest, furthest } from './breaks.ts'
import { isFenceHazard } from './fence-hazard.ts'
import { codeStart, type FenceSpan, fencesIn } from './fences.ts'
import { codePointBoundary, isGraphemeBoundary, lastGraphemeBoundary } from './graphemes.ts'
import { inlineBreaks } from './inline-breaks.ts'

const betweenLines = 3
const betweenWords = 5
// A head shorter than this share of what fits wastes one of the few messages of an answer.
const wellFilled = 0.5
const hardlyFilled = 0.125
// A part may begin with a reopened fence; its line is shorter than this and is never cut.
const longestReopening = 160

/**
 * The best place to cut a text of which the first `fit` UTF-16 units fit, above 0. It looks at those and at the one
 * character behind them, so that what follows cannot change the decision. Never before `keep`, where that fits.
 */
export function cutPlace(text: string, fit: number, keep = 0): number {
  const known = text.slice(0, fit) + String.fromCodePoint(text.codePointAt(fit) ?? 0x20)
  const fences = fencesIn(known)
  const lines = blockLines(known, fences)
  const least = Math.min(keep, fit)
  const upper = Math.max(fit * wellFilled, least)
  const lower = Math.max(fit * hardlyFilled, least)
  const byLine = lineBreaks(known, fit, lines)
  const line = cheapest(byLine, upper, betweenLines)
  if (line) return line.at
  const word = cheapest(inlineBreaks(known, upper, fit, lines, fences), upper, betweenWords)
  if (word) return word.at
  const all = [...byLine, ...inlineBreaks(known, lower, fit, lines, fences)]
  const place = furthest(all, lower, betweenWords) ?? cheapest(all, upper)
  // Blanks that are not sent can fill a line's end without filling the message, so a line ends further up in the end.
  return place?.at ?? placeInWord(known, fit, fences, least) ?? furthest(byLine, 1, Number.MAX_VALUE)?.at ?? fit
}

function lineBreaks(text: string, fit: number, lines: readonly Line[]): readonly Break[] {
  const breaks: Break[] = []
  let before: Line | undefined
  let blank = false
  for (const line of lines) {
    if (line.role === 'blank') {
      blank = true
      continue
    }
    if (before && line.start <= fit) breaks.push({ at: line.start, cost: lineBreakCost(text, before, line, blank) })
    before = line
    blank = false
  }
  return breaks
}

/**
 * No line, no sentence and no space: between graphemes, and inside one only if it alone is longer than a message.
 * Undefined if every place near the end would make a fence or close one.
 */
function placeInWord(text: string, fit: number, fences: readonly FenceSpan[], keep: number): number | undefined {
  const first = fences[0]
  const least = first?.start === 0 && first.bodyStart <= longestReopening ? codeStart(text, first) + 1 : 1
  const place = lastGraphemeBoundary(text, least, fit) ?? 0
  for (let at = place; at >= Math.max(least, place / 2, keep); at -= 1) {
    if (!isHazard(text, at, fences) && isGraphemeBoundary(text, at)) return at
  }
  const inGrapheme = codePointBoundary(text, fit)
  return inGrapheme > least && !isHazard(text, inGrapheme, fences) ? inGrapheme : undefined
}

function isHazard(text: string, at: number, fences: readonly FenceSpan[]): boolean {
  return /[`~]/.test(text[at] ?? '') || isFenceHazard(text, at, fences)
}
