import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import type { Clock } from '#src/core/clock.ts'

type Timer = { readonly due: number; readonly call: () => void }

/**
 * Time that moves when a test says so. `sleep` and `after` of 0 ms wait for `advance`, too. Sockets, files and promises
 * live in real time: await what they bring, then advance.
 */
export class ManualClock implements Clock {
  #now: number
  readonly #timers = new Set<Timer>()

  constructor(start = new Date('2026-11-23T12:00:00.000Z')) {
    this.#now = start.getTime()
  }

  /** Timers and sleeps that still wait: 0 at the end of a test says that nothing was left behind. */
  get pending(): number {
    return this.#timers.size
  }

  now(): Date {
    return new Date(this.#now)
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const abort = () => {
        timer[Symbol.dispose]()
        reject(signal?.reason)
      }
      const timer = this.after(ms, () => {
        signal?.removeEventListener('abort', abort)
        resolve()
      })
      signal?.addEventListener('abort', abort, { once: true })
    })
  }

  after(ms: number, call: () => void): Disposable {
    const timer: Timer = { due: this.#now + Math.max(0, ms), call }
    this.#timers.add(timer)
    return { [Symbol.dispose]: () => this.#timers.delete(timer) }
  }

  /**
   * Moves time on, through every timer that comes due on the way, in order. After each one what it set going gets a turn of
   * the event loop, so that a loop of sleeps runs as it would; the last turn is over when the promise resolves.
   */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms
    await turnOfTheLoop()
    for (let timer = this.#next(end); timer; timer = this.#next(end)) {
      this.#timers.delete(timer)
      this.#now = Math.max(this.#now, timer.due)
      timer.call()
      await turnOfTheLoop()
    }
    this.#now = end
  }

  /** Of timers that are due at the same time, the one that was set first. */
  #next(end: number): Timer | undefined {
    let next: Timer | undefined
    for (const timer of this.#timers) if (timer.due <= end && (!next || timer.due < next.due)) next = timer
    return next
  }
}
