import type { DeliveredText } from './delivered-text.ts'
import { type WordRegion, wordRegions } from './word-regions.ts'

/** Where two texts part: offsets in what was generated and in what was delivered. */
export type Parting = Readonly<{ at: number; shownAt: number }>

/** Where the side-by-side reading of two texts stands; in a wrapped address, or in a region of which only the words count. */
export type Place = Readonly<{ at: number; shownAt: number; wrapped: boolean; region: WordRegion | undefined }>

/**
 * A side-by-side reading of what was generated (`text`) and what was delivered (`shown`). Where a delivered mark may be an
 * addition or not, the way not taken is kept for later, and no place is read on from twice.
 */
export class Reading {
  readonly text: string
  readonly shown: DeliveredText
  readonly #regions: ReadonlyMap<number, WordRegion>
  readonly #ends: ReadonlySet<number>
  readonly #stops: Uint8Array
  readonly #textStops: Uint8Array
  readonly #ways: Place[] = []
  readonly #taken = new Set<string>()

  constructor(text: string, shown: DeliveredText) {
    this.text = text
    this.shown = shown
    const regions = wordRegions(text)
    this.#regions = new Map(regions.map(region => [region.start, region]))
    this.#ends = new Set(regions.map(region => region.end))
    this.#stops = marked(shown.text.length, [...shown.borders, ...shown.bridges.keys()])
    this.#textStops = marked(text.length, [...this.#regions.keys(), ...this.#ends])
  }

  /** Keeps a way for later, unless it was taken. */
  offer(way: Place): void {
    if (this.#take(way)) this.#ways.push(way)
  }

  next(): Place | undefined {
    return this.#ways.pop()
  }

  /** How many characters from there are equal and can be nothing else. */
  equalRun(at: number, shownAt: number): number {
    let run = 0
    for (;;) {
      const unit = this.text.charCodeAt(at + run)
      const plain = unit === this.shown.text.charCodeAt(shownAt + run) && unit !== 0x26 && unit !== 0x3c
      if (!plain || this.#stops[shownAt + run] === 1 || this.#textStops[at + run] === 1) return run
      run += 1
    }
  }

  /** Keeps the ways that begin at this place, and says whether it is new. Only the ends of regions are known again. */
  branch(place: Place): boolean {
    this.offerBridges(place)
    if (place.wrapped) return true
    const region = this.#regions.get(place.at)
    if (region) this.offer({ ...place, region })
    return !this.#ends.has(place.at) || this.#take({ ...place, region: undefined })
  }

  /** Keeps the ways over a fence that was closed at a part's end and reopened. */
  offerBridges(place: Place): void {
    for (const landing of this.shown.bridges.get(place.shownAt) ?? []) {
      this.offer({ ...place, at: pastBlanks(this.text, place.at), shownAt: pastBlanks(this.shown.text, landing) })
    }
  }

  #take({ at, shownAt, wrapped, region }: Place): boolean {
    const key = `${at} ${shownAt} ${wrapped} ${region?.start}`
    const isNew = !this.#taken.has(key)
    this.#taken.add(key)
    return isNew
  }
}

function marked(length: number, places: readonly number[]): Uint8Array {
  const marks = new Uint8Array(length + 1)
  for (const place of places) marks[place] = 1
  return marks
}

export function pastBlanks(text: string, at: number): number {
  let end = at
  while (end < text.length && /\s/.test(text[end] ?? '')) end += 1
  return end
}
