import type { Clock } from '#src/core/clock.ts'

export type ProberParts = Readonly<{
  /** Throws if the server is still away. */
  look: (signal: AbortSignal) => Promise<void>
  /** Called once when a look found the server. */
  found: () => void
  /** Called with what a look failed of, and the pause until the next one. */
  missed: (error: unknown, againInMs: number) => void
  clock: Clock
  /** From 0 to 1. */
  random: () => number
}>

/** Looks at a server that is away, ever more seldom; one look at a time, whoever and however many want to know. */
export class Prober implements Disposable {
  readonly #parts: ProberParts
  readonly #leave = new AbortController()
  #pauseMs = shortestPauseMs
  /** Nobody's asking brings a look forward until then, in milliseconds of the clock. */
  #peaceUntil = 0
  #lookedAt = Number.NEGATIVE_INFINITY
  #timer: Disposable | undefined
  #look: Promise<boolean> | undefined

  constructor(parts: ProberParts) {
    this.#parts = parts
  }

  /**
   * Begins to look, not before so many milliseconds if the server asked for that. `proves`: what a look finds can be trusted,
   * so that it is worth one whenever somebody asks.
   */
  start({ notBeforeMs = 0, proves }: Readonly<{ notBeforeMs?: number | undefined; proves: boolean }>): void {
    if (this.#leave.signal.aborted) return
    const now = this.#parts.clock.now().getTime()
    this.#peaceUntil = proves ? now + notBeforeMs : Number.POSITIVE_INFINITY
    this.#again(notBeforeMs)
  }

  /** The server is well again: should it go away once more, looks begin in short pauses. */
  rest(): void {
    this.#pauseMs = shortestPauseMs
  }

  /** Looks now, unless that proves nothing, a look ended just now or the server asked for peace; resolves with whether it is back. */
  now(): Promise<boolean> {
    if (this.#look !== undefined) return this.#look
    const now = this.#parts.clock.now().getTime()
    if (!this.#timer || now < this.#peaceUntil || now < this.#lookedAt + leastPauseMs) return Promise.resolve(false)
    return this.#lookOnce()
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]()
    this.#timer = undefined
    this.#leave.abort()
  }

  #again(notBeforeMs = 0): void {
    const { clock, random } = this.#parts
    // Several processes, or several servers behind one door, shall not look in step.
    const ms = Math.max(notBeforeMs, this.#pauseMs) * (1 + jitter * random())
    this.#pauseMs = Math.min(longestPauseMs, 2 * this.#pauseMs)
    this.#timer = clock.after(ms, () => void this.#lookOnce())
  }

  #lookOnce(): Promise<boolean> {
    this.#timer?.[Symbol.dispose]()
    this.#timer = undefined
    this.#look = this.#tryLook()
    return this.#look
  }

  /** Never rejects. */
  async #tryLook(): Promise<boolean> {
    const { look, found, missed, clock } = this.#parts
    try {
      await look(this.#leave.signal)
    } catch (error) {
      this.#look = undefined
      if (this.#leave.signal.aborted) return false
      this.#lookedAt = clock.now().getTime()
      missed(error, this.#pauseMs)
      this.#again()
      return false
    }
    this.#look = undefined
    if (this.#leave.signal.aborted) return false
    found()
    return true
  }
}

/** Between two looks, as they get more seldom. A server that is back shall be met within seconds, also after an hour. */
const shortestPauseMs = 500
const longestPauseMs = 5_000
/** Between two looks, whoever asks for one. */
const leastPauseMs = 250
/** The share by which a pause may be longer. */
const jitter = 0.3
