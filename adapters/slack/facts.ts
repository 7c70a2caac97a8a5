import type { Clock } from '#src/core/clock.ts'
import { faultOf } from './faults.ts'

export type FactsParts<Fact> = Readonly<{
  clock: Clock
  /** Takes a place in Slack's limits: the milliseconds until there is one, 0 when it is taken. */
  limit: () => number
  /** Asks Slack about one id. */
  read: (id: string, signal: AbortSignal) => Promise<Fact>
}>

/** People rename themselves, and channels become private: what is older is asked for again. */
const freshMs = 60 * 60_000
/** What could not be learnt is not asked for again at once. */
const unknownForMs = 60_000
/** A name is not worth more of a reader's time. */
const readWithinMs = 3_000
const maxKept = 10_000

type Entry<Fact> = Readonly<{ fact: Fact | undefined; until: number }>

/** What ids stand for, asked for once and kept for a while. What cannot be learnt stays unknown. */
export class Facts<Fact> {
  readonly #parts: FactsParts<Fact>
  readonly #known = new Map<string, Entry<Fact>>()
  readonly #learning = new Map<string, Promise<void>>()

  constructor(parts: FactsParts<Fact>) {
    this.#parts = parts
  }

  /** As last heard, however long ago. */
  get(id: string): Fact | undefined {
    return this.#known.get(id)?.fact
  }

  /** Asks for what is not known; `undefined` when it is. Never rejects. */
  learn(id: string, signal: AbortSignal): Promise<void> | undefined {
    if (this.#now() < (this.#known.get(id)?.until ?? 0)) return undefined
    const running = this.#learning.get(id) ?? this.#read(id, signal).finally(() => this.#learning.delete(id))
    this.#learning.set(id, running)
    return running
  }

  async #read(id: string, signal: AbortSignal): Promise<void> {
    const limited = this.#parts.limit()
    if (limited > 0) return this.#keep(id, { fact: this.get(id), until: this.#now() + limited })
    try {
      const fact = await this.#parts.read(id, AbortSignal.any([signal, AbortSignal.timeout(readWithinMs)]))
      this.#keep(id, { fact, until: this.#now() + freshMs })
    } catch (error) {
      const wait = faultOf(error).retryAfterMs ?? unknownForMs
      this.#keep(id, { fact: this.get(id), until: this.#now() + wait })
    }
  }

  #keep(id: string, entry: Entry<Fact>): void {
    this.#known.delete(id)
    this.#known.set(id, entry)
    const [oldest] = this.#known.keys()
    if (this.#known.size > maxKept && oldest !== undefined) this.#known.delete(oldest)
  }

  #now(): number {
    return this.#parts.clock.now().getTime()
  }
}
