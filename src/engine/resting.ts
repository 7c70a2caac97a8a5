import type { Clock } from '#src/core/clock.ts'
import type { ChatModel } from '#src/core/model.ts'
import type { Waiting } from './waiting.ts'

/** Whoever waited longer than that for an answer does not wait for it any more, unless it is set otherwise. */
const usualPatienceMs = 15 * 60_000
/** Somebody who asks again meanwhile is told again at most that often. */
const noticeEveryMs = 60_000
/** Between two tries at a model that says it is back and is not: doubles from the first to the longest. */
const firstPauseMs = 1_000
const longestPauseMs = 60_000

/** Whether somebody who said something then still waits for an answer. */
export function isFresh(said: Date, now: Date, patienceMs = usualPatienceMs): boolean {
  return now.getTime() - said.getTime() <= patienceMs
}

/** One turn's wait for a model that is away. */
export class Resting {
  readonly #clock: Clock
  readonly #model: ChatModel
  readonly #patienceMs: number
  #tries = 0
  #toldAt: number

  constructor(clock: Clock, model: ChatModel, patienceMs = usualPatienceMs) {
    this.#clock = clock
    this.#model = model
    this.#patienceMs = patienceMs
    this.#toldAt = clock.now().getTime()
  }

  /**
   * Resolves when another try makes sense: the model is `back`, or the asker `added` something; `over` when too much time has
   * gone since the question. Rejects with the signal's reason.
   */
  async wait(asked: Date, more: Waiting, signal: AbortSignal): Promise<'back' | 'added' | 'over'> {
    signal.throwIfAborted()
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** this.#tries++)
    const leftMs = asked.getTime() + this.#patienceMs - this.#now()
    if (leftMs <= 0) return 'over'
    const leave = new AbortController()
    const waiting = AbortSignal.any([signal, leave.signal])
    try {
      return await Promise.race([
        this.#back(pauseMs, waiting),
        more.added(waiting).then(() => 'added' as const),
        this.#clock.sleep(leftMs, waiting).then(() => 'over' as const),
      ])
    } finally {
      leave.abort()
    }
  }

  /** Whether the asker may be told again, now. */
  tellsAgain(): boolean {
    if (this.#now() - this.#toldAt < noticeEveryMs) return false
    this.#toldAt = this.#now()
    return true
  }

  async #back(pauseMs: number, signal: AbortSignal): Promise<'back'> {
    await this.#clock.sleep(pauseMs, signal)
    await this.#model.available(signal)
    return 'back'
  }

  #now(): number {
    return this.#clock.now().getTime()
  }
}
