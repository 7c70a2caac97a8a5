import type { Clock } from '#src/core/clock.ts'

export type RetryLimits = Readonly<{
  /** Retries as a share of requests: more would keep a server down that is failing under its load. */
  share: number
  /** Where few requests come, so many retries in some 15 s are fine whatever their share. */
  floor: number
}>

/** How many of the requests of all people may be tried once more. Old ones count ever less, half of it after 10 s. */
export class RetryBudget {
  readonly #limits: RetryLimits
  readonly #clock: Clock
  #requests = 0
  #retries = 0
  #at: number

  constructor(limits: RetryLimits, clock: Clock) {
    this.#limits = limits
    this.#clock = clock
    this.#at = clock.now().getTime()
  }

  /** A request begins. */
  request(): void {
    this.#age()
    this.#requests++
  }

  /** Takes a retry out of the budget, if there is one left. */
  take(): boolean {
    this.#age()
    const { share, floor } = this.#limits
    if (this.#retries + 1 > Math.max(floor, share * this.#requests)) return false
    this.#retries++
    return true
  }

  #age(): void {
    const now = this.#clock.now().getTime()
    const left = 0.5 ** (Math.max(0, now - this.#at) / halfLifeMs)
    this.#at = now
    this.#requests *= left
    this.#retries *= left
  }
}

const halfLifeMs = 10_000
