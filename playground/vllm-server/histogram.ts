/** A Prometheus histogram with fixed buckets. */
export class Histogram {
  readonly #name: string
  readonly #bounds: readonly number[]
  readonly #counts: number[]
  #sum = 0
  #count = 0

  constructor(name: string, bounds: readonly number[]) {
    this.#name = name
    this.#bounds = bounds
    this.#counts = bounds.map(() => 0)
  }

  observe(value: number): void {
    const at = this.#bounds.findIndex(bound => value <= bound)
    if (at >= 0) this.#counts[at] = (this.#counts[at] ?? 0) + 1
    this.#sum += value
    this.#count += 1
  }

  lines(model: string): readonly string[] {
    const name = `vllm:${this.#name}`
    let below = 0
    const buckets = this.#bounds.map((bound, at) => {
      below += this.#counts[at] ?? 0
      const le = Number.isInteger(bound) ? bound.toFixed(1) : String(bound)
      return `${name}_bucket{engine="0",le="${le}",${model}} ${below.toFixed(1)}`
    })
    return [
      `# HELP ${name} Stand-in for vLLM's metric of this name.`,
      `# TYPE ${name} histogram`,
      ...buckets,
      `${name}_bucket{engine="0",le="+Inf",${model}} ${this.#count.toFixed(1)}`,
      `${name}_count{engine="0",${model}} ${this.#count.toFixed(1)}`,
      `${name}_sum{engine="0",${model}} ${this.#sum}`,
    ]
  }
}
