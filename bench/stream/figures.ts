import { type Figure, figure } from '#bench/frame/figure.ts'
import type { Judged } from './judge.ts'
import type { Scenario, Situation } from './scenario.ts'
import { type Summary, spread } from './summary.ts'

export type Result = Readonly<{
  scenario: Scenario
  contender: string
  summary: Summary
  judged: readonly Judged[]
}>

const ours = 'aeries'
/** What every contender reads the same, in ms: the noise of two clocks and of the machine. */
const withinMs = 20
/** What is compared with others, and with what the limits allow. */
const compared: readonly Situation[] = ['one', 'crowd', 'at once', 'many']

type Count = { [Key in keyof Summary]: Summary[Key] extends number ? Key : never }[keyof Summary]

/** What has to hold, of ours. `roundTripMs`: to the platform and back, in this run. */
export function figuresOf(results: readonly Result[], roundTripMs: number): readonly Figure[] {
  const own = results.filter(({ contender }) => contender === ours)
  if (own.length === 0) return []
  const inSituation = (...wanted: readonly Situation[]) => own.filter(one => wanted.includes(one.scenario.situation))
  const one = inSituation('one')
  const answers = one.flatMap(({ judged }) => judged)
  const six = inSituation('crowd').filter(({ scenario }) => scenario.name.startsWith('6'))
  const begun = inSituation('one', 'crowd', 'at once').flatMap(({ judged }) => judged.filter(({ hadSlot }) => hadSlot))
  const all = (count: Count) => own.reduce((sum, { summary }) => sum + summary[count], 0)
  const most = (count: Count, of: readonly Result[]) => Math.max(...of.map(({ summary }) => summary[count]))
  const ratio = (of: readonly Result[]) => Math.max(...of.map(({ summary }) => summary.meanAgeMs / summary.boundMs))
  const figures = [
    lower('question → request p95', spread(answers.map(({ untilRequestMs }) => untilRequestMs)).p95, 'ms', 30),
    lower('first token → first text p95', spread(begun.map(({ firstTextMs }) => firstTextMs)).p95, 'ms', 200),
    lower('last token → complete text p95', spread(answers.map(whole)).p95, 'ms', 100 + roundTripMs),
    lower('slowest final of 6, ends 0.5 s apart', slowest(six), 'ms', 3_000),
    lower('6 ending at once, beyond the limit', most('beyondLimitMs', inSituation('at once')), 'ms', 300),
    lower('mean age / bound, 1 answer', ratio(one), '×', 1.15),
    lower('mean age / bound, 6 answers', ratio(six), '×', 1.35),
    lower('mean age above the best other', mostAbove(results, isComplete), 'ms', withinMs),
    lower('mean age above the best in time', mostAbove(results, isInTimeAmong(results)), 'ms', withinMs),
    lower('unfairness', most('unfairness', inSituation(...compared)), '×', 1.5),
    lower('answers 429', all('refused429'), '', 0),
    lower('identical consecutive writes', all('identicalWrites'), '', 0),
    lower('letters lost', all('lostLetters'), '', 0),
    lower('letters doubled', all('doubledLetters'), '', 0),
    lower('spoilt answers', all('spoilt') + all('unanswered'), '', 0),
  ]
  // A run of some scenarios says nothing of the others.
  return figures.filter(({ value }) => Number.isFinite(value))
}

/** By scenario: how much older than that of the best of these others is what we show? */
export function agesAbove(
  results: readonly Result[],
  isAmong: (result: Result) => boolean,
): Readonly<Record<string, Readonly<{ above: number; best: string }>>> {
  const fair = results.filter(({ scenario }) => compared.includes(scenario.situation))
  const scenarios = Map.groupBy(fair, ({ scenario }) => scenario.name)
  return Object.fromEntries(
    [...scenarios].flatMap(([scenario, played]) => {
      const mine = played.find(({ contender }) => contender === ours)
      const others = played.filter(other => other.contender !== ours && isAmong(other))
      const best = others.toSorted((a, b) => a.summary.meanAgeMs - b.summary.meanAgeMs)[0]
      if (!mine || !best) return []
      return [[scenario, { above: round(mine.summary.meanAgeMs - best.summary.meanAgeMs), best: best.contender }]]
    }),
  )
}

/** Who loses text is listed, not compared. */
export function isComplete({ summary: { spoilt, unanswered, neverWhole } }: Result): boolean {
  return spoilt + unanswered + neverWhole === 0
}

/**
 * Those whose last texts come in time in such a situation. Who spends the whole limit on growing text has the youngest,
 * and nothing left when an answer ends in the last part of a window.
 */
export function isInTimeAmong(results: readonly Result[]): (result: Result) => boolean {
  const finals = new Map<string, number>()
  const nameOf = ({ contender, scenario }: Result) => `${contender} ${scenario.situation}`
  for (const [name, played] of Map.groupBy(results, nameOf)) {
    finals.set(name, spread(played.flatMap(({ judged }) => judged.map(whole))).p95)
  }
  return result => {
    const limitMs = result.scenario.situation === 'one' ? oneInTimeMs : crowdInTimeMs
    return isComplete(result) && (finals.get(nameOf(result)) ?? Number.POSITIVE_INFINITY) <= limitMs
  }
}

/** About what is asked of our own last texts. */
const oneInTimeMs = 150
const crowdInTimeMs = 3_000

function mostAbove(results: readonly Result[], isAmong: (result: Result) => boolean): number {
  return Math.max(...Object.values(agesAbove(results, isAmong)).map(({ above }) => above))
}

function slowest(results: readonly Result[]): number {
  return Math.max(...results.flatMap(({ judged }) => judged.map(whole)))
}

/** A text that is never complete is later than any. */
function whole({ finalMs }: Judged): number {
  return finalMs ?? Number.MAX_SAFE_INTEGER
}

function lower(name: string, value: number, unit: string, limit: number): Figure {
  return figure({ name, value: round(value), unit, limit: round(limit), better: 'lower' })
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000
}
