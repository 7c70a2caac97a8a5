const pieceMs = 25

/**
 * Counts the time in which this process got on, in ms: of a piece in which it or its machine stood still only what it should have
 * lasted. So a wait is measured by what was waited for, not by the machine.
 */
export class OwnTime implements Disposable {
  readonly #timer: NodeJS.Timeout
  #ms = 0
  #last = performance.now()

  constructor() {
    this.#timer = setInterval(() => this.#count(), pieceMs)
  }

  get ms(): number {
    this.#count()
    return this.#ms
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }

  #count(): void {
    const now = performance.now()
    this.#ms += Math.min(now - this.#last, 2 * pieceMs)
    this.#last = now
  }
}
