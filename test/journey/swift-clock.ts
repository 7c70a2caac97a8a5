import type { Clock } from '#src/core/clock.ts'
import { systemClock } from '#src/system-clock.ts'

/** Time that passes so much faster. */
export function swiftClock(speed: number): Clock {
  const started = Date.now()
  return {
    now: () => new Date(started + (Date.now() - started) * speed),
    sleep: (ms, signal) => systemClock.sleep(ms / speed, signal),
    after: (ms, call) => systemClock.after(ms / speed, call),
  }
}
