import type { Clock } from '#src/core/clock.ts'

/** The share of the requests that the budget of writes leaves free of Discord's limit over all routes. */
const share = 0.1
/** As long as fewer than that share were asked of Discord within a second, reading takes nothing from anybody. */
const calmShare = 0.5
const windowMs = 1_000

export type SpareRequestsParts = Readonly<{
  /** What Discord allows over all routes. */
  requestsPerSecond: number
  /** How many went out within the last second. */
  askedLately: () => number
  clock: Clock
}>

/**
 * What may be asked of Discord beside replies: showing that all answers together type, and reading what was missed. When very many
 * people ask at once, the rest of the typing is left out and the reading waits: each would take the place of a first text.
 */
export class SpareRequests {
  readonly #parts: SpareRequestsParts
  readonly #perSecond: number
  /** When the last ones were taken, oldest first. */
  #taken: readonly number[] = []

  constructor(parts: SpareRequestsParts) {
    this.#parts = parts
    this.#perSecond = Math.max(1, Math.floor(parts.requestsPerSecond * share))
  }

  /** Whether one more may go out now although others may want to. */
  take(): boolean {
    const now = this.#parts.clock.now().getTime()
    // Either way: a clock that is set back must not stop typing until it has caught up.
    this.#taken = this.#taken.filter(at => Math.abs(now - at) < windowMs)
    if (this.#taken.length >= this.#perSecond) return false
    this.#taken = [...this.#taken, now]
    return true
  }

  /** Resolves when somebody who can wait may send one more. */
  async next(signal: AbortSignal): Promise<void> {
    const { requestsPerSecond, askedLately, clock } = this.#parts
    while (askedLately() >= requestsPerSecond * calmShare && !this.take()) {
      await clock.sleep(windowMs / this.#perSecond, signal)
    }
  }
}
