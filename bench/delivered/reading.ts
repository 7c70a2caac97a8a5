import type { DeliveredPart } from './delivered-parts.ts'
import { PartView, pastBlanks } from './part-view.ts'
import { listOrders, textOrder, type WordOrder } from './word-orders.ts'

/** Where two texts part: offsets in what was generated, and in one part of what was delivered. */
export type Parting = Readonly<{ at: number; part: number; shownAt: number }>

/** Where the words of a region are being read: in which order, and in which stretch of it. */
export type WordPlace = Readonly<{ order: WordOrder; turn: number }>

/** Where the side-by-side reading of a part stands; in a wrapped address, or in a region of which only the words count. */
export type Place = Readonly<{
  view: PartView
  at: number
  part: number
  shownAt: number
  wrapped: boolean
  words: WordPlace | undefined
}>

// A part was made of what is about as long. If it was not, the reading is repeated with all that there is.
const usualReach = { times: 2, more: 2_000 }

/**
 * A side-by-side reading of what was generated and of the parts that were delivered. Where a delivered mark may be an
 * addition or not, the way not taken is kept for later, and no place is read on from twice.
 */
export class Reading {
  readonly text: string
  readonly parts: readonly DeliveredPart[]
  readonly #isWhole: boolean
  readonly #views = new Map<string, PartView>()
  readonly #ids = new Map<PartView, number>()
  readonly #ways: Place[] = []
  readonly #taken = new Set<string>()

  constructor(text: string, parts: readonly DeliveredPart[], isWhole: boolean) {
    this.text = text
    this.parts = parts
    this.#isWhole = isWhole
    this.#begin(0, 0, '')
  }

  /** Some view of the text did not reach its end. */
  isShortened = false

  /** Keeps a way for later, unless it was taken. */
  offer(way: Place): void {
    if (this.#take(way)) this.#ways.push(way)
  }

  next(): Place | undefined {
    return this.#ways.pop()
  }

  shown({ part }: Pick<Place, 'part'>): string {
    return this.parts[part]?.text ?? ''
  }

  /** Whether the part may be at its end there. */
  mayEnd({ part, shownAt }: Place): boolean {
    const { text = '', closers } = this.parts[part] ?? {}
    return shownAt === text.length || closers?.has(shownAt) === true
  }

  /** How many characters from there are equal and can be nothing else. */
  equalRun({ view, at, part, shownAt }: Place): number {
    const { text = '', closers } = this.parts[part] ?? {}
    for (let run = 0; ; run += 1) {
      const unit = view.text.charCodeAt(at + run)
      const plain = unit === text.charCodeAt(shownAt + run) && unit !== 0x26 && unit !== 0x3c
      if (!plain || view.isStop(at + run) || closers?.has(shownAt + run)) return run
    }
  }

  /** Keeps the ways that begin at this place, and says whether it is new. Only the ends of regions are known again. */
  branch(place: Place): boolean {
    const { view, at, wrapped } = place
    if (wrapped) return true
    this.offerForms(place, view.text.length)
    for (const region of view.regionsAt(at)) {
      for (const order of [textOrder(region), ...listOrders(region)]) {
        const [first] = order.stretches
        if (first) this.offer({ ...place, at: first.start, words: { order, turn: 0 } })
      }
    }
    return !view.endsRegion(at) || this.#take(place)
  }

  /** Keeps the ways over a stretch that is shown in another form. */
  offerForms(place: Place, until: number): void {
    const part = this.parts[place.part]
    for (const { end, shownEnd } of place.view.formsAt(place.at)) {
      const shownAt = end > until || !part ? undefined : shownEnd(part, place.shownAt)
      if (shownAt !== undefined) this.offer({ ...place, at: end, shownAt })
    }
  }

  /** Keeps the ways into the next part, for a part that ends where its text goes on from that offset. */
  offerNext({ view, part, shownAt }: Place, at: number): void {
    const { text, isLast } = this.parts[part] ?? {}
    if (text === undefined || isLast) return
    const from = pastBlanks(this.text, view.offset(at))
    for (const added of view.additionsBefore(at, shownAt < text.length)) this.#begin(part + 1, from, added)
  }

  #begin(part: number, from: number, added: string): void {
    const length = this.shown({ part }).length
    const reach = this.#isWhole ? this.text.length : length * usualReach.times + usualReach.more
    this.isShortened ||= from + reach < this.text.length
    const key = `${part} ${from} ${added}`
    const view = this.#views.get(key) ?? new PartView(this.text, from, added, reach)
    this.#views.set(key, view)
    this.offer({ view, at: 0, part, shownAt: 0, wrapped: false, words: undefined })
  }

  #take({ view, at, shownAt, wrapped, words }: Place): boolean {
    const id = this.#ids.get(view) ?? this.#ids.size
    this.#ids.set(view, id)
    const key = `${id} ${at} ${shownAt} ${wrapped} ${words?.order.id} ${words?.turn}`
    const isNew = !this.#taken.has(key)
    this.#taken.add(key)
    return isNew
  }
}
