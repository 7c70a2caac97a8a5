import type { Spread } from './latency.ts'

/** A seeded source of chance: the same seed gives the same server again. */
export class Random {
  readonly #seed: number
  #state: number

  constructor(seed: number) {
    this.#seed = seed
    this.#state = Random.#start(seed)
  }

  /** Back to the first draw. */
  restart(): void {
    this.#state = Random.#start(this.#seed)
  }

  /** Uniform in [0, 1). */
  unit(): number {
    let x = this.#state
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    this.#state = x >>> 0
    return this.#state / 0x1_0000_0000
  }

  /** A length of time in ms, never below zero. */
  spread(of: Spread): number {
    if (typeof of === 'number') return of
    // Twelve uniform draws have variance 1: a bell without the tails that would make a run last for ever.
    let sum = -6
    for (let draw = 0; draw < 12; draw += 1) sum += this.unit()
    return Math.max(0, of.mean + of.sd * sum)
  }

  pick<T>(from: readonly T[]): T | undefined {
    return from[Math.floor(this.unit() * from.length)]
  }

  hex(digits: number): string {
    let text = ''
    while (text.length < digits) text += this.#word()
    return text.slice(0, digits)
  }

  #word(): string {
    this.unit()
    return this.#state.toString(16).padStart(8, '0')
  }

  // Zero is the one state that this generator never leaves.
  static #start(seed: number): number {
    return Math.imul(seed ^ 0x9e37_79b9, 0x85eb_ca6b) >>> 0 || 1
  }
}
