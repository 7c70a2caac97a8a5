import type { PersonId } from '#src/core/ids.ts'
import { FairQueue } from './fair-queue.ts'
import type { Place } from './place.ts'

export type Entry = Readonly<{
  person: PersonId
  /** The place that suits best among the free ones; `undefined` when there is none for anybody. */
  choose: () => Place | undefined
  signal: AbortSignal
}>

/** Lets in as many answers as the servers have places. The rest waits: whoever has the fewest answers there is next. */
export class Admission {
  readonly #queue = new FairQueue<PersonId, Ticket>()
  /** Places that each person has; nobody is in it with none. */
  readonly #places = new Map<PersonId, number>()
  readonly #crowded: () => void

  /** `crowded` is called whenever somebody is left waiting. */
  constructor(crowded: () => void) {
    this.#crowded = crowded
  }

  /** Answers that wait for a place. */
  get waiting(): number {
    return this.#queue.size
  }

  /** Draws a ticket; whoever disposes of it leaves the queue or the place. */
  enter(entry: Entry): Ticket {
    entry.signal.throwIfAborted()
    const { person } = entry
    const ticket = new Ticket(entry, {
      queue: () => this.#queue.delete(person, ticket),
      place: () => {
        this.#count(person, -1)
        this.#queue.pass(person)
      },
    })
    this.#queue.push(person, ticket)
    this.admit()
    return ticket
  }

  /** Lets in whoever there is a place for. */
  admit(): void {
    for (let ticket = this.#next; ticket; ticket = this.#next) {
      const place = ticket.entry.choose()
      if (!place) break
      const { person } = ticket.entry
      this.#queue.delete(person, ticket)
      this.#queue.pass(person)
      this.#count(person, 1)
      ticket.grant(place)
    }
    if (!this.#queue.isEmpty) this.#crowded()
  }

  /** Sends away all who wait. */
  refuse(error: () => unknown): void {
    for (let ticket = this.#next; ticket; ticket = this.#next) {
      this.#queue.delete(ticket.entry.person, ticket)
      ticket.refuse(error())
    }
  }

  get #next(): Ticket | undefined {
    return this.#queue.next(person => this.#places.get(person) ?? 0)
  }

  #count(person: PersonId, change: 1 | -1): void {
    const count = (this.#places.get(person) ?? 0) + change
    if (count > 0) this.#places.set(person, count)
    else this.#places.delete(person)
  }
}

/** A place that is there or will be. */
export class Ticket implements Disposable {
  readonly entry: Entry
  readonly #leave: Readonly<{ queue: () => void; place: () => void }>
  readonly #place = Promise.withResolvers<Place>()
  #state: 'waiting' | 'over' | Place = 'waiting'

  /** `leave` is told what was left. */
  constructor(entry: Entry, leave: Readonly<{ queue: () => void; place: () => void }>) {
    this.entry = entry
    this.#leave = leave
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
    this.#settle(place)
    this.#place.resolve(place)
  }

  refuse(error: unknown): void {
    this.#settle('over')
    this.#place.reject(error)
  }

  [Symbol.dispose](): void {
    const state = this.#state
    if (state === 'over') return
    this.#settle('over')
    if (state === 'waiting') this.#leave.queue()
    else {
      this.#leave.place()
      state[Symbol.dispose]()
    }
  }

  readonly #giveUp = () => {
    this.#leave.queue()
    this.refuse(this.entry.signal.reason)
  }

  #settle(state: 'over' | Place): void {
    this.#state = state
    this.entry.signal.removeEventListener('abort', this.#giveUp)
  }
}
