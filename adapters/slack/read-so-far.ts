import type { PlaceRead } from '#src/core/platform.ts'
import { tsAt } from './timestamp.ts'

/** Clocks differ, and so does the order in which Slack tells and stores. What comes twice for it, the ledger knows. In ms. */
export const marginMs = 10_000

/** How far one workspace's places were read by whoever did not come to the end of it. */
export class ReadSoFar {
  readonly #team: string
  readonly #known: ReadonlyMap<string, Date>

  constructor(team: string, known: ReadonlyMap<string, Date> = new Map()) {
    this.#team = team
    this.#known = known
  }

  /** When, in milliseconds, a channel was last read with all of its threads that are known to be with Aeries; 0: never. */
  channelAt(channel: string): number {
    return this.#known.get(this.#nameOf(channel))?.getTime() ?? 0
  }

  /** A name behind which lies what is unread of a thread; `undefined`: nothing was read. */
  threadUntil(channel: string, thread: string): string | undefined {
    const at = this.#known.get(this.#nameOf(channel, thread))
    return at && tsAt(new Date(at.getTime() - marginMs))
  }

  mark(until: Date, channel: string, thread?: string): PlaceRead {
    return { type: 'place read', place: this.#nameOf(channel, thread), until }
  }

  #nameOf(channel: string, thread?: string): string {
    return [this.#team, channel, ...(thread === undefined ? [] : [thread])].join(':')
  }
}
