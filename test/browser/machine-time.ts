import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'

/** What all cores had done together and what they had not, in ms since some time. */
export function machineTime(): Readonly<{ idleMs: number; allMs: number }> {
  if (process.platform !== 'linux') {
    const times = cpus().map(one => one.times)
    return { idleMs: sum(times.map(one => one.idle)), allMs: sum(times.flatMap(one => Object.values(one))) }
  }
  // Node does not tell of what the host took away from its guest (`steal`), which is no time that was left.
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n')
  const [user = 0, nice = 0, system = 0, idle = 0, waiting = 0, irq = 0, softirq = 0, steal = 0] = line
    .split(/\s+/)
    .slice(1)
    .map(ticks => Number(ticks) * tickMs)
  return { idleMs: idle + waiting, allMs: user + nice + system + idle + waiting + irq + softirq + steal }
}

/** The kernel tells times in hundredths of a second, whatever it counts in. */
const tickMs = 10

const lookEveryMs = 50
/** Whoever has a core whenever they want one is never so late, in ms. */
const lateMs = 200

/** Sees whether the machine stands still for a while, as one does whose host has other work. */
export function watchForStandstill(): Readonly<{ end(): boolean }> {
  let stoodStill = false
  let before = performance.now()
  const look = () => {
    const now = performance.now()
    stoodStill ||= now - before > lookEveryMs + lateMs
    before = now
  }
  const timer = setInterval(look, lookEveryMs)
  return {
    end() {
      clearInterval(timer)
      look()
      return stoodStill
    },
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}
