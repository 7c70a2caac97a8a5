/** Draws that come from a seed alone (mulberry32), so that the same seed makes the same plan. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** At least 0, below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  between(least: number, most: number): number {
    return least + this.next() * (most - least)
  }

  whole(least: number, most: number): number {
    return Math.floor(this.between(least, most + 1))
  }

  chance(share: number): boolean {
    return this.next() < share
  }

  pick<T>(all: readonly T[]): T {
    const one = all[Math.floor(this.next() * all.length)]
    if (one === undefined) throw new RangeError('There is nothing to pick from.')
    return one
  }

  /** Draws in turn from a deck of all of them, shuffled anew whenever it is used up: none stays away for long. */
  deck<T>(all: readonly T[]): () => T {
    let left: T[] = []
    return () => {
      if (left.length === 0) left = [...all]
      const one = this.pick(left)
      left.splice(left.indexOf(one), 1)
      return one
    }
  }

  /** One of those, each as likely as its weight. */
  weighed<T>(all: readonly (readonly [weight: number, one: T])[]): T {
    let left = this.next() * all.reduce((sum, [weight]) => sum + weight, 0)
    for (const [weight, one] of all) {
      left -= weight
      if (left < 0) return one
    }
    return this.pick(all)[1]
  }
}
