import type { Clock } from '#src/core/clock.ts'
import type { Answer } from './answer.ts'
import type { AnswerWatch } from './answer-watch.ts'
import type { BodySink, Exchange } from './exchange.ts'

/**
 * Takes an answer in as fast as the server sends it, whether or not somebody asks for it: what came between two looks is
 * one piece. A body that is disposed of before its end takes its connection along, which frees the slot at the server.
 */
export class IncomingAnswer implements BodySink, Disposable {
  readonly #answer: Answer
  readonly #body: Exchange
  readonly #watch: AnswerWatch
  readonly #clock: Clock
  #ended = false
  #timer: Disposable | undefined
  #wake: (() => void) | undefined
  #news = false
  #firstAt: number | undefined

  constructor(answer: Answer, body: Exchange, watch: AnswerWatch, clock: Clock) {
    this.#answer = answer
    this.#body = body
    this.#watch = watch
    this.#clock = clock
    body.take(this)
  }

  /** Resolves once there is something new to take, or the outcome is known. */
  news(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    if (this.#news) resolve()
    else this.#wake = resolve
    this.#news = false
    return promise
  }

  /** All of an answer of so many records came in one go, after a long silence: something between holds streams back. */
  cameAtOnce(records: number): boolean {
    const first = this.#firstAt
    if (first === undefined || records < burstRecords) return false
    const silence = first - this.#watch.began
    return silence >= burstSilenceMs && this.#clock.now().getTime() - first <= burstMs
  }

  bytes(bytes: Buffer): void {
    this.#firstAt ??= this.#clock.now().getTime()
    const { contents, finished } = this.#answer
    this.#answer.feed(bytes)
    if (this.#answer.contents !== contents) this.#watch.alive()
    if (this.#answer.finished && !finished) this.#awaitUsage()
    this.#tell()
  }

  end(error?: Error): void {
    const { aborted, reason } = this.#watch.signal
    if (aborted && reason instanceof Error) this.#answer.fail(reason)
    else this.#answer.close(error)
    this.#timer?.[Symbol.dispose]()
    this.#ended = true
    this.#tell()
  }

  /** A whole answer lets the server close the body in peace, so that the connection serves again; any other is cut. */
  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]()
    if (this.#ended) return
    const close = () => this.#body.abandon(new Error('nobody listens any more'))
    if (this.#answer.outcome?.type === 'end') this.#timer = this.#clock.after(closeMs, close)
    else close()
  }

  /** The usage follows the finish at once or never; only a proxy that splits them in two can make us wait. */
  #awaitUsage(): void {
    if (this.#answer.outcome) return
    this.#timer = this.#clock.after(usageMs, () => {
      this.#answer.end()
      this.#tell()
    })
  }

  #tell(): void {
    if (this.#wake) this.#wake()
    else this.#news = true
    this.#wake = undefined
  }
}

/** Long enough for the record behind the last one, short enough that nobody sees it. */
const usageMs = 50
/** No model says 32 tokens in 20 ms, after 2 s without one. */
const burstRecords = 32
const burstSilenceMs = 2_000
const burstMs = 20
/** What follows the usage is `[DONE]` and the end, in the same packet mostly. */
const closeMs = 1_000
