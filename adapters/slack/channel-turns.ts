/**
 * Keeps the order of a channel while something about it still has to be asked for. What happens in a channel where nothing
 * waits and nothing is missing is handed over at once, in the same tick.
 */
export class ChannelTurns {
  readonly #waiting = new Map<string, Promise<void>>()

  /** `learning` never rejects: what stays unknown is told as well as it can be. */
  take(channel: string, learning: Promise<unknown> | undefined, work: () => void): void {
    const before = this.#waiting.get(channel)
    if (before === undefined && learning === undefined) {
      work()
      return
    }
    const turn = Promise.all([before, learning]).then(work)
    this.#waiting.set(channel, turn)
    void turn.then(() => {
      if (this.#waiting.get(channel) === turn) this.#waiting.delete(channel)
    })
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#waiting.size > 0) await Promise.all(this.#waiting.values())
  }
}
