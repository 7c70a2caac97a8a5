import type { MessageId } from '#src/core/ids.ts'

/** Far more than the writes of any minutes in which a lost answer gets asked for. */
const maxRemembered = 2_000

/**
 * Which of our messages was sent under which nonce, over all answers of the process. Discord tells the nonce in its answer
 * to the send and once to the gateway session of the sender, never in a history: so a send whose answer got lost is found
 * here while this process lives, and what was sent under one nonce is never taken for what was sent under another.
 */
export class OwnMessages {
  readonly #byNonce = new Map<string, MessageId>()
  readonly #nonces = new Map<MessageId, string>()

  remember(nonce: string, message: MessageId): void {
    this.#forget(nonce)
    this.#byNonce.set(nonce, message)
    this.#nonces.set(message, nonce)
    const [oldest] = this.#byNonce.keys()
    if (this.#byNonce.size > maxRemembered && oldest !== undefined) this.#forget(oldest)
  }

  find(nonce: string): MessageId | undefined {
    return this.#byNonce.get(nonce)
  }

  /** The nonce that a message is known to have been sent under. */
  keyOf(message: MessageId): string | undefined {
    return this.#nonces.get(message)
  }

  #forget(nonce: string): void {
    const message = this.#byNonce.get(nonce)
    if (message !== undefined) this.#nonces.delete(message)
    this.#byNonce.delete(nonce)
  }
}
