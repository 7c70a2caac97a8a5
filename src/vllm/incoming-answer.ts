import type { Clock } from '#src/core/clock.ts'
import type { Answer, Outcome } from './answer.ts'
import type { AnswerWatch } from './answer-watch.ts'
import type { BodySink, Exchange } from './exchange.ts'
import type { Hear } from './hear.ts'

/**
 * Takes an answer in as fast as the server sends it, and tells what each packet brought. A body that is disposed of before its
 * end takes its connection along, which frees the slot at the server.
 */
export class IncomingAnswer implements BodySink, Disposable {
  readonly #answer: Answer
  readonly #watch: AnswerWatch
  readonly #clock: Clock
  readonly #hear: Hear
  readonly #outcome = Promise.withResolvers<Outcome>()
  #body: Exchange | undefined
  #ended = false
  /** Words were told of that nobody has read yet: what comes joins them. */
  #isUnread = false
  #hasSpoken = false
  #timer: Disposable | undefined
  #firstAt: number | undefined

  constructor(answer: Answer, watch: AnswerWatch, clock: Clock, hear: Hear) {
    this.#answer = answer
    this.#watch = watch
    this.#clock = clock
    this.#hear = hear
  }

  /** Takes the body, from its begin. Resolves once it is known how the answer came out; all of its words are told by then. */
  take(body: Exchange): Promise<Outcome> {
    this.#body = body
    body.take(this)
    return this.#outcome.promise
  }

  /** Words of it were told. */
  get hasSpoken(): boolean {
    return this.#hasSpoken
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
    const close = () => this.#body?.abandon(new Error('nobody listens any more'))
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
    if (!this.#isUnread && this.#answer.hasText) {
      this.#isUnread = true
      this.#hasSpoken = true
      this.#hear(new GrowingWords(this.#read))
    }
    const { outcome } = this.#answer
    if (outcome) this.#outcome.resolve(outcome)
  }

  readonly #read = () => {
    this.#isUnread = false
    return this.#answer.takeText()
  }
}

/** They grow until they are read. A class, since V8 gives each object literal with a getter a shape of its own, and each token has one. */
class GrowingWords {
  readonly type = 'text'
  readonly #read: () => string
  #known: string | undefined

  constructor(read: () => string) {
    this.#read = read
  }

  get text(): string {
    this.#known ??= this.#read()
    return this.#known
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
