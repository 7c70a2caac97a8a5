import type { Clock } from '#src/core/clock.ts'
import type { Errands } from './errands.ts'

/** `failed`: not now; whether it is shown nobody knows, unless a limit refused it. */
export type Put = Readonly<{ outcome: 'put' | 'refused' | 'failed'; retryAfterMs?: number | undefined }>

export type SignParts = Readonly<{
  /** What it says when nobody wants anything of it. */
  rest: string
  /** Slack forgets what it says after so long. */
  holdsMs: number
  put: (value: string, signal: AbortSignal) => Promise<Put>
  /** Nothing is wanted of it, and Slack shows so. */
  onRest: () => void
  clock: Clock
  errands: Errands
}>

/** Pauses before the sign is tried to be put to rest once more, where Slack names no time. */
const pausesMs = [500, 2_000, 8_000, 30_000]

/**
 * Something small that Slack shows until it is told otherwise. One call at a time and the newest wish only, since of two calls
 * that overtake each other the older one would stay. A wish may fail; that it comes to rest is seen to.
 */
export class Sign {
  readonly #parts: SignParts
  #wanted: string
  /** `undefined`: nobody knows. */
  #shown: string | undefined
  #shownAt = 0
  #putting: Promise<void> | undefined

  constructor(parts: SignParts) {
    this.#parts = parts
    this.#wanted = parts.rest
    this.#shown = parts.rest
  }

  get wanted(): string {
    return this.#wanted
  }

  get isAtRest(): boolean {
    const { rest } = this.#parts
    return this.#putting === undefined && this.#wanted === rest && this.#shown === rest
  }

  /** Resolves when Slack shows it, or does not take it. Never rejects. */
  want(value: string): Promise<void> {
    const { clock, errands, holdsMs, rest } = this.#parts
    const isForgotten = value !== rest && clock.now().getTime() - this.#shownAt >= holdsMs
    if (isForgotten && value === this.#shown) this.#shown = undefined
    this.#wanted = value
    if (value === this.#shown && this.#putting === undefined) return Promise.resolve()
    this.#putting ??= errands.run('a sign', signal => this.#put(signal))
    return this.#putting
  }

  /** Slack put it to rest by itself, or by another call. What is on its way is put right. */
  rested(): void {
    this.#wanted = this.#parts.rest
    this.#shown = this.#parts.rest
  }

  /** It may say anything: a process before this one was in charge of it. */
  forget(): void {
    this.#shown = undefined
  }

  async #put(signal: AbortSignal): Promise<void> {
    try {
      for (let failures = 0; this.#wanted !== this.#shown; failures += 1) {
        const pauseMs = await this.#try(failures, signal)
        if (pauseMs === undefined) break
        if (pauseMs > 0) await this.#parts.clock.sleep(pauseMs, signal)
      }
    } finally {
      // In the same turn as the last look at what is wanted, so that no wish falls between.
      this.#putting = undefined
      if (this.isAtRest) this.#parts.onRest()
    }
  }

  /** Gives how long to wait before the next try; `undefined`: there is none. */
  async #try(failures: number, signal: AbortSignal): Promise<number | undefined> {
    const { clock, put, rest } = this.#parts
    const value = this.#wanted
    const { outcome, retryAfterMs } = await put(value, signal)
    if (outcome !== 'failed') {
      this.#shown = value
      this.#shownAt = clock.now().getTime()
      return 0
    }
    if (retryAfterMs === undefined) this.#shown = undefined
    const isWorthIt = this.#wanted === rest || this.#wanted !== value
    return isWorthIt ? (retryAfterMs ?? pausesMs[failures]) : undefined
  }
}
