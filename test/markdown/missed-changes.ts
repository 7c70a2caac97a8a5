import { sameText } from '#bench/delivered/same-text.ts'
import { wordRegions } from '#src/markdown/word-regions.ts'
import { seededRandom } from '#test/support/nasty-answer.ts'

/** Changes up to ten characters of what was sent, each by itself, and counts which of that goes unnoticed. */
export function missedChanges(
  seed: number,
  text: string,
  sent: readonly string[],
  counts: { tried: number; missed: number },
): void {
  const random = seededRandom(seed)
  const parts = sent.filter(part => part !== '')
  for (let change = 0; change < 10 && parts.length > 0; change += 1) {
    const index = Math.floor(random() * parts.length)
    const part = parts[index] ?? ''
    const changed = changedOnce(part, Math.floor(random() * part.length), random, text)
    if (changed === undefined) continue
    counts.tried += 1
    if (sameText(text, parts.with(index, changed)).same) counts.missed += 1
  }
}

/** The part with one character lost, doubled or swapped; undefined where that is nothing that counts. */
function changedOnce(part: string, at: number, random: () => number, text: string): string | undefined {
  const [character = ' ', next = ' '] = [part[at], part[at + 1]]
  const kind = Math.floor(random() * 3)
  if (isDrawn(character) || (kind === 2 && (isDrawn(next) || character === next))) return undefined
  // The marks of headings and tables do not count by definition.
  const isMark = (mark: string) => /[|#*_`~\\:=-]/.test(mark)
  if ((isMark(character) || (kind === 2 && isMark(next))) && wordRegions(text).length > 0) return undefined
  const end = kind === 2 ? at + 2 : at + 1
  return part.slice(0, at) + ['', character + character, next + character][kind] + part.slice(end)
}

/** Blanks, lines, what keeps backticks apart, and what takes the meaning of a mark away. */
function isDrawn(character: string): boolean {
  return /[\s\u200b\u2500-\u257f\\]/.test(character)
}
