import type { Message } from './message.ts'
import { compareSnowflakes } from './snowflakes.ts'

export type Page = Readonly<{ before?: string; after?: string; around?: string; limit: number }>

/** All messages that ever were, deleted ones too: lists leave those out, a checker reads them. */
export class MessageStore {
  readonly #byId = new Map<string, Message>()
  readonly #order = new Map<string, string[]>()
  readonly #nonces = new Map<string, Readonly<{ messageId: string; at: number }>>()

  add(message: Message): void {
    this.#byId.set(message.id, message)
    const order = this.#order.get(message.channelId) ?? []
    this.#order.set(message.channelId, order)
    order.splice(firstAfter(order, message.id), 0, message.id)
  }

  replace(message: Message): Message {
    this.#byId.set(message.id, message)
    return message
  }

  /** The message, also a deleted one. */
  find(id: string): Message | undefined {
    return this.#byId.get(id)
  }

  /** Everything said in a channel, oldest first. */
  inChannel(channelId: string, { deleted = false } = {}): readonly Message[] {
    const all = (this.#order.get(channelId) ?? []).map(id => this.#byId.get(id)).filter(one => one !== undefined)
    return deleted ? all : all.filter(one => one.deletedAt === undefined)
  }

  /** A page as Discord gives it, newest first; what only one person may see is not in it. */
  page(channelId: string, { before, after, around, limit }: Page): readonly Message[] {
    const seen = this.inChannel(channelId).filter(one => one.ephemeralFor === undefined)
    const ids = seen.map(one => one.id)
    if (around !== undefined) {
      const middle = firstAfter(ids, around)
      const half = Math.floor(limit / 2)
      return seen.slice(Math.max(0, middle - 1 - half), middle + half).reverse()
    }
    if (after !== undefined) return seen.slice(firstAfter(ids, after)).slice(0, limit).reverse()
    const older = before === undefined ? seen : seen.filter(one => compareSnowflakes(one.id, before) < 0)
    return older.slice(-limit).reverse()
  }

  all(): readonly Message[] {
    return [...this.#byId.values()]
  }

  rememberNonce(authorId: string, nonce: string | number, messageId: string, at: number): void {
    this.#nonces.set(`${authorId}:${nonce}`, { messageId, at })
  }

  /** The message that the author sent under this nonce within the last `memoryMs`, if it still stands. */
  byNonce(authorId: string, nonce: string | number, now: number, memoryMs: number): Message | undefined {
    const known = this.#nonces.get(`${authorId}:${nonce}`)
    if (!known || now - known.at > memoryMs) return undefined
    const message = this.#byId.get(known.messageId)
    return message?.deletedAt === undefined ? message : undefined
  }

  forgetNonces(): void {
    this.#nonces.clear()
  }
}

function firstAfter(order: readonly string[], id: string): number {
  let low = 0
  let high = order.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareSnowflakes(order[middle] ?? '', id) <= 0) low = middle + 1
    else high = middle
  }
  return low
}
