/** First come, first served among the words of one person; people take turns. */
export class FairQueue<Who, What> {
  /** In the order of their turns. A lane is never empty. */
  readonly #lanes = new Map<Who, Set<What>>()

  get isEmpty(): boolean {
    return this.#lanes.size === 0
  }

  push(who: Who, what: What): void {
    const lane = this.#lanes.get(who)
    if (lane) lane.add(what)
    else this.#lanes.set(who, new Set([what]))
  }

  /** Whose turn it is. */
  get first(): What | undefined {
    for (const lane of this.#lanes.values()) for (const what of lane) return what
    return undefined
  }

  /** Takes the first one out; its person's turn comes again after that of all others. */
  shift(): void {
    for (const [who, lane] of this.#lanes) {
      this.#lanes.delete(who)
      for (const what of lane) {
        lane.delete(what)
        break
      }
      if (lane.size > 0) this.#lanes.set(who, lane)
      return
    }
  }

  delete(who: Who, what: What): void {
    const lane = this.#lanes.get(who)
    lane?.delete(what)
    if (lane?.size === 0) this.#lanes.delete(who)
  }
}
