import { describe, expect, it } from 'vitest'
import { openHouse, openWorld } from './open-house.ts'

describe('openHouse', () => {
  it('writes no more in a second than nine tenths of what Discord grants', async () => {
    await using world = await openWorld({ globalPerSecond: 20, writes: { limit: 1_000, windowMs: 1_000 } })
    await using house = await openHouse(world)
    // Discord itself holds nobody up.
    world.discord.rules.globalPerSecond = 10_000
    const people = Array.from({ length: 40 }, (_, i) => `reader${i}`)
    for (const name of people) world.discord.scene.createPerson({ name })
    const asked = Date.now()
    for (const name of people) world.discord.people.say(name, 'dm', 'hello')
    await house.closed(people.length)
    const written = world.discord.log
      .filter(({ method, route }) => method !== 'GET' && route.includes('/messages'))
      .map(({ at }) => at)
    expect(written.length).toBeGreaterThanOrEqual(people.length)
    // Forty at 18 a second reach into a third second. How long the first ones were on their way is the machine's matter.
    expect(Math.max(...written) - asked).toBeGreaterThan(1_900)
  })
})
