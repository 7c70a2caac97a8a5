import type { Percentiles } from '#bench/frame/timings.ts'
import { isOwn } from './contenders.ts'
import { isComplete, type Result } from './result.ts'
import type { Scenario } from './scenario.ts'

export type Conditions = Readonly<{ seconds: number; latencyMs: number; roundTrip: Percentiles; isNoisy: boolean }>

const heads =
  '| | first text p50 / p95 | complete text p50 / p95 | mean age | p95 age | writes | same again | 429 | letters lost / doubled |'

/** All contenders in all scenarios of a run, as markdown: a table a scenario. */
export function tableOf(results: readonly Result[], conditions: Conditions): string {
  const byScenario = Map.groupBy(results, ({ scenario }) => scenario)
  const tables = [...byScenario].map(([scenario, played]) => tableOfScenario(scenario, played))
  return `${[...introduction(conditions), ...tables].join('\n\n')}\n`
}

function introduction({ seconds, latencyMs, roundTrip, isNoisy }: Conditions): readonly string[] {
  const way = latencyMs === 0 ? 'over loopback' : `with ${latencyMs} ms or twice that on the way of every request`
  return [
    '# All contenders in all scenarios',
    `Written by \`npm run bench -- stream --table FILE\`. An ordinary answer takes ${seconds} s or a little more, ${way}; a
request took ${roundTrip.p50} ms (p95 ${roundTrip.p95} ms) to the bench and back. [streaming.md](streaming.md) tells what the columns mean.`,
    ...(isNoisy ? ['**The machine was busy with other things: these times are not to be quoted.**'] : []),
  ]
}

function tableOfScenario(scenario: Scenario, played: readonly Result[]): string {
  const rows = played.map(rowOf)
  return [
    `## ${scenario.platform === 'discord' ? 'Discord' : 'Slack'}: ${scenario.name}`,
    '',
    boundsOf(scenario, played),
    '',
    heads,
    '|---|---|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n')
}

function boundsOf({ channels, situation }: Scenario, played: readonly Result[]): string {
  const answers = channels.flatMap(channel => channel.answers).length
  const told = answers === 1 ? '1 answer' : `${answers} answers`
  if (situation === 'weather') return `${told}; a fifth of all requests fails.`
  const bounds = played.map(({ summary }) => summary.boundMs)
  return `${told}. The limits allow a mean age of ${inSeconds(Math.max(...bounds))}.`
}

function rowOf(result: Result): string {
  const { contender, summary } = result
  const { firstTextMs, finalMs, meanAgeMs, p95AgeMs, writes, identicalWrites, refused429 } = summary
  const name = isOwn(contender) ? `**${contender}**` : contender
  const cells = [
    isComplete(result) ? name : `${name} (loses text)`,
    `${inSeconds(firstTextMs.p50)} / ${inSeconds(firstTextMs.p95)}`,
    `${inSeconds(finalMs.p50)} / ${inSeconds(finalMs.p95)}${neverOf(result)}`,
    inSeconds(meanAgeMs),
    inSeconds(p95AgeMs),
    writes,
    identicalWrites,
    refused429,
    `${summary.lostLetters} / ${summary.doubledLetters}`,
  ]
  return `| ${cells.join(' | ')} |`
}

function neverOf({ summary: { neverWhole, unanswered } }: Result): string {
  const never = neverWhole + unanswered
  return never === 0 ? '' : `, never ${never}`
}

function inSeconds(ms: number): string {
  if (!Number.isFinite(ms)) return '–'
  return `${(ms / 1_000).toFixed(ms < 9_995 ? 2 : 1)} s`
}
