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
  /** When the nonces that this process sends were sent last. */
  readonly #sent = new Map<string, number>()

  /** A send goes out under this nonce: told before it does, since the gateway may tell of the message before the answer comes. */
  sends(nonce: string, at: number): void {
    this.#sent.delete(nonce)
    this.#sent.set(nonce, at)
    const [oldest] = this.#sent.keys()
    if (this.#sent.size > maxRemembered && oldest !== undefined) this.#sent.delete(oldest)
  }

  /** When this process last sent something under this nonce; `undefined`: never, as far as it remembers. */
  sentAt(nonce: string): number | undefined {
    return this.#sent.get(nonce)
  }

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
