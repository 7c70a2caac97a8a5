import type { ChannelReader } from './channel-reader.ts'
import { mentionsIn } from './plain-text.ts'
import { compareTs } from './timestamp.ts'
import type { SlackMessage } from './wire.ts'

/** Far more than threads that are alive at a time. */
const maxKnown = 10_000

/**
 * The threads that Aeries was called into or spoke in, each since a message: what people said to each other before that
 * they did not say to Aeries, however late it is heard. Slack keeps no membership of threads, so one that this process knows
 * nothing of is read once: follow-ups without a mention are heard after a restart, too.
 */
export class OwnThreads {
  readonly #self: string
  readonly #reader: ChannelReader
  /** The message since which Aeries is in it; `undefined`: it was not, when it was read. */
  readonly #known = new Map<string, string | undefined>()
  /** Words that come together ask together. */
  readonly #reading = new Map<string, Promise<void>>()

  constructor(self: string, reader: ChannelReader) {
    this.#self = self
    this.#reader = reader
  }

  /** Whether Aeries was in it before that message was said; without one, whether it is in it at all. */
  isIn(channel: string, thread: string, message?: string): boolean {
    const since = this.#known.get(`${channel}:${thread}`)
    return since !== undefined && (message === undefined || compareTs(since, message) < 0)
  }

  isKnown(channel: string, thread: string): boolean {
    return this.#known.has(`${channel}:${thread}`)
  }

  /** Aeries is in it since that message, or an earlier one. */
  join(channel: string, thread: string, since: string): void {
    const key = `${channel}:${thread}`
    const before = this.#known.get(key)
    this.#keep(key, before !== undefined && compareTs(before, since) < 0 ? before : since)
  }

  /** Finds out; `undefined` when it is known. A thread that cannot be read stays unknown, so that the next word asks again. */
  learn(channel: string, thread: string, signal: AbortSignal): Promise<void> | undefined {
    const key = `${channel}:${thread}`
    if (this.#known.has(key)) return undefined
    const reading = this.#reading.get(key) ?? this.#read(channel, thread, signal)
    this.#reading.set(key, reading)
    return reading.finally(() => this.#reading.delete(key))
  }

  /** What was read of it from its root on, oldest first, tells of one that is not known. */
  conclude(channel: string, thread: string, read: readonly SlackMessage[]): void {
    const key = `${channel}:${thread}`
    if (this.#known.has(key)) return
    const first = read.find(
      ({ user, text }) => user === this.#self || mentionsIn(text ?? '').people.includes(this.#self),
    )
    // Of a thread that is too long to be read whole its root may know that Aeries spoke: behind what was read, then.
    const isSomewhere = read.some(({ reply_users: people }) => people?.includes(this.#self) === true)
    this.#keep(key, first?.ts ?? (isSomewhere ? read.at(-1)?.ts : undefined))
  }

  async #read(channel: string, thread: string, signal: AbortSignal): Promise<void> {
    const read = await this.#reader.thread(channel, thread, { need: 'nice', pages: 1 }, signal).catch(() => undefined)
    if (read?.outcome === 'read') this.conclude(channel, thread, read.messages)
  }

  #keep(key: string, since: string | undefined): void {
    this.#known.delete(key)
    this.#known.set(key, since)
    const [oldest] = this.#known.keys()
    if (this.#known.size > maxKnown && oldest !== undefined) this.#known.delete(oldest)
  }
}
