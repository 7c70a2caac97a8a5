import { type Figure, figure } from '#bench/frame/figure.ts'
import { compared, isInTimeAmong, mostAbove } from './compare.ts'
import { aeries, isOwn } from './contenders.ts'
import { isComplete, type Result, untilWhole } from './result.ts'
import type { Platform, Situation } from './scenario.ts'
import { type Summary, spread } from './summary.ts'

/** What every contender reads the same, in ms: the noise of two clocks and of the machine. */
const withinMs = 20

type Count = { [Key in keyof Summary]: Summary[Key] extends number ? Key : never }[keyof Summary]

/** What has to hold, of ours. `roundTripMs`: to the platform and back, in this run. */
export function figuresOf(results: readonly Result[], roundTripMs: number): readonly Figure[] {
  const figures = [
    ...discordFigures(on('discord', results), roundTripMs),
    ...slackFigures(on('slack', results), roundTripMs),
    ...textFigures(results.filter(({ contender }) => isOwn(contender))),
  ]
  // A run of some scenarios says nothing of the others.
  return figures.filter(({ value }) => Number.isFinite(value))
}

function discordFigures(results: readonly Result[], roundTripMs: number): readonly Figure[] {
  const own = liveOnes(results)
  const one = inSituation(own, 'one')
  const six = inSituation(own, 'crowd').filter(({ scenario }) => scenario.name.startsWith('6'))
  const begun = judgedIn(inSituation(own, 'one', 'crowd', 'at once')).filter(({ hadSlot }) => hadSlot)
  const untilRequest = judgedIn(one).map(({ untilRequestMs }) => untilRequestMs)
  return [
    lower('question → request p95', spread(untilRequest).p95, 'ms', 30),
    lower('first token → first text p95', spread(begun.map(({ firstTextMs }) => firstTextMs)).p95, 'ms', 200),
    lower('last token → complete text p95', finalOf(one).p95, 'ms', 100 + roundTripMs),
    lower('slowest final of 6, ends 0.5 s apart', slowest(six), 'ms', 3_000),
    lower('6 ending at once, beyond the limit', most(inSituation(own, 'at once'), 'beyondLimitMs'), 'ms', 300),
    lower('mean age / bound, 1 answer', overBound(one), '×', 1.15),
    lower('mean age / bound, 6 answers', overBound(six), '×', 1.35),
    lower('mean age above the best other', mostAbove(results, isComplete), 'ms', withinMs),
    lower('mean age above the best in time', mostAbove(results, isInTimeAmong(results)), 'ms', withinMs),
    lower('unfairness', most(inSituation(own, ...compared), 'unfairness'), '×', 1.5),
    lower('answers 429', total(own, 'refused429'), '', 0),
  ]
}

function slackFigures(results: readonly Result[], roundTripMs: number): readonly Figure[] {
  const own = liveOnes(results)
  const one = inSituation(own, 'one')
  const begun = judgedIn(inSituation(own, ...compared)).filter(({ hadSlot }) => hadSlot)
  return [
    lower('Slack: first token → first text p95', spread(begun.map(one => one.firstTextMs)).p95, 'ms', 200),
    lower('Slack: last token → complete text p95', finalOf(one).p95, 'ms', 100 + roundTripMs),
    lower('Slack: mean age / bound, 1 answer', overBound(one), '×', 1.15),
    lower('Slack: mean age above the best other', mostAbove(results, isComplete), 'ms', withinMs),
    lower('Slack: mean age above the best in time', mostAbove(results, isInTimeAmong(results)), 'ms', withinMs),
    lower('Slack: unfairness', most(inSituation(own, ...compared), 'unfairness'), '×', 1.5),
    lower('Slack: answers 429', total(own, 'refused429'), '', 0),
  ]
}

/** On every platform, at every pace and in every weather. */
function textFigures(own: readonly Result[]): readonly Figure[] {
  if (own.length === 0) return []
  return [
    lower('first texts of a single letter', total(own, 'scantBegins'), '', 0),
    lower('identical consecutive writes', total(own, 'identicalWrites'), '', 0),
    lower('letters lost', total(own, 'lostLetters'), '', 0),
    lower('letters doubled', total(own, 'doubledLetters'), '', 0),
    lower('spoilt answers', total(own, 'spoilt') + total(own, 'unanswered'), '', 0),
  ]
}

function on(platform: Platform, results: readonly Result[]): readonly Result[] {
  return results.filter(({ scenario }) => scenario.platform === platform)
}

/** What is compared: Aeries as it is unless somebody wants it calmer. */
function liveOnes(results: readonly Result[]): readonly Result[] {
  return results.filter(({ contender }) => contender === aeries)
}

function inSituation(results: readonly Result[], ...wanted: readonly Situation[]): readonly Result[] {
  return results.filter(({ scenario }) => wanted.includes(scenario.situation))
}

function judgedIn(results: readonly Result[]) {
  return results.flatMap(({ judged }) => judged)
}

function finalOf(results: readonly Result[]) {
  return spread(judgedIn(results).map(untilWhole))
}

function slowest(results: readonly Result[]): number {
  return Math.max(...judgedIn(results).map(untilWhole))
}

function overBound(results: readonly Result[]): number {
  return Math.max(...results.map(({ summary }) => summary.meanAgeMs / summary.boundMs))
}

function most(results: readonly Result[], count: Count): number {
  return Math.max(...results.map(({ summary }) => summary[count]))
}

/** Of no results nothing is known. */
function total(results: readonly Result[], count: Count): number {
  return results.length === 0 ? Number.NaN : results.reduce((sum, { summary }) => sum + summary[count], 0)
}

function lower(name: string, value: number, unit: string, limit: number): Figure {
  return figure({ name, value: round(value), unit, limit: round(limit), better: 'lower' })
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000
}
