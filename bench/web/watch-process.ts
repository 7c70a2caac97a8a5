import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Share } from './wire.ts'

const everyMs = 2

/** Tells what this process took since it was last asked. */
export function watchProcess(): () => Share {
  const delays = monitorEventLoopDelay({ resolution: everyMs })
  delays.enable()
  let begun = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(begun)
    // What is recorded is the time between two looks.
    const late = (percent: number) => Math.max(0, round(delays.percentile(percent) / 1e6 - everyMs))
    const share = { cpuMs: round((user + system) / 1e3), lateP50: late(50), lateP95: late(95), lateMax: late(100) }
    delays.reset()
    begun = process.cpuUsage()
    return share
  }
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100
}
