import type { Clock } from '#src/core/clock.ts'
import { ShuttingDown } from './interruption.ts'

/** What a stop ends step by step. */
export type FarewellSignals = Readonly<{
  /** Nothing is begun any more, and whoever only waits leaves: what is written down is the next process's. */
  closing: AbortSignal
  /** An answer without a word by now would not get to its end. */
  wordless: AbortSignal
  /** Answers end where they are; what was generated still lands, with a word that it goes on. */
  stop: AbortSignal
  /** Nothing more is written. */
  abort: AbortSignal
}>

/**
 * When each step comes, in ms from the begin of the stop. A stop is promised to take 5 s at most: what these leave of it is for the
 * platforms' lines, the database, and a machine that is busy.
 */
const atMs: Readonly<Record<keyof FarewellSignals, number>> = { closing: 0, wordless: 1_000, stop: 2_500, abort: 3_250 }
/** What heeds no word by then is left behind. */
const overAtMs = 3_500

/** The steps in which the engine stops. They are counted from the first word of it, whatever takes its time beside them. */
export class Farewell {
  readonly #clock: Clock
  readonly #controllers = {
    closing: new AbortController(),
    wordless: new AbortController(),
    stop: new AbortController(),
    abort: new AbortController(),
  }
  readonly #timers = new DisposableStack()
  readonly #over = Promise.withResolvers<false>()
  readonly signals: FarewellSignals

  constructor(clock: Clock) {
    const { closing, wordless, stop, abort } = this.#controllers
    this.#clock = clock
    this.signals = { closing: closing.signal, wordless: wordless.signal, stop: stop.signal, abort: abort.signal }
  }

  /** Only the first call counts. */
  begin(): void {
    const { closing, ...later } = this.#controllers
    if (closing.signal.aborted) return
    closing.abort(new ShuttingDown())
    for (const [step, controller] of Object.entries(later) as [keyof typeof later, AbortController][]) {
      this.#timers.use(this.#clock.after(atMs[step], () => controller.abort(new ShuttingDown())))
    }
    this.#timers.use(this.#clock.after(overAtMs, () => this.#over.resolve(false)))
  }

  /** Resolves when all that is under way has ended; false: some of it did not, and is left behind. */
  async until(ended: Promise<unknown>): Promise<boolean> {
    this.begin()
    using _ = this.#timers
    const hasEnded = await Promise.race([ended.then(() => true), this.#over.promise])
    // Whoever comes too late to be waited for finds it over.
    for (const controller of Object.values(this.#controllers)) controller.abort(new ShuttingDown())
    return hasEnded
  }
}
