import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { House } from '#test/support/build-house.ts'
import { patience } from '#test/support/patience.ts'
import { discordPlatform } from './discord-platform.ts'
import type { JourneyPlatform, Spot } from './journey-platform.ts'
import { openScene, type Scene } from './open-scene.ts'
import { slackPlatform } from './slack-platform.ts'

type Manner = Readonly<{ name: boolean; sentences: number }>

const learnt = 'learnt from an exchange'
const question = 'How are the tides?'
const stranger: Manner = { name: false, sentences: 3 }

// A Discord DM belongs to no guild, and workspaces never mix; in Slack style travels through the workspace, and a name does not.
describe.each([
  { platform: discordPlatform as JourneyPlatform, inChannel: stranger },
  { platform: slackPlatform as JourneyPlatform, inChannel: { name: false, sentences: 1 } },
])('learning in $platform.name', ({ platform, inChannel }) => {
  it('hears once how somebody wants to be talked to, and talks to them so, also after a restart', async () => {
    await using scene = await openScene(platform)
    await using folder = await aFolder()
    const databasePath = join(folder.path, 'aeries.db')
    {
      await using house = await scene.house({ databasePath, learning: {} })
      expect(await ask(scene, house, 'dm', question)).toEqual(stranger)
      await ask(scene, house, 'dm', 'Please call me Mo. And keep it short!')
      expect(await ask(scene, house, 'dm', question)).toEqual({ name: true, sentences: 1 })
      expect(await ask(scene, house, 'dm', question, 'jonas')).toEqual(stranger)
    }
    await using house = await scene.house({ databasePath, learning: {} })
    expect(await ask(scene, house, 'dm', question)).toEqual({ name: true, sentences: 1 })
    expect(await ask(scene, house, 'channel', `@Aeries ${question}`)).toEqual(inChannel)
    expect(lastPrompt(scene)).toContain('Asking now')
    expect(lastPrompt(scene)).not.toContain('Call them')
  })
})

describe('a reply', () => {
  const jsonAsked = (scene: Scene) => scene.vllm.calls.filter(({ body }) => 'response_format' in body)
  const never = { quietMs: 0, concurrency: 1, perMinute: Number.POSITIVE_INFINITY, beside: 0, mostWaiting: 1_000 }

  it('does not wait for an observer that hangs in the only slot, and what that did not read is read after a restart', async () => {
    await using scene = await openScene(discordPlatform)
    await using folder = await aFolder()
    const databasePath = join(folder.path, 'aeries.db')
    const { vllm, world } = scene
    vllm.script({ match: { json: true }, times: 'always', fault: { kind: 'stall', at: 'first' } })
    {
      await using house = await scene.house({ databasePath, learning: {}, vllm: { maxConcurrent: 1 } })
      for (const [at, text] of ['Please call me Mo.', question, 'Keep it short!'].entries()) {
        await world.say('mira', 'dm', text)
        await house.closed(at + 1)
        await vllm.until(() => jsonAsked(scene)[at]?.outcome === 'open', patience())
      }
      expect(jsonAsked(scene).map(({ outcome }) => outcome)).toEqual(['aborted', 'aborted', 'open'])
      expect(await house.store.learning.jobs()).toMatchObject({ waiting: 3, dead: 0 })
    }
    await vllm.reset()
    await using house = await scene.house({ databasePath, learning: {} })
    await expect.poll(async () => (await house.store.learning.jobs()).waiting).toBe(0)
    expect(jsonAsked(scene)).toHaveLength(1)
    expect(await ask(scene, house, 'dm', question)).toEqual({ name: true, sentences: 1 })
  })

  it.each([
    ['refuses', { http: { status: 500 } }],
    ['is given no JSON', { text: '{' }],
    ['breaks off', { fault: { kind: 'rst', at: 1 } }],
  ] as const)('comes as ever while the server of the observer %s', async (_, script) => {
    await using scene = await openScene(discordPlatform)
    const { vllm, world } = scene
    vllm.script({ ...script, match: { json: true }, times: 'always' })
    await using house = await scene.house({ learning: { cadence: { ...never, timeoutMs: 1_000 } } })
    for (let turn = 1; turn <= 6; turn++) {
      await world.say('mira', 'dm', `Please call me Mo. And what about boat${turn}?`)
      await house.closed(turn)
      // What code alone finds is learnt all the same.
      await expect.poll(() => house.log.lines.map(({ event }) => event)).toContain(learnt)
    }
    expect(house.turns.map(({ reply }) => reply.outcome)).toEqual(Array(6).fill('done'))
    expect(lastPrompt(scene)).toContain('Call them')
    expect(jsonAsked(scene).length).toBeGreaterThan(0)
  })
})

function lastPrompt({ vllm }: Scene): string {
  return JSON.stringify(vllm.calls.findLast(({ body }) => !('response_format' in body))?.body)
}

async function aFolder() {
  const path = await mkdtemp(join(tmpdir(), 'aeries-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

/** Asks, waits until the answer stands and all that was said is learnt, and tells how the answer was. */
async function ask(scene: Scene, house: House, spot: Spot, text: string, person = 'mira'): Promise<Manner> {
  const { store } = house
  const before = house.turns.length
  await scene.world.say(person, spot, text)
  const closed = await house.closed(before + 1)
  await expect.poll(async () => (await store.learning.jobs()).waiting, { interval: 10 }).toBe(0)
  const said = closed[before]?.reply.text.split('\n\n')[0] ?? ''
  return { name: said.startsWith('Mo, '), sentences: said.split(/(?<=[.!?])\s/).length }
}
