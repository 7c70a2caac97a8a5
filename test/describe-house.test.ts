import { expect, it } from 'vitest'
import { describeHouse } from '#src/describe-house.ts'
import { patience } from '#test/support/patience.ts'

const vllm = {
  url: ['http://127.0.0.1:8000', 'https://user:secret@gpu.example:8443', 'http://localhost:1'],
  model: 'Qwen/Qwen3-8B',
}
const startedAt = new Date(0)

it('tells people the model and the machines it runs on, and no password', async () => {
  const told = { operator: 'the harbour office', guideUrl: 'https://harbour.example/aeries' }
  const config = { vllm, told, retention: { days: 30, places: new Map([['slack', 0]]) } } as unknown as Parameters<
    typeof describeHouse
  >[0]
  const house = describeHouse(config, { refresh: async () => {} }, startedAt)
  expect(house).toMatchObject({
    model: 'Qwen/Qwen3-8B',
    modelAt: ['the machine that I run on', 'gpu.example'],
    startedAt,
    ...told,
  })
  expect(['slack', 'discord'].map(platform => house.keepsDays({ platform, workspace: 'W', channel: 'C' }))).toEqual([
    0, 30,
  ])
  expect(house.version).toMatch(/^\d+\.\d+\.\d+/)
  expect(await house.isModelThere(patience())).toBe(true)
  const away = describeHouse(config, { refresh: () => Promise.reject(new Error('away')) }, startedAt)
  expect(await away.isModelThere(patience())).toBe(false)
})
