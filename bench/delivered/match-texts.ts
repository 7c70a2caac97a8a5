import { bracketsAt, entityAt } from './additions.ts'
import { type DeliveredPart, onlyCloses } from './delivered-parts.ts'
import { matchWords } from './match-words.ts'
import { pastBlanks } from './part-view.ts'
import { type Parting, type Place, Reading } from './reading.ts'

/** Reads what was generated and what was delivered side by side, the literal way first. Undefined: they are the same. */
export function matchTexts(text: string, parts: readonly DeliveredPart[]): Parting | undefined {
  const reading = new Reading(text, parts, false)
  const parting = read(reading)
  return parting && reading.isShortened ? read(new Reading(text, parts, true)) : parting
}

function read(reading: Reading): Parting | undefined {
  let parting: Parting = { at: 0, part: 0, shownAt: 0 }
  for (let way = reading.next(); way; way = reading.next()) {
    const end = way.words ? matchWords(reading, way, way.words) : matchLetters(reading, way)
    if (end === undefined) return undefined
    const at = end.view.offset(end.at)
    if (at > parting.at) parting = { at, part: end.part, shownAt: end.shownAt }
  }
  return parting
}

/** Where the reading parted, or undefined if both texts came to their ends. */
function matchLetters(reading: Reading, way: Place): Place | undefined {
  const { view } = way
  const shown = reading.shown(way)
  let { at, shownAt, wrapped } = way
  for (let first = true; ; first = false) {
    // Where a message goes on with cut code, blanks belong to the cut.
    if (at === view.seam && at > 0) shownAt = pastBlanks(shown, shownAt)
    const place = { ...way, at, shownAt, wrapped }
    if (!reading.branch(place) && !first) return place
    if (wrapped && closesAddress(shown, shownAt)) {
      wrapped = false
      shownAt += 1
      continue
    }
    if (!wrapped && reading.mayEnd(place)) reading.offerNext(place, at)
    if (!wrapped && isEnd(reading, place)) return undefined
    offerAdditions(reading, place)
    const seen = shown[shownAt]
    if (seen === undefined || view.text[at] !== seen || (wrapped && /[\s<>]/.test(seen))) return place
    const run = wrapped ? 1 : Math.max(reading.equalRun(place), 1)
    at += run
    shownAt += run
  }
}

function isEnd({ text, parts }: Reading, { view, at, part, shownAt }: Place): boolean {
  const shown = parts[part]
  if (!shown?.isLast || at < view.seam || view.offset(at) < text.length) return false
  return shownAt === shown.text.length || onlyCloses(shown, shownAt)
}

function offerAdditions(reading: Reading, place: Place): void {
  const { view, at, shownAt, wrapped } = place
  const shown = reading.shown(place)
  // Parts a run of backticks, so that it ends no code.
  const parts = shown[shownAt] === '\u200b' && shown[shownAt - 1] === '`' && view.text[at - 1] === '`'
  if (parts && view.text[at] === '`') reading.offer({ ...place, shownAt: shownAt + 1 })
  const brackets = wrapped ? 0 : bracketsAt(shown, shownAt)
  if (brackets > 0) reading.offer({ ...place, shownAt: shownAt + brackets, wrapped: true })
  const entity = entityAt(shown, shownAt)
  if (entity && entity.character === view.text[at]) {
    reading.offer({ ...place, at: at + 1, shownAt: shownAt + entity.written.length })
  }
}

/** An address is wrapped whole, so no letter follows the bracket. */
function closesAddress(shown: string, at: number): boolean {
  return shown[at] === '>' && !/[\p{L}\p{N}]/u.test(shown[at + 1] ?? '')
}
