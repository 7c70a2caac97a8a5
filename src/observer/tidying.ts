import type { Clock } from '#src/core/clock.ts'
import type { Learning } from '#src/core/learning.ts'
import type { Log } from '#src/core/log.ts'

export type TidyingParts = Readonly<{ learning: Pick<Learning, 'tidy'>; clock: Clock; log: Log }>

/** What it takes out is of days and weeks ago. */
const everyMs = 3_600_000
/** Not while everything else starts. */
const firstAfterMs = 60_000
/** A step takes milliseconds; replies come between two of them. */
const betweenMs = 200

/** Has what is of no use any more taken out, once an hour, in small steps. */
export class Tidying implements AsyncDisposable {
  readonly #parts: TidyingParts
  #timer: Disposable | undefined
  #step: Promise<void> = Promise.resolve()
  #isOver = false

  constructor(parts: TidyingParts) {
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
      this.#step = this.#tidy()
    })
  }

  async #tidy(): Promise<void> {
    const { learning, clock, log } = this.#parts
    try {
      this.#in((await learning.tidy(clock.now())) ? betweenMs : everyMs)
    } catch (error) {
      log.warn({ err: error }, 'what is of no use any more could not be taken out: it is tried again in an hour')
      this.#in(everyMs)
    }
  }
}
