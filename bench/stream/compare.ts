import { aeries, isOwn } from './contenders.ts'
import { isComplete, type Result, untilWhole } from './result.ts'
import type { Situation } from './scenario.ts'
import { spread } from './summary.ts'

/** What is compared with others, and with what the limits allow. */
export const compared: readonly Situation[] = ['one', 'crowd', 'at once', 'many']

/** By scenario: how much older than that of the best of these others is what we show? */
export function agesAbove(
  results: readonly Result[],
  isAmong: (result: Result) => boolean,
): Readonly<Record<string, Readonly<{ above: number; best: string }>>> {
  const fair = results.filter(({ scenario }) => compared.includes(scenario.situation))
  const scenarios = Map.groupBy(fair, ({ scenario }) => scenario.name)
  return Object.fromEntries(
    [...scenarios].flatMap(([scenario, played]) => {
      const mine = played.find(({ contender }) => contender === aeries)
      const others = played.filter(other => !isOwn(other.contender) && isAmong(other))
      const best = others.toSorted((a, b) => a.summary.meanAgeMs - b.summary.meanAgeMs)[0]
      if (!mine || !best) return []
      return [[scenario, { above: round(mine.summary.meanAgeMs - best.summary.meanAgeMs), best: best.contender }]]
    }),
  )
}

export function mostAbove(results: readonly Result[], isAmong: (result: Result) => boolean): number {
  return Math.max(...Object.values(agesAbove(results, isAmong)).map(({ above }) => above))
}

/**
 * Those whose last texts come in time in such a situation. Who spends the whole limit on growing text has the youngest,
 * and nothing left when an answer ends in the last part of a window.
 */
export function isInTimeAmong(results: readonly Result[]): (result: Result) => boolean {
  const finals = new Map<string, number>()
  const nameOf = ({ contender, scenario }: Result) => `${contender} ${scenario.platform} ${scenario.situation}`
  for (const [name, played] of Map.groupBy(results, nameOf)) {
    finals.set(name, spread(played.flatMap(({ judged }) => judged.map(untilWhole))).p95)
  }
  return result => {
    const limitMs = result.scenario.situation === 'one' ? oneInTimeMs : crowdInTimeMs
    return isComplete(result) && (finals.get(nameOf(result)) ?? Number.POSITIVE_INFINITY) <= limitMs
  }
}

/** About what is asked of our own last texts. */
const oneInTimeMs = 150
const crowdInTimeMs = 3_000

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000
}
