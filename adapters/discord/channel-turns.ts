type Channel = Readonly<{ id: string; known: boolean }>

/**
 * Keeps the order of a channel while something about it still has to be asked for. What happens in a known channel is
 * handed over at once, in the same tick.
 */
export class ChannelTurns {
  readonly #learn: (channel: string) => Promise<void>
  readonly #waiting = new Map<string, Promise<void>>()

  /** `learn` never rejects: what stays unknown is told as well as it can be. */
  constructor(learn: (channel: string) => Promise<void>) {
    this.#learn = learn
  }

  take(channel: Channel | undefined, work: () => void): void {
    const before = channel === undefined ? undefined : this.#waiting.get(channel.id)
    if (channel === undefined || (channel.known && before === undefined)) {
      work()
      return
    }
    const turn = (before ?? this.#learn(channel.id)).then(work)
    this.#waiting.set(channel.id, turn)
    void turn.then(() => {
      if (this.#waiting.get(channel.id) === turn) this.#waiting.delete(channel.id)
    })
  }
}
