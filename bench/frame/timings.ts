export type Percentiles = Readonly<{ count: number; p50: number; p95: number; p99: number; max: number }>

/** How long the same thing took each time, in ms. */
export class Timings {
  readonly #ms: number[] = []

  async measure<Result>(call: () => Result | Promise<Result>): Promise<Result> {
    const begun = performance.now()
    const result = await call()
    this.add(performance.now() - begun)
    return result
  }

  add(ms: number): void {
    this.#ms.push(ms)
  }

  /** These and the others' as one. */
  with(other: Timings): Timings {
    const both = new Timings()
    both.#ms.push(...this.#ms, ...other.#ms)
    return both
  }

  /** By nearest rank: the least time that so many of a hundred did not exceed. */
  percentile(percent: number): number {
    return round(nearestRank(this.#sorted(), percent))
  }

  percentiles(): Percentiles {
    const sorted = this.#sorted()
    const [p50, p95, p99, max] = [50, 95, 99, 100].map(percent => round(nearestRank(sorted, percent)))
    return { count: sorted.length, p50, p95, p99, max } as Percentiles
  }

  #sorted(): Float64Array {
    return Float64Array.from(this.#ms).sort()
  }
}

function nearestRank(sorted: Float64Array, percent: number): number {
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN
}

/** To a microsecond. */
function round(ms: number): number {
  return Math.round(ms * 1_000) / 1_000
}
