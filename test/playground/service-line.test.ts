import { expect, test } from 'vitest'
import { isAlarming, readServiceLine } from '#playground/service-line.ts'

test.each([
  ['{"level":"info","msg":"Aeries is here"}', 'Aeries is here', false],
  [
    '{"level":"warn","msg":"the model is away","err":{"type":"UnavailableError","cause":{"code":"ECONNREFUSED"}}}',
    'the model is away: ECONNREFUSED',
    true,
  ],
  ['{"level":"warn","msg":"withheld","missing":"an intent","cure":"switch it on"}', 'withheld: switch it on', true],
  ['{"level":"info","msg":"nothing was learnt","why":"nothing new"}', 'nothing was learnt: nothing new', false],
  ['{"level":"error","msg":"failed","err":{"type":"TypeError"}}', 'failed: TypeError', true],
  ['Aeries cannot start:', 'Aeries cannot start:', true],
  ['{"json":"but no entry"}', '{"json":"but no entry"}', true],
])('%s is told as "%s"', (line, words, alarming) => {
  const read = readServiceLine(line)
  expect(read.words).toBe(words)
  expect(isAlarming(read)).toBe(alarming)
})
