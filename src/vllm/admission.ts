import type { PersonId } from '#src/core/ids.ts'
import { FairQueue } from './fair-queue.ts'
import type { Place } from './place.ts'

export type Entry = Readonly<{
  person: PersonId
  /** The place that suits best among the free ones; `undefined` when there is none for anybody. */
  choose: () => Place | undefined
  signal: AbortSignal
}>

/** Lets in as many answers as the servers have places. The rest waits, and people take turns. */
export class Admission {
  readonly #queue = new FairQueue<PersonId, Ticket>()
  readonly #crowded: () => void

  /** `crowded` is called whenever somebody is left waiting. */
  constructor(crowded: () => void) {
    this.#crowded = crowded
  }

  /** Draws a ticket; whoever disposes of it leaves the queue or the place. */
  enter(entry: Entry): Ticket {
    entry.signal.throwIfAborted()
    const ticket = new Ticket(entry, () => this.#queue.delete(entry.person, ticket))
    this.#queue.push(entry.person, ticket)
    this.admit()
    return ticket
  }

  /** Lets in whoever there is a place for. */
  admit(): void {
    for (let ticket = this.#queue.first; ticket; ticket = this.#queue.first) {
      const place = ticket.entry.choose()
      if (!place) break
      this.#queue.shift()
      ticket.grant(place)
    }
    if (!this.#queue.isEmpty) this.#crowded()
  }

  /** Sends away all who wait. */
  refuse(error: () => unknown): void {
    for (let ticket = this.#queue.first; ticket; ticket = this.#queue.first) {
      this.#queue.shift()
      ticket.refuse(error())
    }
  }
}

/** A place that is there or will be. */
export class Ticket implements Disposable {
  readonly entry: Entry
  readonly #leaveQueue: () => void
  readonly #place = Promise.withResolvers<Place>()
  #state: 'waiting' | 'over' | Place = 'waiting'

  constructor(entry: Entry, leaveQueue: () => void) {
    this.entry = entry
    this.#leaveQueue = leaveQueue
    // Whoever leaves while waiting does not wait for the answer to that.
    this.#place.promise.catch(() => {})
    entry.signal.addEventListener('abort', this.#giveUp, { once: true })
  }

  get isWaiting(): boolean {
    return this.#state === 'waiting'
  }

  /** Rejects when everybody is sent away, or with the reason of the signal. */
  get place(): Promise<Place> {
    return this.#place.promise
  }

  grant(place: Place): void {
    if (this.#settle(place)) this.#place.resolve(place)
    else place[Symbol.dispose]()
  }

  refuse(error: unknown): void {
    if (this.#settle('over')) this.#place.reject(error)
  }

  [Symbol.dispose](): void {
    const state = this.#state
    if (state === 'waiting') this.#leaveQueue()
    this.#settle('over')
    this.#state = 'over'
    if (typeof state === 'object') state[Symbol.dispose]()
  }

  readonly #giveUp = () => {
    if (!this.isWaiting) return
    this.#leaveQueue()
    this.refuse(this.entry.signal.reason)
  }

  #settle(state: 'over' | Place): boolean {
    if (!this.isWaiting) return false
    this.#state = state
    this.entry.signal.removeEventListener('abort', this.#giveUp)
    return true
  }
}
