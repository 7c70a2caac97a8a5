import type { Clock } from '#src/core/clock.ts'
import type { ConcurrencyLimit } from './concurrency-limit.ts'
import type { ServerLoad } from './server-load.ts'

export type LoadWatchParts = Readonly<{
  limit: ConcurrencyLimit
  /** `undefined`: the server does not tell. */
  read: (signal: AbortSignal) => Promise<ServerLoad | undefined>
  /** Our own answers at the server now. */
  open: () => number
  /** The limit may have risen. */
  learnt: () => void
  clock: Clock
}>

/** Asks a server for its load only when that matters: when it gets busy, and when somebody waits for a place. */
export class LoadWatch implements Disposable {
  readonly #parts: LoadWatchParts
  readonly #leave = new AbortController()
  #notBefore = Number.NEGATIVE_INFINITY
  #lookedAt = Number.NEGATIVE_INFINITY
  #isLooking = false
  #timer: Disposable | undefined

  constructor(parts: LoadWatchParts) {
    this.#parts = parts
  }

  /** An answer begins. */
  begun(): void {
    const { limit, open } = this.#parts
    if (limit.learns && open() >= limit.places / 2 && this.#now >= this.#lookedAt + betweenLooksMs) this.#look()
  }

  /** Somebody waits for a place. */
  crowded(): void {
    const { limit, clock } = this.#parts
    if (!limit.learns || this.#timer || this.#leave.signal.aborted) return
    const inMs = this.#lookedAt + betweenCrowdedLooksMs - this.#now
    if (inMs <= 0) this.#look()
    else this.#timer = clock.after(inMs, () => this.#look())
  }

  [Symbol.dispose](): void {
    this.#leave.abort()
    this.#timer?.[Symbol.dispose]()
  }

  get #now(): number {
    return this.#parts.clock.now().getTime()
  }

  #look(): void {
    this.#timer = undefined
    if (this.#isLooking || this.#now < this.#notBefore || this.#leave.signal.aborted) return
    this.#isLooking = true
    this.#lookedAt = this.#now
    void this.#tryLook()
  }

  /** Never rejects. */
  async #tryLook(): Promise<void> {
    const { limit, read, open, learnt } = this.#parts
    const load = await read(this.#leave.signal).catch(() => undefined)
    this.#isLooking = false
    if (this.#leave.signal.aborted) return
    if (load) limit.learn(load, open(), this.#now)
    else this.#notBefore = this.#now + untoldMs
    learnt()
  }
}

const betweenLooksMs = 5_000
/** What a server shows is some steps old: after a burst it must have had the time to count it. */
const betweenCrowdedLooksMs = 250
/** A server or a gateway that tells nothing is asked again after that. */
const untoldMs = 60_000
