import { setTimeout as sleep } from 'node:timers/promises'

/** Hands every event to whoever listens, in order and at once. */
export class Feed<Event> {
  readonly #listeners = new Set<(event: Event) => void>()

  emit(event: Event): void {
    for (const listener of [...this.#listeners]) listener(event)
  }

  /** Listens until the function that comes back is called. */
  on(listener: (event: Event) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Waits for the first event from now on that `pick` makes something of. Rejects with the signal's reason. */
  async next<Found>(pick: (event: Event) => Found | undefined, signal?: AbortSignal): Promise<Found> {
    signal?.throwIfAborted()
    const { promise, resolve, reject } = Promise.withResolvers<Found>()
    const stop = this.on(event => {
      try {
        const found = pick(event)
        if (found !== undefined) resolve(found)
      } catch (error) {
        reject(error)
      }
    })
    const abort = () => reject(signal?.reason)
    signal?.addEventListener('abort', abort, { once: true })
    try {
      return await promise
    } finally {
      stop()
      signal?.removeEventListener('abort', abort)
    }
  }

  /** Whether none of these events comes for so long. Rejects with the signal's reason. */
  async isQuiet(isMeant: (event: Event) => boolean, forMs: number, signal?: AbortSignal): Promise<boolean> {
    const round = new AbortController()
    const both = signal ? AbortSignal.any([signal, round.signal]) : round.signal
    const heard = this.next(event => isMeant(event) || undefined, both).then(
      () => false,
      () => false,
    )
    const quiet = sleep(forMs, true, { signal: both }).catch(() => false)
    const isQuiet = await Promise.race([quiet, heard])
    round.abort()
    signal?.throwIfAborted()
    return isQuiet
  }

  /** All events from now on, until the signal aborts. */
  async *stream(signal: AbortSignal): AsyncGenerator<Event> {
    const waiting: Event[] = []
    let wake = Promise.withResolvers<void>()
    const stop = this.on(event => {
      waiting.push(event)
      wake.resolve()
    })
    const abort = () => wake.resolve()
    signal.addEventListener('abort', abort, { once: true })
    try {
      while (!signal.aborted) {
        yield* waiting.splice(0)
        if (waiting.length === 0 && !signal.aborted) await wake.promise
        wake = Promise.withResolvers<void>()
      }
    } finally {
      stop()
      signal.removeEventListener('abort', abort)
    }
  }
}
