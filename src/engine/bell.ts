/** Wakes who waits that there may be something to do; rings into the void when nobody does. */
export class Bell {
  #wake: (() => void) | undefined

  ring(): void {
    this.#wake?.()
    this.#wake = undefined
  }

  /** Resolves at the next ring; rejects with the signal's reason. One waits at a time. */
  rung(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    return new Promise((resolve, reject) => {
      const stop = () => reject(signal.reason)
      signal.addEventListener('abort', stop, { once: true })
      this.#wake = () => {
        signal.removeEventListener('abort', stop)
        resolve()
      }
    })
  }
}
