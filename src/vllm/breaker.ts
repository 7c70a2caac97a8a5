import type { Failure } from './failure.ts'

/**
 * Whether a server is thought to be there. `open`: it is away, nobody is sent to it. `half-open`: it was seen again, and one
 * answer at a time tries it. Pure: no clock, no socket.
 */
export class Breaker {
  #state: 'closed' | 'open' | 'half-open' = 'closed'
  #era = 0
  #failures = 0
  #needsWord = false

  get state(): 'closed' | 'open' | 'half-open' {
    return this.#state
  }

  /** Told with each outcome: what was asked before the breaker last opened says nothing of the server that came back. */
  get era(): number {
    return this.#era
  }

  /** It opened for a reason that only a word of the server takes away. */
  get needsWord(): boolean {
    return this.#needsWord
  }

  /** It failed somebody, and has said no word since. */
  get isInDoubt(): boolean {
    return this.#state !== 'closed' || this.#failures > 0
  }

  /** The server said a word. True if that closed the breaker. */
  spoke(era: number): boolean {
    if (era !== this.#era || this.#state === 'open') return false
    this.#failures = 0
    const closes = this.#state === 'half-open'
    this.#state = 'closed'
    return closes
  }

  /** True if that opened the breaker. */
  failed({ away, needsWord }: Failure, era: number): boolean {
    if (era !== this.#era || this.#state === 'open' || away === 'none') return false
    this.#failures++
    if (away === 'likely' && this.#state === 'closed' && this.#failures < failuresToOpen) return false
    this.#state = 'open'
    this.#needsWord = needsWord
    this.#era++
    this.#failures = 0
    return true
  }

  /** The server was seen again. */
  seen(): void {
    if (this.#state === 'open') this.#state = 'half-open'
  }
}

/** In a row. One alone may be the request's own fault, or a connection's. */
const failuresToOpen = 3
