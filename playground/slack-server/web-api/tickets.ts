import { randomBytes } from 'node:crypto'

/** The one-use addresses of sockets that `apps.connections.open` gives out. */
export class Tickets {
  readonly #lifeMs: () => number
  readonly #now: () => number
  readonly #open = new Map<string, number>()

  constructor(lifeMs: () => number, now: () => number) {
    this.#lifeMs = lifeMs
    this.#now = now
  }

  issue(): string {
    const ticket = randomBytes(16).toString('hex')
    this.#open.set(ticket, this.#now())
    return ticket
  }

  /** Whether the ticket lets one socket in: known, young, and used for the first time. */
  use(ticket: string): boolean {
    const issuedAt = this.#open.get(ticket)
    this.#open.delete(ticket)
    return issuedAt !== undefined && this.#now() - issuedAt <= this.#lifeMs()
  }
}
