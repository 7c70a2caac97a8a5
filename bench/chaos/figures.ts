import { type Figure, figure } from '#bench/frame/figure.ts'
import { Timings } from '#bench/frame/timings.ts'
import type { Verdict } from './checker/check.ts'
import type { Said } from './checker/evidence.ts'
import { type Violation, violationKinds } from './checker/violation.ts'

export type Outcome = Readonly<{
  minutes: number
  said: readonly Said[]
  kills: number
  verdict: Verdict
  /** All violations: the checker's, and how the service behaved as a process. */
  violations: readonly Violation[]
}>

/**
 * A person sees an answer that a kill met in the middle completed or marked within so long after the next start, in s.
 */
const recoveredWithinS = 10
/** What ten minutes have to hold at least, by the minute. */
const perMinute = { kills: 10, messages: 500, addressed: 200 }
const conversations = 60

/** The figures, with the least counts scaled to the run's length. */
export function figuresOf({ minutes, said, kills, verdict, violations }: Outcome): readonly Figure[] {
  const least = (name: string, value: number, limit: number, unit: string) =>
    figure({ name, value, unit, limit: Math.floor(limit), better: 'higher' })
  const none = (name: string, value: number, unit: string) => figure({ name, value, unit, limit: 0, better: 'lower' })
  const count = (kind: Violation['kind']) => violations.filter(one => one.kind === kind).length
  const { max } = recoveryTimes(verdict).percentiles()
  return [
    least('kills', kills, perMinute.kills * minutes, 'kills'),
    least('messages', said.length, perMinute.messages * minutes, 'messages'),
    least('addressed', said.filter(({ addressed }) => addressed).length, perMinute.addressed * minutes, 'messages'),
    least('conversations', verdict.conversations, conversations * Math.min(1, minutes), 'conversations'),
    figure({
      name: 'recovered within',
      value: verdict.recoveries.length === 0 ? 0 : max,
      unit: 's',
      limit: recoveredWithinS,
      better: 'lower',
    }),
    none('lost', count('lost') + count('waiting') + count('open turn'), 'messages'),
    none('doubled', count('doubled'), 'messages'),
    none('violations', violations.length, 'violations'),
  ]
}

/** In seconds. */
export function recoveryTimes({ recoveries }: Verdict): Timings {
  const timings = new Timings()
  for (const { ms } of recoveries) timings.add(ms / 1_000)
  return timings
}

export function byKind(violations: readonly Violation[]): Readonly<Record<string, number>> {
  return Object.fromEntries(violationKinds.map(kind => [kind, violations.filter(one => one.kind === kind).length]))
}
