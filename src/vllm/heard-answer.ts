import type { ModelEvent } from '#src/core/model.ts'
import type { Hear } from './hear.ts'

type Result = IteratorResult<ModelEvent, undefined>

/**
 * An answer that is told, for one who takes it piece by piece: words that nobody has asked for yet come as one. It begins with
 * the first piece that is asked for; whoever leaves ends it.
 */
export class HeardAnswer implements AsyncIterableIterator<ModelEvent, undefined> {
  readonly #tell: (hear: Hear, signal: AbortSignal) => Promise<void>
  readonly #signal: AbortSignal
  readonly #left = new AbortController()
  readonly #pieces: ModelEvent[] = []
  #running: Promise<void> | undefined
  #ended: Readonly<{ error?: unknown }> | undefined
  #next: PromiseWithResolvers<Result> | undefined

  constructor(tell: (hear: Hear, signal: AbortSignal) => Promise<void>, signal: AbortSignal) {
    this.#tell = tell
    this.#signal = signal
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** One asks at a time. */
  next(): Promise<Result> {
    this.#running ??= this.#run()
    const next = Promise.withResolvers<Result>()
    this.#next = next
    if (this.#pieces.length > 0 || this.#ended) this.#give()
    return next.promise
  }

  /** Resolves once the connection is let go. */
  async return(): Promise<Result> {
    this.#left.abort(new Error('nobody listens any more'))
    this.#running ??= Promise.resolve()
    await this.#running
    this.#pieces.length = 0
    this.#ended = {}
    return over
  }

  async #run(): Promise<void> {
    try {
      await this.#tell(this.#hear, AbortSignal.any([this.#signal, this.#left.signal]))
      this.#ended = {}
    } catch (error) {
      this.#ended = { error }
    }
    this.#give()
  }

  readonly #hear: Hear = event => {
    const next = this.#next
    if (next) {
      // Whoever waits has taken all that came before.
      this.#next = undefined
      next.resolve({ done: false, value: event })
      return
    }
    const last = this.#pieces.at(-1)
    if (last?.type === 'text' && event.type === 'text') {
      this.#pieces[this.#pieces.length - 1] = { type: 'text', text: last.text + event.text }
    } else this.#pieces.push(event)
  }

  /** What there is, to whoever waits for it. An error is told once. */
  #give(): void {
    const next = this.#next
    if (next === undefined) return
    const value = this.#pieces.shift()
    if (value === undefined && this.#ended === undefined) return
    this.#next = undefined
    if (value !== undefined) next.resolve({ done: false, value })
    else if (this.#ended && 'error' in this.#ended) {
      next.reject(this.#ended.error)
      this.#ended = {}
    } else next.resolve(over)
  }
}

const over: Result = { done: true, value: undefined }
