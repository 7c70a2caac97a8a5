import { type Logger, LogLevel } from '@slack/bolt'
import type { Log } from '#src/core/log.ts'

/**
 * What the library has to say, for people who hunt a fault: whatever it means for Aeries is logged where that is decided.
 * Its own debug lines hold requests and events whole, with what people wrote, and are left out.
 */
export function boltLogger(log: Log): Logger {
  const say = (...said: readonly unknown[]) => log.debug({ bolt: said.map(String).join(' ') }, 'bolt says')
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: say,
    error: say,
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  }
}
