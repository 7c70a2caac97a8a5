import type { Clock } from '#src/core/clock.ts'
import { UnavailableError } from '#src/core/errors.ts'
import type { Log } from '#src/core/log.ts'
import { Breaker } from './breaker.ts'
import { ConcurrencyLimit } from './concurrency-limit.ts'
import { readFailure } from './failure.ts'
import { LoadWatch } from './load-watch.ts'
import { Place } from './place.ts'
import { Prober } from './prober.ts'
import type { VllmServer } from './vllm-server.ts'

export type ReplicaParts = Readonly<{
  server: VllmServer
  /** Asks for one word. */
  aWord: string
  /** Answers that it generates at once; learnt when undefined. */
  maxConcurrent: number | undefined
  clock: Clock
  /** From 0 to 1. */
  random: () => number
  log: Log
  /** It has a place more, is away, or is back. */
  changed: () => void
}>

/** One server among those that serve the same model: whether it is there, and how many answers it has room for. */
export class Replica implements AsyncDisposable {
  readonly #parts: ReplicaParts
  readonly #log: Log
  readonly #breaker = new Breaker()
  readonly #prober: Prober
  readonly #limit: ConcurrencyLimit
  readonly #load: LoadWatch
  /** Answers of ours that it generates now. */
  #open = 0
  /** One of them tries whether a server that was away answers again. */
  #isTried = false
  #leftAt = 0
  #lastError: unknown

  constructor(parts: ReplicaParts) {
    this.#parts = parts
    const { server, maxConcurrent, clock, random } = parts
    this.#log = parts.log.child({ server: server.name })
    this.#limit = new ConcurrencyLimit(maxConcurrent)
    const read = (signal: AbortSignal) => server.load(signal)
    this.#load = new LoadWatch({ limit: this.#limit, read, open: () => this.#open, learnt: parts.changed, clock })
    this.#prober = new Prober({
      look: signal => this.#look(signal),
      found: () => this.#found(),
      missed: (error, againInMs) => this.#log.debug({ err: error, againInMs }, 'server still away'),
      clock,
      random,
    })
  }

  /** The address as it may be told to operators. */
  get name(): string {
    return this.#parts.server.name
  }

  get contextLength(): number {
    return this.#parts.server.contextLength
  }

  /** Nobody is sent there until it was seen again. */
  get isAway(): boolean {
    return this.#breaker.state === 'open'
  }

  /** Answers of ours that it generates now. */
  get open(): number {
    return this.#open
  }

  /** Why it is away. */
  get lastError(): unknown {
    return this.#lastError
  }

  /** A place for one answer, if there is one. */
  take(): Place | undefined {
    const { state, era } = this.#breaker
    if (state === 'open' || this.#open >= this.#limit.places || (state === 'half-open' && this.#isTried))
      return undefined
    const isTrial = state === 'half-open'
    if (isTrial) this.#isTried = true
    this.#open++
    this.#load.begun()
    return new Place({
      server: this.name,
      answer: (asked, hear, signal) => this.#parts.server.answer(asked, hear, signal),
      spoke: () => this.#spoke(era),
      failed: error => this.#failed(error, era),
      left: () => {
        this.#open--
        if (isTrial && era === this.#breaker.era) this.#isTried = false
        this.#parts.changed()
      },
    })
  }

  /** Somebody waits for a place here. */
  crowded(): void {
    if (!this.isAway) this.#load.crowded()
  }

  /**
   * Asks what it serves, and for a word if none was said since it failed somebody; throws as `VllmServer.refresh` does. Of a server that
   * nobody is sent to nothing is said but that it is away, unless a look finds it back.
   */
  async refresh(signal: AbortSignal): Promise<void> {
    if (this.isAway && !(await this.lookNow())) throw this.#awayError()
    const { era } = this.#breaker
    try {
      await this.#parts.server.refresh(signal)
      if (!this.#breaker.isInDoubt) return
      await this.#hearAWord(signal)
      this.#spoke(era)
    } catch (error) {
      if (!signal.aborted) this.#failed(error, era)
      throw error
    }
    // Somebody else may have failed at it meanwhile.
    if (this.isAway) throw this.#awayError()
  }

  /** Looks at once whether a server that is away is back. */
  lookNow(): Promise<boolean> {
    return this.#prober.now()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#prober[Symbol.dispose]()
    this.#load[Symbol.dispose]()
    await this.#parts.server[Symbol.asyncDispose]()
  }

  #awayError(): UnavailableError {
    const cause = this.#lastError
    const told = cause instanceof Error ? cause.message : String(cause)
    return new UnavailableError(`vLLM at ${this.name} is known to be away and is looked for (${told})`, { cause })
  }

  #spoke(era: number): void {
    if (!this.#breaker.spoke(era)) return
    this.#prober.rest()
    this.#isTried = false
    this.#log.info({ awayMs: this.#now - this.#leftAt }, 'server answers again')
    this.#parts.changed()
  }

  #failed(error: unknown, era: number): void {
    const failure = readFailure(error)
    const wasClosed = this.#breaker.state === 'closed'
    if (!failure || !this.#breaker.failed(failure, era)) return
    this.#lastError = error
    this.#isTried = false
    if (wasClosed) {
      this.#leftAt = this.#now
      this.#log.warn(
        { retryAfterMs: failure.retryAfterMs },
        'server is away: it is looked for, and nobody waits for it',
      )
    }
    // Errors may come from a server that lists its models as ever: then only its pauses protect it.
    const proves = failure.away === 'certain' || failure.needsWord
    this.#prober.start({ notBeforeMs: failure.retryAfterMs, proves })
    this.#parts.changed()
  }

  async #look(signal: AbortSignal): Promise<void> {
    await this.#parts.server.refresh(signal)
    if (this.#breaker.needsWord) await this.#hearAWord(signal)
  }

  /** A server that hangs or is asleep lists its models as ever, and some list a model by another name. */
  async #hearAWord(signal: AbortSignal): Promise<void> {
    const { server, aWord, clock } = this.#parts
    const patience = new AbortController()
    const heard = new AbortController()
    using _ = clock.after(aWordMs, () => patience.abort(new UnavailableError(`${server.name} is still silent`)))
    const until = AbortSignal.any([signal, patience.signal, heard.signal])
    try {
      await server.answer({ body: aWord, headers: {} }, () => heard.abort(), until)
    } catch (error) {
      // One token may be none that shows.
      if (!heard.signal.aborted && readFailure(error)?.away !== 'none') throw error
    }
  }

  #found(): void {
    this.#breaker.seen()
    this.#parts.changed()
  }

  get #now(): number {
    return this.#parts.clock.now().getTime()
  }
}

/** One word of a server that is idle comes within a second; of one that has just come back, within a few. */
const aWordMs = 5_000
