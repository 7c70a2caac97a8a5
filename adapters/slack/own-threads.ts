import type { ChannelReader } from './channel-reader.ts'
import { mentionsIn } from './plain-text.ts'

/** Far more than threads that are alive at a time. */
const maxKnown = 10_000

/**
 * The threads that Aeries was called into or spoke in. Slack keeps no membership of threads, so one that this process knows
 * nothing of is read once: follow-ups without a mention are heard after a restart, too.
 */
export class OwnThreads {
  readonly #self: string
  readonly #reader: ChannelReader
  readonly #known = new Map<string, boolean>()
  /** Words that come together ask together. */
  readonly #reading = new Map<string, Promise<void>>()

  constructor(self: string, reader: ChannelReader) {
    this.#self = self
    this.#reader = reader
  }

  isIn(channel: string, thread: string): boolean {
    return this.#known.get(`${channel}:${thread}`) ?? false
  }

  join(channel: string, thread: string): void {
    this.#keep(`${channel}:${thread}`, true)
  }

  /** Finds out; `undefined` when it is known. A thread that cannot be read stays unknown, so that the next word asks again. */
  learn(channel: string, thread: string, signal: AbortSignal): Promise<void> | undefined {
    const key = `${channel}:${thread}`
    if (this.#known.has(key)) return undefined
    const reading = this.#reading.get(key) ?? this.#read(key, channel, thread, signal)
    this.#reading.set(key, reading)
    return reading.finally(() => this.#reading.delete(key))
  }

  async #read(key: string, channel: string, thread: string, signal: AbortSignal): Promise<void> {
    const read = await this.#reader.thread(channel, thread, { need: 'nice', pages: 1 }, signal).catch(() => undefined)
    if (read?.outcome !== 'read' || this.#known.has(key)) return
    const ours = read.messages.some(
      ({ user, text, reply_users: people }) =>
        user === this.#self ||
        people?.includes(this.#self) === true ||
        mentionsIn(text ?? '').people.includes(this.#self),
    )
    this.#keep(key, ours)
  }

  #keep(key: string, isIn: boolean): void {
    this.#known.delete(key)
    this.#known.set(key, isIn)
    const [oldest] = this.#known.keys()
    if (this.#known.size > maxKnown && oldest !== undefined) this.#known.delete(oldest)
  }
}
