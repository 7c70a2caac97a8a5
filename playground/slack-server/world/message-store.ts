import type { Message } from './message.ts'
import { compareTs } from './slack-ids.ts'

/** All messages that ever were, deleted ones too: lists leave those out, a checker reads them. */
export class MessageStore {
  readonly #channels = new Map<string, Map<string, Message>>()
  readonly #threads = new Map<string, string[]>()

  /** Adds a message, or puts a newer state of it in its place. */
  put(message: Message): Message {
    const { channelId, ts, threadTs } = message
    const channel = this.#channels.get(channelId) ?? new Map<string, Message>()
    this.#channels.set(channelId, channel)
    if (!channel.has(ts) && threadTs !== undefined && threadTs !== ts) {
      const key = `${channelId}:${threadTs}`
      this.#threads.set(key, [...(this.#threads.get(key) ?? []), ts])
    }
    channel.set(ts, message)
    return message
  }

  /** The message, also a deleted one. */
  find(channelId: string, ts: string): Message | undefined {
    return this.#channels.get(channelId)?.get(ts)
  }

  /** Everything written in a channel and its threads, oldest first, deleted and private ones too. */
  inChannel(channelId: string): readonly Message[] {
    return [...(this.#channels.get(channelId)?.values() ?? [])].sort((one, other) => compareTs(one.ts, other.ts))
  }

  /** What a channel's history shows, oldest first: no deleted, no private, of threads only roots and broadcasts. */
  history(channelId: string): readonly Message[] {
    return this.inChannel(channelId).filter(
      one => isStanding(one) && (one.threadTs === undefined || one.threadTs === one.ts || one.broadcast),
    )
  }

  /** A thread's answers without its root, oldest first. */
  replies(channelId: string, threadTs: string): readonly Message[] {
    return (this.#threads.get(`${channelId}:${threadTs}`) ?? [])
      .map(ts => this.find(channelId, ts))
      .filter(one => one !== undefined)
      .filter(isStanding)
      .sort((one, other) => compareTs(one.ts, other.ts))
  }

  all(): readonly Message[] {
    return [...this.#channels.values()].flatMap(channel => [...channel.values()])
  }
}

function isStanding(message: Message): boolean {
  return message.deletedAt === undefined && message.ephemeralFor === undefined
}
