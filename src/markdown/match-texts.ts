import type { DeliveredText } from './delivered-text.ts'
import { type WordRegion, wordRegions } from './word-regions.ts'

/** Where two texts part: offsets in what was generated and in what was delivered. */
type Parting = Readonly<{ at: number; shownAt: number }>

/** A way to go on reading both: in a wrapped address, or by the words of a region only. */
type State = Readonly<{ at: number; shownAt: number; wrapped: boolean; region: WordRegion | undefined }>

/**
 * Reads both texts side by side. Where a delivered mark may be an addition or not, both ways are tried, the literal one
 * first; each is remembered, so that no way is taken twice. Undefined: they are the same.
 */
export function matchTexts(text: string, shown: DeliveredText): Parting | undefined {
  const regions = new Map(wordRegions(text).map(region => [region.start, region]))
  const begin = { at: pastBlanks(text, 0), shownAt: 0, wrapped: false, region: undefined }
  const ways: State[] = [begin]
  const taken = new Set<string>()
  const offer = (way: State) => {
    const key = `${way.at} ${way.shownAt} ${way.wrapped} ${way.region?.start}`
    if (!taken.has(key)) ways.push(way)
    taken.add(key)
  }
  let parting: Parting = begin
  for (let way = ways.pop(); way; way = ways.pop()) {
    const end = follow(text, shown, way, regions, offer)
    if (end === undefined) return undefined
    if (end.at > parting.at) parting = end
  }
  return parting
}

type Offer = (way: State) => void

function follow(
  text: string,
  shown: DeliveredText,
  way: State,
  regions: ReadonlyMap<number, WordRegion>,
  offer: Offer,
) {
  if (way.region) return followWords(text, shown, way, way.region, offer)
  let { at, shownAt, wrapped } = way
  for (;;) {
    if (shown.borders.has(shownAt)) {
      at = pastBlanks(text, at)
      shownAt = pastBlanks(shown.text, shownAt)
    }
    offerBridges(text, shown, { at, shownAt, wrapped: false, region: undefined }, offer)
    const region = wrapped ? undefined : regions.get(at)
    if (region) offer({ at, shownAt, wrapped, region })
    const character = text[at]
    const seen = shown.text[shownAt]
    if (wrapped && seen === '>') {
      wrapped = false
      shownAt += 1
      continue
    }
    if (character === undefined && !wrapped && (seen === undefined || shown.closesOnly(shownAt))) return undefined
    const brackets = seen === '<' && !wrapped ? bracketsAt(shown.text, shownAt) : 0
    if (brackets > 0) offer({ at, shownAt: shownAt + brackets, wrapped: true, region: undefined })
    const entity = seen === '&' ? entityAt(shown.text, shownAt) : undefined
    if (entity && entity.character === character) {
      offer({ at: at + 1, shownAt: shownAt + entity.length, wrapped, region: undefined })
    }
    if (seen === undefined || character !== seen || (wrapped && /[\s<]/.test(seen))) return { at, shownAt }
    at += 1
    shownAt += 1
  }
}

/** Reads a region by its words: marks are skipped on both sides, and how far they go on behind the last word is open. */
function followWords(text: string, shown: DeliveredText, way: State, region: WordRegion, offer: Offer): Parting {
  let { at, shownAt, wrapped } = way
  for (;;) {
    while (at < region.end && (isMark(text[at]) || isDropped(region, at))) at += 1
    if (at >= region.end) break
    for (let skipped = marksAt(shown.text, shownAt, text[at]); skipped > 0; ) {
      offerBridges(text, shown, { at, shownAt, wrapped, region }, offer)
      shownAt += skipped
      skipped = marksAt(shown.text, shownAt, text[at])
    }
    const seen = shown.text[shownAt]
    const entity = seen === '&' ? entityAt(shown.text, shownAt) : undefined
    if (entity && entity.character === text[at]) {
      offer({ at: at + 1, shownAt: shownAt + entity.length, wrapped, region })
    }
    const brackets = seen === '<' && text[at] !== '<' && !wrapped ? bracketsAt(shown.text, shownAt) : 0
    if (brackets > 0 || (wrapped && seen === '>')) {
      wrapped = !wrapped
      shownAt += Math.max(brackets, 1)
      continue
    }
    if (seen === undefined || seen !== text[at]) return { at, shownAt }
    at += 1
    shownAt += 1
  }
  if (wrapped && shown.text[shownAt] === '>') shownAt += 1
  for (let end = shownAt; ; end += 1) {
    offer({ at: region.end, shownAt: end, wrapped: false, region: undefined })
    if (!isMark(shown.text[end])) return { at, shownAt }
  }
}

function offerBridges(text: string, shown: DeliveredText, from: State, offer: Offer): void {
  for (const landing of shown.bridges.get(from.shownAt) ?? []) {
    offer({ ...from, at: pastBlanks(text, from.at), shownAt: pastBlanks(shown.text, landing) })
  }
}

/** How many characters there only draw: one mark, or a ruler of three and more where the text has no such thing. */
function marksAt(shown: string, at: number, expected: string | undefined): number {
  if (isMark(shown[at])) return 1
  if (!/[-+=:]/.test(shown[at] ?? '')) return 0
  const ruler = /^[-+=:|]{3,}/.exec(shown.slice(at, at + 2_000))?.[0].length ?? 0
  return shown[at] === expected ? 0 : ruler
}

function isMark(character: string | undefined): boolean {
  return character !== undefined && /[\s|#*_`~\\\u2500-\u257f•]/.test(character)
}

function isDropped({ dropped }: WordRegion, at: number): boolean {
  return dropped !== undefined && at >= dropped.start && at < dropped.end
}

/** How many brackets wrap the address that follows them: one, or after a backslash one more that takes its effect away. */
function bracketsAt(shown: string, at: number): number {
  const brackets = /^(<<?)https?:\/\//i.exec(shown.slice(at, at + 10))?.[1]?.length ?? 0
  return brackets === 1 || shown[at - 1] === '\\' ? brackets : 0
}

const entities = [
  { written: '&amp;', character: '&' },
  { written: '&lt;', character: '<' },
  { written: '&gt;', character: '>' },
]

function entityAt(shown: string, at: number): { character: string; length: number } | undefined {
  const entity = entities.find(({ written }) => shown.startsWith(written, at))
  return entity && { character: entity.character, length: entity.written.length }
}

function pastBlanks(text: string, at: number): number {
  let end = at
  while (end < text.length && /\s/.test(text[end] ?? '')) end += 1
  return end
}
