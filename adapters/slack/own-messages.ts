import type { MessageId } from '#src/core/ids.ts'

/** Far more than the writes of any minutes in which a lost answer gets asked for. */
const maxRemembered = 2_000

/**
 * What we wrote under which key. Slack knows no key that makes a repeated post the same post, so this is where a repeat in
 * this process finds the first one: by the answer to the post, or by the event that tells of it with its metadata.
 */
export class OwnMessages {
  readonly #byKey = new Map<string, MessageId>()
  readonly #known = new Set<MessageId>()
  /** The keys under which this process sends. */
  readonly #sent = new Set<string>()
  readonly #starting = new Map<string, number>()

  /** Something goes out under this key: told before it does, since the event may come before the answer. */
  sends(key: string): void {
    this.#sent.delete(key)
    keep(this.#sent, key)
  }

  /** Whether this process sent something under this key. */
  isSent(key: string): boolean {
    return this.#sent.has(key)
  }

  /** Something goes out to this channel that can bear no key, until this is disposed of. */
  starts(channel: string): Disposable {
    this.#starting.set(channel, (this.#starting.get(channel) ?? 0) + 1)
    return {
      [Symbol.dispose]: () => {
        const left = (this.#starting.get(channel) ?? 1) - 1
        if (left > 0) this.#starting.set(channel, left)
        else this.#starting.delete(channel)
      },
    }
  }

  isStarting(channel: string): boolean {
    return this.#starting.has(channel)
  }

  remember(key: string, message: MessageId): void {
    this.#byKey.delete(key)
    this.#byKey.set(key, message)
    this.written(message)
    const [oldest] = this.#byKey.keys()
    if (this.#byKey.size > maxRemembered && oldest !== undefined) this.#byKey.delete(oldest)
  }

  find(key: string): MessageId | undefined {
    return this.#byKey.get(key)
  }

  /** The message is known to be of some write, so it is not the one that is missing. */
  written(message: MessageId): void {
    keep(this.#known, message)
  }

  isKnown(message: MessageId): boolean {
    return this.#known.has(message)
  }
}

function keep<Item>(set: Set<Item>, item: Item): void {
  set.add(item)
  const [oldest] = set
  if (set.size > maxRemembered && oldest !== undefined) set.delete(oldest)
}
