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
    this.#known.add(message)
    const [oldest] = this.#known
    if (this.#known.size > maxRemembered && oldest !== undefined) this.#known.delete(oldest)
  }

  isKnown(message: MessageId): boolean {
    return this.#known.has(message)
  }
}
