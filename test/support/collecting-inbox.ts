import type { Event } from '#src/core/event.ts'
import type { Inbox } from '#src/core/platform.ts'
import { patience } from './patience.ts'

type EventOf<Type extends Event['type']> = Extract<Event, { type: Type }>

/** An inbox that keeps what it is told, and lets a test wait for the next of a kind. */
export class CollectingInbox implements Inbox {
  readonly events: Event[] = []
  readonly #waiting = new Set<() => void>()
  #read = 0

  event(event: Event): void {
    this.events.push(event)
    for (const wake of [...this.#waiting]) wake()
  }

  /** The first event of this type that was not read yet; what comes before it is passed over. */
  async next<Type extends Event['type']>(type: Type): Promise<EventOf<Type>> {
    const tooLate = patience()
    for (;;) {
      const at = this.events.findIndex((event, index) => index >= this.#read && event.type === type)
      if (at >= 0) {
        this.#read = at + 1
        return this.events[at] as EventOf<Type>
      }
      await this.#more(tooLate, type)
    }
  }

  #more(tooLate: AbortSignal, type: string): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const late = () =>
      reject(new Error(`no event "${type}" came; so far: ${this.events.map(one => one.type).join(', ')}`))
    tooLate.addEventListener('abort', late, { once: true })
    this.#waiting.add(resolve)
    return promise.finally(() => {
      this.#waiting.delete(resolve)
      tooLate.removeEventListener('abort', late)
    })
  }
}
