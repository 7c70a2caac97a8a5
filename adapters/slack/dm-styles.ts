import type { ChannelReader } from './channel-reader.ts'
import type { DmStyle } from './scene.ts'
import type { SlackMessage } from './wire.ts'

/**
 * How a DM is answered: at its top level, or each message in a thread of its own, as the agent view shows them. Slack says
 * so in no payload. An opened Messages tab and what its composer adds to a message tell of the agent view; in a DM of which
 * nothing is known yet, where Aeries answered before does. What cannot be found out is flat.
 */
export class DmStyles {
  readonly #self: string
  readonly #reader: ChannelReader
  readonly #fixed: DmStyle | undefined
  readonly #known = new Map<string, DmStyle>()
  /** Words that come together ask together. */
  readonly #reading = new Map<string, Promise<void>>()

  /** `fixed`: the operator decided for all DMs. */
  constructor(self: string, reader: ChannelReader, fixed: DmStyle | undefined) {
    this.#self = self
    this.#reader = reader
    this.#fixed = fixed
  }

  get(channel: string): DmStyle {
    return this.#fixed ?? this.#known.get(channel) ?? 'flat'
  }

  sawAgentView(channel: string): void {
    this.#known.set(channel, 'threads')
  }

  /** The newest answer among what was read of a DM, newest first, tells. */
  conclude(channel: string, read: readonly SlackMessage[]): void {
    const newest = read.find(
      ({ user, reply_users: people }) => user === this.#self || people?.includes(this.#self) === true,
    )
    if (newest === undefined || this.#known.has(channel)) return
    this.#known.set(channel, newest.user === this.#self ? 'flat' : 'threads')
  }

  /** Finds out; `undefined` when it is known. Never rejects. */
  learn(channel: string, signal: AbortSignal): Promise<void> | undefined {
    if (this.#fixed !== undefined || this.#known.has(channel)) return undefined
    const reading = this.#reading.get(channel) ?? this.#read(channel, signal)
    this.#reading.set(channel, reading)
    return reading.finally(() => this.#reading.delete(channel))
  }

  async #read(channel: string, signal: AbortSignal): Promise<void> {
    const read = await this.#reader.history(channel, { need: 'nice' }, signal).catch(() => undefined)
    if (read?.outcome !== 'read' || this.#known.has(channel)) return
    this.conclude(channel, read.messages)
    if (!this.#known.has(channel)) this.#known.set(channel, 'flat')
  }
}
