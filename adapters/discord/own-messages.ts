import type { MessageId } from '#src/core/ids.ts'

/** Far more than the writes of any minutes in which a lost answer gets asked for. */
const maxRemembered = 2_000

/**
 * Which of our messages was sent under which nonce. Discord tells the nonce to the gateway session of the sender once, when
 * the message is made, and never in a history: so a send whose answer got lost is found here while this process lives.
 */
export class OwnMessages {
  readonly #byNonce = new Map<string, MessageId>()

  remember(nonce: string, message: MessageId): void {
    this.#byNonce.delete(nonce)
    this.#byNonce.set(nonce, message)
    const [oldest] = this.#byNonce.keys()
    if (this.#byNonce.size > maxRemembered && oldest !== undefined) this.#byNonce.delete(oldest)
  }

  find(nonce: string): MessageId | undefined {
    return this.#byNonce.get(nonce)
  }
}
