import type { Clock } from '#src/core/clock.ts'
import { silentAtFirst, silentInTheMiddle, tooSlow } from './faults.ts'

/** In milliseconds. */
export type AnswerLimits = Readonly<{
  /** From the request to the first word, or the first of thinking. The server answers 200 before it queues the request, so headers say nothing. */
  firstContentMs: number
  /** Between two signs of life in the middle of an answer. A preempted request pauses for seconds. */
  idleMs: number
  /** The whole answer. */
  totalMs: number
}>

/** Ends a request that takes too long, or whose asker gave up: its signal aborts with the reason. */
export class AnswerWatch implements Disposable {
  /** In milliseconds of the clock. */
  readonly began: number
  readonly #server: string
  readonly #clock: Clock
  readonly #limits: AnswerLimits
  readonly #asker: AbortSignal
  readonly #request = new AbortController()
  readonly #total: Disposable
  #silence: Disposable

  constructor(server: string, clock: Clock, limits: AnswerLimits, asker: AbortSignal) {
    asker.throwIfAborted()
    this.began = clock.now().getTime()
    this.#server = server
    this.#clock = clock
    this.#limits = limits
    this.#asker = asker
    asker.addEventListener('abort', this.#giveUp, { once: true })
    this.#total = clock.after(limits.totalMs, () => this.#request.abort(tooSlow(server, limits.totalMs)))
    this.#silence = clock.after(limits.firstContentMs, () =>
      this.#request.abort(silentAtFirst(server, limits.firstContentMs)),
    )
  }

  get signal(): AbortSignal {
    return this.#request.signal
  }

  /** The answer went on. */
  alive(): void {
    this.#silence[Symbol.dispose]()
    this.#silence = this.#clock.after(this.#limits.idleMs, this.#fellSilent)
  }

  /** Takes its hands off the request. */
  [Symbol.dispose](): void {
    this.#asker.removeEventListener('abort', this.#giveUp)
    this.#total[Symbol.dispose]()
    this.#silence[Symbol.dispose]()
  }

  readonly #giveUp = () => this.#request.abort(this.#asker.reason)
  readonly #fellSilent = () => this.#request.abort(silentInTheMiddle(this.#server, this.#limits.idleMs))
}
