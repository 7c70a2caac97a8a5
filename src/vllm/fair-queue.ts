/** First come, first served among the words of one person; among people, those who have the least come first, in turns. */
export class FairQueue<Who, What> {
  /** In the order of their turns. A lane is never empty. */
  readonly #lanes = new Map<Who, Set<What>>()

  get isEmpty(): boolean {
    return this.#lanes.size === 0
  }

  get size(): number {
    let size = 0
    for (const lane of this.#lanes.values()) size += lane.size
    return size
  }

  push(who: Who, what: What): void {
    const lane = this.#lanes.get(who)
    if (lane) lane.add(what)
    else this.#lanes.set(who, new Set([what]))
  }

  /** What comes next, given how much each has already. */
  next(has: (who: Who) => number): What | undefined {
    let next: Set<What> | undefined
    let least = Number.POSITIVE_INFINITY
    for (const [who, lane] of this.#lanes) {
      const count = has(who)
      if (count >= least) continue
      next = lane
      least = count
      if (count === 0) break
    }
    return next?.values().next().value
  }

  /** Somebody had a turn: the next one comes after those of all others. */
  pass(who: Who): void {
    const lane = this.#lanes.get(who)
    if (!lane) return
    this.#lanes.delete(who)
    this.#lanes.set(who, lane)
  }

  delete(who: Who, what: What): void {
    const lane = this.#lanes.get(who)
    lane?.delete(what)
    if (lane?.size === 0) this.#lanes.delete(who)
  }
}
