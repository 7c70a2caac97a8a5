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
  #aliveAt: number | undefined

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

  /** When the answer last went on, in milliseconds of the clock; `undefined` before its first word. */
  get aliveAt(): number | undefined {
    return this.#aliveAt
  }

  get signal(): AbortSignal {
    return this.#request.signal
  }

  /** The answer went on. Called for every packet, so it only looks at the clock; the timer looks back when it is due. */
  alive(): void {
    const first = this.#aliveAt === undefined
    this.#aliveAt = this.#clock.now().getTime()
    if (!first) return
    this.#silence[Symbol.dispose]()
    this.#listen(this.#limits.idleMs)
  }

  /** Takes its hands off the request. */
  [Symbol.dispose](): void {
    this.#asker.removeEventListener('abort', this.#giveUp)
    this.#total[Symbol.dispose]()
    this.#silence[Symbol.dispose]()
  }

  readonly #giveUp = () => this.#request.abort(this.#asker.reason)

  #listen(ms: number): void {
    this.#silence = this.#clock.after(ms, () => {
      const { idleMs } = this.#limits
      const left = (this.#aliveAt ?? 0) + idleMs - this.#clock.now().getTime()
      if (left <= 0) this.#request.abort(silentInTheMiddle(this.#server, idleMs))
      else this.#listen(left)
    })
  }
}
