import { bracketsAt, entityAt } from './additions.ts'
import type { Parting, Place, Reading } from './reading.ts'
import type { WordRegion } from './word-regions.ts'

/** Reads a region by its words: marks are skipped on both sides, and how far they go on behind the last word is left open. */
export function matchWords(reading: Reading, way: Place, region: WordRegion): Parting {
  const { text, shown } = reading
  let { shownAt, wrapped } = way
  for (let at = pastMarks(text, way.at, region); at < region.end; at = pastMarks(text, at + 1, region)) {
    shownAt = pastShownMarks(reading, { at, shownAt, wrapped, region })
    const entity = entityAt(shown.text, shownAt)
    if (entity && entity.character === text[at]) {
      reading.offer({ at: at + 1, shownAt: shownAt + entity.written.length, wrapped, region })
    }
    if (wrapped && shown.text[shownAt] === '>') {
      wrapped = false
      shownAt = pastShownMarks(reading, { at, shownAt: shownAt + 1, wrapped, region })
    }
    const brackets = wrapped || text[at] === '<' ? 0 : bracketsAt(shown.text, shownAt)
    if (brackets > 0) {
      wrapped = true
      shownAt += brackets
    }
    if (shown.text[shownAt] !== text[at]) return { at, shownAt }
    shownAt += 1
  }
  if (wrapped && shown.text[shownAt] === '>') shownAt += 1
  for (let end = shownAt; ; end += 1) {
    reading.offer({ at: region.end, shownAt: end, wrapped: false, region: undefined })
    if (!isMark(shown.text[end])) return { at: region.end, shownAt }
  }
}

function pastMarks(text: string, from: number, { end, dropped }: WordRegion): number {
  let at = from
  while (at < end && (isMark(text[at]) || (dropped && at >= dropped.start && at < dropped.end))) at += 1
  return at
}

function pastShownMarks(reading: Reading, place: Place): number {
  let { shownAt } = place
  for (;;) {
    reading.offerBridges({ ...place, shownAt })
    const marks = marksAt(reading.shown.text, shownAt, reading.text[place.at])
    if (marks === 0) return shownAt
    shownAt += marks
  }
}

/** How many characters there only draw: one mark, or a ruler of three and more where the text has no such thing. */
function marksAt(shown: string, at: number, expected: string | undefined): number {
  if (isMark(shown[at])) return 1
  if (shown[at] === expected || !/[-+=:]/.test(shown[at] ?? '')) return 0
  return /^[-+=:|]{3,}/.exec(shown.slice(at, at + 2_000))?.[0].length ?? 0
}

function isMark(character: string | undefined): boolean {
  return character !== undefined && /[\s|#*_`~\\\u2500-\u257f•]/.test(character)
}
