import { compareTs, timeOf } from './timestamp.ts'

type Moment = Readonly<{ ts: string; at: number }>

/** Far more than what is said in one channel within the seconds in which messages may overtake each other. */
const keptPerChannel = 64
const channelsKept = 1_000

/**
 * When messages were said, in their order: Slack tells microseconds, a `Date` has milliseconds. What was said in the same
 * millisecond as another message of its channel is told a millisecond apart from it, whichever of them came first, or as of the
 * same moment where there is no room between two others.
 */
export class Moments {
  readonly #channels = new Map<string, readonly Moment[]>()

  at(channel: string, ts: string): Date {
    const known = this.#channels.get(channel) ?? []
    const same = known.find(moment => moment.ts === ts)
    if (same !== undefined) return new Date(same.at)
    const behind = known.findIndex(moment => compareTs(moment.ts, ts) > 0)
    const index = behind === -1 ? known.length : behind
    const moment = { ts, at: between(known[index - 1], timeOf(ts).getTime(), known[index]) }
    this.#keep(channel, known.toSpliced(index, 0, moment).slice(-keptPerChannel))
    return new Date(moment.at)
  }

  #keep(channel: string, moments: readonly Moment[]): void {
    this.#channels.delete(channel)
    this.#channels.set(channel, moments)
    const [oldest] = this.#channels.keys()
    if (this.#channels.size > channelsKept && oldest !== undefined) this.#channels.delete(oldest)
  }
}

/** Where both sides leave no room, the one before counts: what is said next comes after it. */
function between(before: Moment | undefined, at: number, after: Moment | undefined): number {
  const early = after !== undefined && at >= after.at ? after.at - 1 : at
  return before !== undefined && early <= before.at ? before.at + 1 : early
}
