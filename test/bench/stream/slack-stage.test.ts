import { expect, it } from 'vitest'
import { contenders } from '#bench/stream/contenders.ts'
import { judge } from '#bench/stream/judge.ts'
import { perform } from '#bench/stream/perform.ts'
import type { Scenario, Setting } from '#bench/stream/scenario.ts'
import { openSlackStage } from '#bench/stream/slack-stage.ts'
import { summarise } from '#bench/stream/summary.ts'
import { createTrace } from '#bench/stream/trace.ts'
import { createVllmServer } from '#playground/vllm-server/vllm-server.ts'
import { patience } from '#test/support/patience.ts'

const aeries = contenders.find(({ name }) => name === 'aeries')!

function anAnswer(tag: string, setting: Setting): Scenario {
  const trace = createTrace({ type: 'tokens', count: 40, perSecond: 40 }, tag, 1)
  const channels = [{ name: tag, answers: [{ tag, asker: 0, firstTokenMs: 100, trace }] }]
  return { name: tag, platform: 'slack', setting, situation: 'one', channels }
}

it('sees an answer in a channel of Slack and one in the agent view, each by the methods that are used there', async () => {
  const signal = patience()
  const scenarios = [anAnswer('tale1x', 'channel'), anAnswer('tale2x', 'agent view')]
  await using vllm = await createVllmServer()
  const environment = { VLLM_URL: vllm.url, DATABASE_PATH: ':memory:', LOG_LEVEL: 'warn', OPS_PORT: '0' }
  await using stage = await openSlackStage({ contender: aeries, environment }, signal)
  const played = await perform([stage], scenarios, vllm, signal)
  const calls = new Map(vllm.calls.map(call => [call.script ?? '', call]))
  const summaries = played.map(one => summarise(one, judge(one, calls)))
  const whole = { answers: 1, unanswered: 0, neverWhole: 0, lostLetters: 0, doubledLetters: 0, spoilt: 0 }
  for (const summary of summaries) expect(summary).toMatchObject({ ...whole, refused429: 0, identicalWrites: 0 })
  const [inChannel, inView] = played.map(({ channels }) => channels[0]!.id)
  const contents = (channel: string | undefined) =>
    stage.writes().flatMap(write => (write.channel === channel && write.method === 'PATCH' ? [write.content] : []))
  expect(contents(inChannel).every(content => content !== undefined)).toBe(true)
  expect(contents(inView).length).toBeGreaterThan(0)
  expect(contents(inView).every(content => content === undefined)).toBe(true)
})
