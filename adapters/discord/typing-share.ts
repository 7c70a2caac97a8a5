/** The share of the requests that shows typing: what the budget of writes leaves free of Discord's limit over all routes. */
const share = 0.1
const windowMs = 1_000

/**
 * How much typing all answers together show. When very many people ask at once, the rest of it is left out: each one would
 * take the place of a first text.
 */
export class TypingShare {
  readonly #perSecond: number
  readonly #now: () => number
  /** When the last ones were taken, oldest first. */
  #taken: readonly number[] = []

  constructor(requestsPerSecond: number, now: () => number) {
    this.#perSecond = Math.max(1, Math.floor(requestsPerSecond * share))
    this.#now = now
  }

  /** Whether one more may be shown now. */
  take(): boolean {
    const now = this.#now()
    // Either way: a clock that is set back must not stop typing until it has caught up.
    this.#taken = this.#taken.filter(at => Math.abs(now - at) < windowMs)
    if (this.#taken.length >= this.#perSecond) return false
    this.#taken = [...this.#taken, now]
    return true
  }
}
