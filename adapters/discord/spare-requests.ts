import type { Clock } from '#src/core/clock.ts'

/** The share of the requests that the budget of writes leaves free of Discord's limit over all routes. */
const share = 0.1
const windowMs = 1_000

/**
 * What may be asked of Discord beside replies: showing that all answers together type, and reading what was missed. When very many
 * people ask at once, the rest of the typing is left out and the reading waits: each would take the place of a first text.
 */
export class SpareRequests {
  readonly #perSecond: number
  readonly #clock: Clock
  /** When the last ones were taken, oldest first. */
  #taken: readonly number[] = []

  constructor(requestsPerSecond: number, clock: Clock) {
    this.#perSecond = Math.max(1, Math.floor(requestsPerSecond * share))
    this.#clock = clock
  }

  /** Whether one more may go out now. */
  take(): boolean {
    const now = this.#clock.now().getTime()
    // Either way: a clock that is set back must not stop typing until it has caught up.
    this.#taken = this.#taken.filter(at => Math.abs(now - at) < windowMs)
    if (this.#taken.length >= this.#perSecond) return false
    this.#taken = [...this.#taken, now]
    return true
  }

  /** Resolves when one more may go out. Of those that wait, one goes at a time. */
  async taken(signal: AbortSignal): Promise<void> {
    while (!this.take()) await this.#clock.sleep(windowMs / this.#perSecond, signal)
  }
}
