import type { MessageId } from '#src/core/ids.ts'
import { Bell } from './bell.ts'
import type { Heard } from './exchange.ts'

/** What one asker has said in one conversation, all of it recorded, and no turn has taken yet. */
export class Waiting {
  readonly #events: Heard[] = []
  readonly #bell = new Bell()
  #onAdd: (() => void) | undefined

  add(event: Heard): void {
    this.#events.push(event)
    this.#onAdd?.()
    this.#bell.ring()
  }

  /** These were said before all that waits. */
  addBefore(events: readonly Heard[]): void {
    this.#events.unshift(...events)
  }

  get isEmpty(): boolean {
    return this.#events.length === 0
  }

  /** In the order in which it was said: what is heard live overtakes what was missed. */
  takeAll(): Heard[] {
    return this.#events.splice(0).sort((one, other) => one.at.getTime() - other.at.getTime())
  }

  /** False when it does not wait. */
  reword(message: MessageId, text: string): boolean {
    const at = this.#events.findIndex(event => event.message.id === message)
    const event = this.#events[at]
    if (event === undefined) return false
    this.#events[at] = { ...event, message: { ...event.message, text } }
    return true
  }

  drop(message: MessageId): void {
    const at = this.#events.findIndex(event => event.message.id === message)
    if (at !== -1) this.#events.splice(at, 1)
  }

  /** Takes the events one by one, each as soon as `take` is done with it. */
  async takeEach(take: (event: Heard) => Promise<void>): Promise<void> {
    for (let event = this.#events[0]; event; event = this.#events[0]) {
      await take(event)
      this.#events.shift()
    }
  }

  /** Calls at each addition until it is disposed of. One listens at a time. */
  listen(call: () => void): Disposable {
    this.#onAdd = call
    return {
      [Symbol.dispose]: () => {
        if (this.#onAdd === call) this.#onAdd = undefined
      },
    }
  }

  /** Resolves at the next addition; rejects with the signal's reason. */
  async added(signal: AbortSignal): Promise<void> {
    using _ = this.#bell.until(signal)
    await this.#bell.rung()
  }
}
