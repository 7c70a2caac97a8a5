import { describe, expect, it } from 'vitest'
import { aWorld } from './a-world.ts'

describe('a message of our account that the ledger does not know', () => {
  it('raises an alarm that names the cure, and none when the ledger knows it after all', async () => {
    const world = aWorld()
    const { clock, surface, store, say, start } = world
    const { engine, hear, log } = await start()
    await hear(say())
    await clock.advance(1_000)
    const [known] = surface.messages.keys()
    const { message, place } = say()
    for (const own of [known, message.id]) {
      if (own) engine.event({ type: 'own', platform: 'test', place, message: own, at: clock.now() })
    }
    await clock.advance(6_000)
    const alarms = log.lines.filter(({ level }) => level === 'error')
    expect(alarms).toMatchObject([{ fields: { message: message.id, cure: expect.stringMatching(/token of its own/) } }])
    expect(await store.turns.open()).toEqual([])
  })
})
