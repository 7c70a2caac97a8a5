import type { Readable } from 'node:stream'
import type { Clock } from '#src/core/clock.ts'
import type { Answer } from './answer.ts'
import type { AnswerWatch } from './answer-watch.ts'

/**
 * Takes an answer in as fast as the server sends it, whether or not somebody asks for it: what came between two looks is
 * one piece. A body that is disposed of before its end takes its connection along, which frees the slot at the server.
 */
export class IncomingAnswer implements Disposable {
  readonly #answer: Answer
  readonly #body: Readable
  readonly #watch: AnswerWatch
  readonly #clock: Clock
  #usageTimer: Disposable | undefined
  #wake: (() => void) | undefined
  #news = false
  #firstAt: number | undefined

  constructor(answer: Answer, body: Readable, watch: AnswerWatch, clock: Clock) {
    this.#answer = answer
    this.#body = body
    this.#watch = watch
    this.#clock = clock
    // The error listener stays for good: what breaks after the end of an answer concerns nobody.
    body.on('error', error => this.#closed(error))
    body.on('end', () => this.#closed())
    body.on('close', () => this.#closed())
    body.on('data', (bytes: Buffer) => this.#take(bytes))
  }

  /** Resolves once there is text to take or the outcome is known. */
  async news(): Promise<void> {
    if (!this.#news) {
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#wake = resolve
      await promise
      this.#wake = undefined
    }
    this.#news = false
  }

  /** All of an answer of so many records came in one go, after a long silence: something between holds streams back. */
  cameAtOnce(records: number): boolean {
    const first = this.#firstAt
    if (first === undefined || records < burstRecords) return false
    const silence = first - this.#watch.began
    return silence >= burstSilenceMs && this.#clock.now().getTime() - first <= burstMs
  }

  /** A whole answer lets the server close the body in peace, so that the connection serves again; any other is cut. */
  [Symbol.dispose](): void {
    this.#usageTimer?.[Symbol.dispose]()
    if (this.#answer.outcome?.type !== 'end') return void this.#body.destroy()
    if (this.#body.closed) return
    const timer = this.#clock.after(closeMs, () => this.#body.destroy())
    this.#body.once('close', () => timer[Symbol.dispose]())
  }

  #take(bytes: Buffer): void {
    this.#firstAt ??= this.#clock.now().getTime()
    const { contents, finished } = this.#answer
    this.#answer.feed(bytes)
    if (this.#answer.contents !== contents) this.#watch.alive()
    if (this.#answer.finished && !finished) this.#awaitUsage()
    this.#tell()
  }

  /** The usage follows the finish at once or never; only a proxy that splits them in two can make us wait. */
  #awaitUsage(): void {
    if (this.#answer.outcome) return
    this.#usageTimer = this.#clock.after(usageMs, () => {
      this.#answer.end()
      this.#tell()
    })
  }

  #closed(error?: unknown): void {
    const { reason, aborted } = this.#watch.signal
    if (aborted && reason instanceof Error) this.#answer.fail(reason)
    else this.#answer.close(error)
    this.#tell()
  }

  #tell(): void {
    this.#news = true
    this.#wake?.()
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
