import { bracketsAt, entityAt } from './additions.ts'
import type { DeliveredText } from './delivered-text.ts'
import { matchWords } from './match-words.ts'
import { type Parting, type Place, pastBlanks, Reading } from './reading.ts'

/** Reads both texts side by side, the literal way first. Undefined: they are the same. */
export function matchTexts(text: string, shown: DeliveredText): Parting | undefined {
  const reading = new Reading(text, shown)
  let parting = { at: pastBlanks(text, 0), shownAt: 0 }
  reading.offer({ ...parting, wrapped: false, region: undefined })
  for (let way = reading.next(); way; way = reading.next()) {
    const end = way.region ? matchWords(reading, way, way.region) : matchLetters(reading, way)
    if (end === undefined) return undefined
    if (end.at > parting.at) parting = end
  }
  return parting
}

function matchLetters(reading: Reading, way: Place): Parting | undefined {
  const { text, shown } = reading
  let { at, shownAt, wrapped } = way
  for (let first = true; ; first = false) {
    if (shown.borders.has(shownAt)) {
      at = pastBlanks(text, at)
      shownAt = pastBlanks(shown.text, shownAt)
    }
    if (!reading.branch({ at, shownAt, wrapped, region: undefined }) && !first) return { at, shownAt }
    if (wrapped && closesAddress(shown, shownAt)) {
      wrapped = false
      shownAt += 1
      continue
    }
    const seen = shown.text[shownAt]
    if (at === text.length && !wrapped && (seen === undefined || shown.closesOnly(shownAt))) return undefined
    offerAdditions(reading, { at, shownAt, wrapped, region: undefined })
    if (seen === undefined || text[at] !== seen || (wrapped && /[\s<>]/.test(seen))) return { at, shownAt }
    const run = wrapped ? 1 : Math.max(reading.equalRun(at, shownAt), 1)
    at += run
    shownAt += run
  }
}

function offerAdditions(reading: Reading, { at, shownAt, wrapped, region }: Place): void {
  const shown = reading.shown.text
  const brackets = wrapped ? 0 : bracketsAt(shown, shownAt)
  if (brackets > 0) reading.offer({ at, shownAt: shownAt + brackets, wrapped: true, region })
  const entity = entityAt(shown, shownAt)
  if (entity && entity.character === reading.text[at]) {
    reading.offer({ at: at + 1, shownAt: shownAt + entity.written.length, wrapped, region })
  }
}

/** An address is wrapped whole, so no letter follows the bracket, unless the part ends there. */
function closesAddress(shown: DeliveredText, at: number): boolean {
  return shown.text[at] === '>' && (shown.borders.has(at + 1) || !/[\p{L}\p{N}]/u.test(shown.text[at + 1] ?? ''))
}
