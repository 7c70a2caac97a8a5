import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { House } from '#test/support/build-house.ts'
import { discordPlatform } from './discord-platform.ts'
import type { JourneyPlatform, Spot } from './journey-platform.ts'
import { openScene, type Scene } from './open-scene.ts'
import { slackPlatform } from './slack-platform.ts'

type Manner = Readonly<{ name: boolean; sentences: number }>

const question = 'How are the tides?'
const stranger: Manner = { name: false, sentences: 3 }

// A Discord DM belongs to no guild, and workspaces never mix; in Slack style travels through the workspace, and a name does not.
describe.each([
  { platform: discordPlatform as JourneyPlatform, inChannel: stranger },
  { platform: slackPlatform as JourneyPlatform, inChannel: { name: false, sentences: 1 } },
])('learning in $platform.name', ({ platform, inChannel }) => {
  it('hears once how somebody wants to be talked to, and talks to them so, also after a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'aeries-'))
    await using _ = { [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
    await using scene = await openScene(platform)
    const databasePath = join(folder, 'aeries.db')
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
    const prompts = scene.vllm.calls.filter(({ body }) => JSON.stringify(body).includes(' Mo.'))
    expect(prompts.some(({ body }) => JSON.stringify(body).includes('Asking now'))).toBe(false)
  })
})

/** Asks, waits until the answer stands and all that was said is learnt, and tells how the answer was. */
async function ask(scene: Scene, house: House, spot: Spot, text: string, person = 'mira'): Promise<Manner> {
  const { store } = house
  const before = house.turns.length
  await scene.world.say(person, spot, text)
  const closed = await house.closed(before + 1)
  await expect.poll(async () => (await store.learning.jobs()).waiting, { timeout: 10_000, interval: 10 }).toBe(0)
  const said = closed[before]?.reply.text.split('\n\n')[0] ?? ''
  return { name: said.startsWith('Mo, '), sentences: said.split(/(?<=[.!?])\s/).length }
}
