/** Wakes who waits that there may be something to do; rings into the void when nobody does. One waits at a time. */
export class Bell {
  #waiting: PromiseWithResolvers<void> | undefined
  #over: Readonly<{ reason: unknown }> | undefined

  ring(): void {
    this.#waiting?.resolve()
    this.#waiting = undefined
  }

  /** Resolves at the next ring. */
  rung(): Promise<void> {
    if (this.#over) return Promise.reject(this.#over.reason)
    this.#waiting = Promise.withResolvers()
    return this.#waiting.promise
  }

  /** Until disposed of, waits reject with the signal's reason once it is aborted. One listener for all: there may be a wait for every word. */
  until(signal: AbortSignal): Disposable {
    const end = () => {
      this.#over = { reason: signal.reason }
      this.#waiting?.reject(signal.reason)
    }
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
    return {
      [Symbol.dispose]: () => {
        signal.removeEventListener('abort', end)
        this.#over = undefined
      },
    }
  }
}
