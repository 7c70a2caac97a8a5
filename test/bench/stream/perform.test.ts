import { expect, it } from 'vitest'
import { contenders } from '#bench/stream/contenders.ts'
import { openDiscordStage } from '#bench/stream/discord-stage.ts'
import { judge } from '#bench/stream/judge.ts'
import { perform } from '#bench/stream/perform.ts'
import type { Scenario } from '#bench/stream/scenario.ts'
import { summarise } from '#bench/stream/summary.ts'
import { createTrace } from '#bench/stream/trace.ts'
import { createVllmServer } from '#playground/vllm-server/vllm-server.ts'
import { patience } from '#test/support/patience.ts'

const loop = contenders.find(({ name }) => name === 'loop-500')!

const twoAnswers: Scenario = {
  name: 'two answers',
  platform: 'discord',
  setting: 'channel',
  situation: 'crowd',
  channels: [
    {
      name: 'room',
      answers: ['tale1x', 'tale2x'].map((tag, asker) => ({
        tag,
        asker,
        firstTokenMs: 100,
        trace: createTrace({ type: 'tokens', count: 30, perSecond: 60 }, tag, asker),
      })),
    },
  ],
}

it('plays a scenario with a contender of its own process, and finds every answer whole', async () => {
  const signal = patience()
  await using vllm = await createVllmServer()
  await using stage = await openDiscordStage({ contender: loop, environment: { VLLM_URL: vllm.url } }, signal)
  const [played] = await perform([stage], [twoAnswers], vllm, signal)
  const judged = judge(played!, new Map(vllm.calls.map(call => [call.script ?? '', call])))
  const summary = summarise(played!, judged)
  expect(judged.map(({ key }) => key)).toEqual(['loop-500 tale1x', 'loop-500 tale2x'])
  expect(summary).toMatchObject({
    answers: 2,
    unanswered: 0,
    neverWhole: 0,
    refused429: 0,
    identicalWrites: 0,
    lostLetters: 0,
    doubledLetters: 0,
    spoilt: 0,
  })
  expect(summary.writes).toBeGreaterThanOrEqual(4)
  for (const { firstTextMs, finalMs, meanAgeMs } of judged) {
    expect(firstTextMs).toBeGreaterThan(-50)
    expect(finalMs).toBeGreaterThanOrEqual(0)
    expect(meanAgeMs).toBeGreaterThan(0)
  }
})
