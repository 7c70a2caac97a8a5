import type { EventKey } from '#src/core/ids.ts'

type Twin = 'message' | 'app_mention'

/** Twins come within seconds of each other. */
const maxKept = 2_000

/**
 * A mention in a channel is told twice, as a message and as a mention, in any order, and one of them may be missing. The
 * first is taken; its repetition is Slack's, whose keys tell, but the other one is no news.
 */
export class Twins {
  readonly #first = new Map<EventKey, Twin>()

  isNews(key: EventKey, twin: Twin): boolean {
    const first = this.#first.get(key)
    if (first !== undefined) return first === twin
    this.#first.set(key, twin)
    const [oldest] = this.#first.keys()
    if (this.#first.size > maxKept && oldest !== undefined) this.#first.delete(oldest)
    return true
  }
}
