import type { Clock } from '#src/core/clock.ts'
import type { Log } from '#src/core/log.ts'
import type { WritePhase } from '#src/core/surface.ts'

/** Pauses before a write of unknown outcome is repeated: they double from the first to the longest. */
const firstPauseMs = 250
const longestPauseMs = 20_000
/** A platform that is away for longer than that gets the rest of an ended answer no more. */
const giveUpAfterMs = 15 * 60_000

/** How long the writes of one reply have had unknown outcomes, and what follows from it. */
export class WriteBackoff {
  readonly #clock: Clock
  readonly #log: Log
  #failures = 0
  #since = 0

  constructor(clock: Clock, log: Log) {
    this.#clock = clock
    this.#log = log
  }

  clear(): void {
    this.#failures = 0
  }

  /** Waits a while before the next try; false when an ended answer has been tried for long enough. */
  async pause(cause: unknown, phase: WritePhase, isEnded: boolean, signal: AbortSignal): Promise<boolean> {
    const now = this.#clock.now().getTime()
    if (this.#failures === 0) this.#since = now
    if (isEnded && now - this.#since > giveUpAfterMs) {
      this.#log.error({ err: cause, phase }, 'gave up a write: the platform stays away')
      return false
    }
    this.#log.warn({ err: cause, phase, failures: this.#failures }, 'a write has an unknown outcome')
    await this.#clock.sleep(Math.min(longestPauseMs, firstPauseMs * 2 ** this.#failures++), signal)
    return true
  }
}
