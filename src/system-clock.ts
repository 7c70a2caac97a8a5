import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '#src/core/clock.ts'

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => new Date(),
  async sleep(ms, signal) {
    try {
      await sleep(ms, undefined, signal && { signal })
    } catch (error) {
      throw signal?.aborted ? signal.reason : error
    }
  },
  after(ms, call) {
    const timer = setTimeout(call, ms)
    return { [Symbol.dispose]: () => clearTimeout(timer) }
  },
}
