import { contentOf, shareOfMessage } from '#adapters/discord/content.ts'
import { messageId } from '#src/core/ids.ts'
import type { Earlier, ReplySurface, Write, WriteOutcome } from '#src/core/surface.ts'

const limit = 5
const windowMs = 5_000
const nothingEarlier: Earlier = { quotes: [], unread: [] }

type Window = { until: number; used: number }

/** A platform that takes every write at once, with Discord's measure, rendering and limits. `onFirst` gets the turn's id. */
export class PassingSurface implements ReplySurface {
  readonly #channel: string
  readonly #onFirst: (turn: string) => void
  readonly #windows = new Map<string, Window>()

  constructor(channel: string, onFirst: (turn: string) => void) {
    this.#channel = channel
    this.#onFirst = onFirst
  }

  measure(text: string): number {
    return shareOfMessage(text)
  }

  render(text: string): string {
    return contentOf(text)
  }

  bucket({ message }: Pick<Write, 'phase' | 'message'>): string {
    return `bench:${message === undefined ? 'POST' : 'PATCH'}:${this.#channel}`
  }

  write(write: Write): Promise<WriteOutcome> {
    if (write.part === 0 && write.message === undefined) this.#onFirst(write.key.slice(0, write.key.lastIndexOf(':')))
    const message = write.message ?? messageId('bench', undefined, this.#channel, String(write.part))
    return Promise.resolve({ outcome: 'written', message, limit: this.#take(this.bucket(write)) })
  }

  find(): Promise<undefined> {
    return Promise.resolve(undefined)
  }

  attach(_file: unknown, key: string): Promise<WriteOutcome> {
    return Promise.resolve({ outcome: 'written', message: messageId('bench', undefined, this.#channel, key) })
  }

  remove(): Promise<WriteOutcome> {
    return Promise.resolve({ outcome: 'gone', cause: undefined })
  }

  typing(): Promise<void> {
    return Promise.resolve()
  }

  earlier(): Promise<Earlier> {
    return Promise.resolve(nothingEarlier)
  }

  #take(bucket: string) {
    const now = performance.now()
    const known = this.#windows.get(bucket)
    const window = known && now < known.until ? known : { until: now + windowMs, used: 0 }
    this.#windows.set(bucket, window)
    window.used += 1
    return { limit, remaining: Math.max(0, limit - window.used), resetAfterMs: window.until - now }
  }
}
