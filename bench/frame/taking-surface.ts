import { contentOf, shareOfMessage } from '#adapters/discord/content.ts'
import { type MessageId, messageId } from '#src/core/ids.ts'
import type { Earlier, ReplySurface, Write, WriteOutcome } from '#src/core/surface.ts'

/** A platform that takes every write at once, with Discord's measure and rendering, and has no limits. */
export class TakingSurface implements ReplySurface {
  readonly #channel: string

  constructor(channel: string) {
    this.#channel = channel
  }

  measure(text: string): number {
    return shareOfMessage(text)
  }

  render(text: string): string {
    return contentOf(text)
  }

  bucket(): string {
    return `bench:${this.#channel}`
  }

  async write({ key, message = this.#id(key) }: Write): Promise<WriteOutcome> {
    return { outcome: 'written', message }
  }

  async find(): Promise<undefined> {}

  async attach(_: unknown, key: string): Promise<WriteOutcome> {
    return { outcome: 'written', message: this.#id(key) }
  }

  async remove(message: MessageId): Promise<WriteOutcome> {
    return { outcome: 'written', message }
  }

  async typing(): Promise<void> {}

  async earlier(): Promise<Earlier> {
    return { quotes: [], unread: [] }
  }

  #id(key: string): MessageId {
    return messageId('bench', undefined, this.#channel, key)
  }
}
