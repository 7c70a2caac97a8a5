import type { Awaitable } from '#src/core/awaitable.ts'
import type { Clock } from '#src/core/clock.ts'
import type { Log } from '#src/core/log.ts'

export type SweepParts = Readonly<{
  /** Some milliseconds of work. Returns whether there may be more. */
  step(at: Date): Awaitable<boolean>
  /** What is done, for the log. */
  what: string
  clock: Clock
  log: Log
}>

/** What it looks for is of days and weeks ago. */
const everyMs = 3_600_000
/** Not while everything else starts. */
const firstAfterMs = 60_000
/** A step takes milliseconds; replies come between two of them. */
const betweenMs = 200

/** Has what can wait done once an hour, in small steps. */
export class HourlySweep implements AsyncDisposable {
  readonly #parts: SweepParts
  #timer: Disposable | undefined
  #step: Promise<void> = Promise.resolve()
  #isOver = false

  constructor(parts: SweepParts) {
    this.#parts = parts
  }

  start(): void {
    this.#in(firstAfterMs)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true
    this.#timer?.[Symbol.dispose]()
    await this.#step
  }

  #in(ms: number): void {
    if (this.#isOver) return
    this.#timer = this.#parts.clock.after(ms, () => {
      this.#step = this.#sweep()
    })
  }

  async #sweep(): Promise<void> {
    const { step, what, clock, log } = this.#parts
    try {
      this.#in((await step(clock.now())) ? betweenMs : everyMs)
    } catch (error) {
      log.warn({ err: error, what }, 'what is done once an hour failed: it is tried again in an hour')
      this.#in(everyMs)
    }
  }
}
