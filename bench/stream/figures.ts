import { type Figure, figure } from '#bench/frame/figure.ts'
import type { Judged } from './judge.ts'
import { type Summary, spread } from './summary.ts'

export type Result = Readonly<{ scenario: string; contender: string; summary: Summary; judged: readonly Judged[] }>

const ours = 'aeries'
/** What every contender reads the same, in ms: the noise of two clocks and of the machine. */
const withinMs = 20

/** What has to hold, of ours. `roundTripMs`: to the platform and back, in this run. */
export function figuresOf(results: readonly Result[], roundTripMs: number): readonly Figure[] {
  const own = results.filter(({ contender }) => contender === ours)
  const named = (name: string) => own.filter(({ scenario }) => scenario.includes(name))
  const fair = own.filter(({ scenario }) => !isWeather(scenario))
  const alone = fair.filter(({ scenario }) => !scenario.includes('channel') && !scenario.includes('at once'))
  const crowd = named('6 in a channel')
  const [many] = own.filter(({ scenario }) => scenario.endsWith(' channels'))
  const sum = (pick: (summary: Summary) => number, of = own) => of.reduce((all, one) => all + pick(one.summary), 0)
  const most = (pick: (summary: Summary) => number, of: readonly Result[]) =>
    Math.max(...of.map(one => pick(one.summary)))
  const judgedAlone = alone.flatMap(({ judged }) => judged)
  const withSlot = fair.filter(one => one !== many).flatMap(({ judged }) => judged.filter(({ hadSlot }) => hadSlot))
  const lower = (name: string, value: number, unit: string, limit: number) =>
    figure({ name, value: round(value), unit, limit: round(limit), better: 'lower' })
  if (own.length === 0) return []
  const figures = [
    lower('question → request p95', spread(judgedAlone.map(one => one.untilRequestMs)).p95, 'ms', 30),
    lower('first token → first text p95', spread(withSlot.map(one => one.firstTextMs)).p95, 'ms', 200),
    lower('last token → complete text p95', spread(judgedAlone.map(whole)).p95, 'ms', 100 + roundTripMs),
    lower(
      'slowest final of 6 in a channel',
      most(({ finalMs }) => finalMs.max, crowd),
      'ms',
      3_000,
    ),
    lower(
      '6 at once beyond the limit',
      most(({ beyondLimitMs }) => beyondLimitMs, named('at once')),
      'ms',
      300,
    ),
    lower('mean age / bound, 1 answer', most(toBound, alone), '×', 1.15),
    lower('mean age / bound, 6 answers', most(toBound, crowd), '×', 1.35),
    lower('mean age above the next best', mostAbove(results), 'ms', withinMs),
    lower(
      'unfairness',
      most(({ unfairness }) => unfairness, fair),
      '×',
      1.5,
    ),
    lower(
      'answers 429',
      sum(({ refused429 }) => refused429),
      '',
      0,
    ),
    lower(
      'identical consecutive writes',
      sum(({ identicalWrites }) => identicalWrites),
      '',
      0,
    ),
    lower(
      'letters lost',
      sum(({ lostLetters }) => lostLetters),
      '',
      0,
    ),
    lower(
      'letters doubled',
      sum(({ doubledLetters }) => doubledLetters),
      '',
      0,
    ),
    lower(
      'spoilt answers',
      sum(({ spoilt, unanswered }) => spoilt + unanswered),
      '',
      0,
    ),
  ]
  // A run of some scenarios says nothing of the others.
  return figures.filter(({ value }) => Number.isFinite(value))
}

/** By scenario: how much older than that of the best other contender is what we show? Who loses text is not compared. */
export function agesAbove(
  results: readonly Result[],
): Readonly<Record<string, Readonly<{ above: number; best: string }>>> {
  const scenarios = Map.groupBy(
    results.filter(({ scenario }) => !isWeather(scenario)),
    ({ scenario }) => scenario,
  )
  return Object.fromEntries(
    [...scenarios].flatMap(([scenario, contenders]) => {
      const mine = contenders.find(({ contender }) => contender === ours)
      const others = contenders.filter(({ contender, summary }) => contender !== ours && isComplete(summary))
      const best = others.toSorted((one, other) => one.summary.meanAgeMs - other.summary.meanAgeMs)[0]
      if (!mine || !best) return []
      return [[scenario, { above: round(mine.summary.meanAgeMs - best.summary.meanAgeMs), best: best.contender }]]
    }),
  )
}

function mostAbove(results: readonly Result[]): number {
  return Math.max(...Object.values(agesAbove(results)).map(({ above }) => above))
}

export function isComplete({ spoilt, unanswered, neverWhole }: Summary): boolean {
  return spoilt + unanswered + neverWhole === 0
}

function isWeather(scenario: string): boolean {
  return scenario === 'bad weather'
}

function toBound({ meanAgeMs, boundMs }: Summary): number {
  return meanAgeMs / boundMs
}

/** A text that is never complete is later than any. */
function whole({ finalMs }: Judged): number {
  return finalMs ?? Number.MAX_SAFE_INTEGER
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000
}
