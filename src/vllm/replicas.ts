import type { Clock } from '#src/core/clock.ts'
import { UnavailableError } from '#src/core/errors.ts'
import type { ConversationId } from '#src/core/ids.ts'
import type { Place } from './place.ts'
import { rendezvous } from './rendezvous.ts'
import type { Replica } from './replica.ts'

/** The servers that serve the same model, as one. */
export class Replicas implements AsyncDisposable {
  readonly #all: readonly Replica[]
  readonly #clock: Clock
  readonly #waiters = new Set<PromiseWithResolvers<void>>()

  /** At least one. */
  constructor(all: readonly Replica[], clock: Clock) {
    this.#all = all
    this.#clock = clock
  }

  /** None is there. */
  get isAway(): boolean {
    return this.#all.every(({ isAway }) => isAway)
  }

  /** Answers of ours that they generate now, and how many of them are away. */
  get load(): Readonly<{ open: number; servers: number; away: number }> {
    const open = this.#all.reduce((sum, replica) => sum + replica.open, 0)
    return { open, servers: this.#all.length, away: this.#all.filter(({ isAway }) => isAway).length }
  }

  /** What each takes that may be asked next. */
  get contextLength(): number {
    const here = this.#all.filter(({ isAway }) => !isAway)
    return Math.min(...(here.length > 0 ? here : this.#all).map(({ contextLength }) => contextLength))
  }

  /** Whom a conversation meets, best first: always in the same order, so that it finds its words in a server's prefix cache. */
  orderFor(conversation: ConversationId): readonly Replica[] {
    return rendezvous(this.#all, conversation)
  }

  /** A place at the first of them that has one; at the one to avoid only if no other has. */
  take(order: readonly Replica[], avoid: string | undefined): Place | undefined {
    for (const replica of order) {
      const place = replica.name === avoid ? undefined : replica.take()
      if (place) return place
    }
    return order.find(({ name }) => name === avoid)?.take()
  }

  /** Another one than that is there. */
  isElsewhere(server: string): boolean {
    return this.#all.some(({ name, isAway }) => name !== server && !isAway)
  }

  /** Somebody waits for a place, wherever. */
  crowded(): void {
    for (const replica of this.#all) replica.crowded()
  }

  /** All are away: looks whether that still holds, for no longer than nobody minds. */
  async lookNow(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    using _ = this.#clock.after(lookMs, resolve)
    const looks = this.#all.map(async replica => {
      if (await replica.lookNow()) resolve()
    })
    void Promise.all(looks).then(() => resolve())
    await promise
  }

  /** For the answer that nobody can give. */
  awayError(): UnavailableError {
    const names = this.#all.map(({ name }) => name).join(' and ')
    const cause = this.#all.find(({ lastError }) => lastError !== undefined)?.lastError
    return new UnavailableError(
      `Nothing was asked: vLLM at ${names} is known to be away and is looked for (${messageOf(cause)})`,
      { cause },
    )
  }

  /** Resolves once one of them is there. However many wait, each server is looked for by one. */
  async available(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (!this.isAway) return
    const waiter = Promise.withResolvers<void>()
    const giveUp = () => waiter.reject(signal.reason)
    this.#waiters.add(waiter)
    signal.addEventListener('abort', giveUp, { once: true })
    try {
      await waiter.promise
    } finally {
      this.#waiters.delete(waiter)
      signal.removeEventListener('abort', giveUp)
    }
  }

  /** One of them came or went. */
  changed(): void {
    if (this.isAway) return
    for (const waiter of this.#waiters) waiter.resolve()
  }

  /** Asks each what it serves. Throws what the first one fails with if all fail. */
  async refresh(signal: AbortSignal): Promise<void> {
    const asked = await Promise.allSettled(this.#all.map(replica => replica.refresh(signal)))
    signal.throwIfAborted()
    const [first] = asked
    if (first?.status === 'rejected' && asked.every(({ status }) => status === 'rejected')) throw first.reason
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const waiter of this.#waiters) waiter.reject(new UnavailableError('Aeries is being stopped'))
    await Promise.all(this.#all.map(replica => replica[Symbol.asyncDispose]()))
  }
}

/** Enough for a server in the same network to tell its models; the asker reads within 0.3 s that nobody is there. */
const lookMs = 100

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
