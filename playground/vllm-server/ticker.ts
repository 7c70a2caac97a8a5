export type Tick = { readonly due: number; readonly run: () => void; cancelled: boolean }

/**
 * One timer for all streams. A thousand paced answers are a thousand entries in one heap instead of a thousand timers,
 * and each entry has an absolute due time, so that a late tick is made good by the next and the pace does not drift.
 */
export class Ticker {
  readonly #heap: Tick[] = []
  #timer: NodeJS.Timeout | undefined
  #armedFor = Number.POSITIVE_INFINITY

  /** Calls `run` at `due`, a time of `performance.now()`. */
  at(due: number, run: () => void): Tick {
    const tick: Tick = { due, run, cancelled: false }
    this.#push(tick)
    if (due < this.#armedFor) this.#arm(due)
    return tick
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#heap.length = 0
    this.#armedFor = Number.POSITIVE_INFINITY
  }

  #arm(due: number): void {
    clearTimeout(this.#timer)
    this.#armedFor = due
    this.#timer = setTimeout(() => this.#turn(), Math.max(0, Math.ceil(due - performance.now())))
  }

  #turn(): void {
    this.#armedFor = Number.POSITIVE_INFINITY
    const now = performance.now()
    let first = this.#heap[0]
    while (first && (first.cancelled || first.due <= now)) {
      this.#pop()
      if (!first.cancelled) first.run()
      first = this.#heap[0]
    }
    if (first && first.due < this.#armedFor) this.#arm(first.due)
  }

  #push(tick: Tick): void {
    const heap = this.#heap
    let at = heap.push(tick) - 1
    while (at > 0) {
      const up = (at - 1) >> 1
      const parent = heap[up]
      if (!parent || parent.due <= tick.due) break
      heap[at] = parent
      at = up
    }
    heap[at] = tick
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop()
    if (!last || heap.length === 0) return
    let at = 0
    for (;;) {
      const left = heap[2 * at + 1]
      const right = heap[2 * at + 2]
      const child = right && left && right.due < left.due ? right : left
      if (!child || child.due >= last.due) break
      heap[at] = child
      at = child === right ? 2 * at + 2 : 2 * at + 1
    }
    heap[at] = last
  }
}
