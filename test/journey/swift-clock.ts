import type { Clock } from '#src/core/clock.ts'
import { systemClock } from '#src/system-clock.ts'

/** Time that passes so much faster, from now on. */
export interface SwiftClock extends Clock {
  /** The true time when this clock shows that one, both in milliseconds since 1970. */
  real(at: number): number
}

export function swiftClock(speed: number): SwiftClock {
  const started = Date.now()
  return {
    now: () => new Date(started + (Date.now() - started) * speed),
    sleep: (ms, signal) => systemClock.sleep(ms / speed, signal),
    after: (ms, call) => systemClock.after(ms / speed, call),
    real: at => started + (at - started) / speed,
  }
}
