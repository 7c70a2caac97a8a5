import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { shutdownNote } from '#src/engine/words.ts'
import type { OpenScene } from '#test/journey/open-scene.ts'
import { patience } from '#test/support/patience.ts'
import { Service } from '#test/support/start-service.ts'

/** What outlives a process of Aeries, and how one ends. */
export function memory(open: OpenScene): void {
  describe.concurrent('a restart', () => {
    it('forgets nothing that was said before it', async () => {
      await using scene = await open()
      await using database = await aDatabase()
      const { world } = scene
      {
        await using before = await scene.house(database)
        await world.say('mira', 'dm', 'My favourite colour is turquoise')
        await before.closed(1)
      }
      const after = await scene.house(database)
      await world.say('mira', 'dm', 'What is my favourite colour?')
      await after.closed(1)
      expect(world.said('dm').at(-1)?.text).toMatch(/turquoise/)
    })

    it('answers once what the platform tells again, before it and after', async () => {
      await using scene = await open()
      await using database = await aDatabase()
      const { world, vllm } = scene
      const told = []
      {
        await using before = await scene.house(database)
        told.push(await world.say('mira', 'channel', '@Aeries hello'))
        told.push(await world.say('jonas', 'dm', 'hello'))
        await before.closed(2)
        for (const spoken of told) await world.repeat(spoken)
        await world.say('wren', 'dm', 'hello')
        await before.closed(3)
      }
      const after = await scene.house(database)
      for (const spoken of told) await world.repeat(spoken)
      await world.say('mira', 'dm', 'Anything new?')
      await after.closed(1)
      expect(world.said('channel')).toHaveLength(1)
      expect(world.said('dm', 'jonas')).toHaveLength(1)
      expect(world.everSaid()).toBe(4)
      expect(vllm.calls).toHaveLength(4)
    })

    it('by SIGTERM in the middle of an answer shows what there is, and says that it broke off', async () => {
      await using scene = await open()
      const { world, vllm } = scene
      await using service = new Service({ ...world.settings, VLLM_URL: vllm.url, DATABASE_PATH: ':memory:' })
      await service.says('Aeries is here')
      vllm.script({ tokens: ['The tide ', 'turns ', 'at noon.'], itlMs: [0, 60_000] })
      await world.say('mira', 'dm', 'When does the tide turn?')
      await world.until('dm', text => text.trim() === 'The tide turns')
      service.kill('SIGTERM')
      expect(await service.exit()).toBe(0)
      expect(world.said('dm').map(({ text }) => text)).toEqual([world.withNote('The tide turns', shutdownNote)])
      await vllm.until(() => vllm.calls[0]?.outcome === 'aborted', patience())
    })
  })
}

async function aDatabase(): Promise<AsyncDisposable & Readonly<{ databasePath: string }>> {
  const folder = await mkdtemp(join(tmpdir(), 'aeries-'))
  return {
    databasePath: join(folder, 'aeries.db'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  }
}
