import { expect, it } from 'vitest'
import type { Result } from '#bench/stream/result.ts'
import { programme } from '#bench/stream/scenarios.ts'
import { tableOf } from '#bench/stream/table.ts'

const acts = programme({ seconds: 2, spanSeconds: 3, repeats: 1, crowds: 1, phases: 1, channels: 1, inSlack: [3] })
const slack = acts.flatMap(({ scenarios }) => scenarios).find(({ name }) => name === '3 in Slack')
const roundTrip = { count: 1, p50: 1, p95: 2, p99: 2, max: 2 }
const conditions = { seconds: 12, latencyMs: 0, roundTrip, isNoisy: false }

function resultOf(contender: string, more: object): Result {
  const spread = { p50: 10, p95: 1_500, max: 1_500 }
  const summary = {
    firstTextMs: spread,
    finalMs: spread,
    meanAgeMs: 625,
    p95AgeMs: 12_345,
    boundMs: 600,
    writes: 7,
    identicalWrites: 0,
    refused429: 0,
    lostLetters: 0,
    doubledLetters: 0,
    spoilt: 0,
    unanswered: 0,
    neverWhole: 0,
    ...more,
  }
  return { scenario: slack, contender, summary, judged: [] } as unknown as Result
}

it('gives each contender a row under its scenario, and says who loses text', () => {
  const table = tableOf([resultOf('aeries', {}), resultOf('loop-500', { lostLetters: 3, neverWhole: 1 })], conditions)
  const [, scenario = ''] = table.split('## ')
  expect(scenario).toContain('Slack: 3 in Slack\n\n3 answers. The limits allow a mean age of 0.60 s.')
  expect(scenario).toContain('| **aeries** | 0.01 s / 1.50 s | 0.01 s / 1.50 s | 0.63 s | 12.3 s | 7 | 0 | 0 | 0 / 0 |')
  expect(scenario).toContain('| loop-500 (loses text) | 0.01 s / 1.50 s | 0.01 s / 1.50 s, never 1 |')
  expect(table).not.toContain('not to be quoted')
})

it('warns of times that a busy machine made', () => {
  expect(tableOf([], { ...conditions, isNoisy: true })).toContain('not to be quoted')
})
