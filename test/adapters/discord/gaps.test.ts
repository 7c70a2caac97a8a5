import { describe, expect, it } from 'vitest'
import { Gaps } from '#adapters/discord/gaps.ts'
import { OwnTime } from '#test/support/own-time.ts'
import { anOpenHouse, type House } from './discord-house.ts'

// A second session within five seconds waits for Discord's own pause: together the tests are quick.
describe.concurrent('a gap in what Discord tells', () => {
  it.each(['invalidated', 'forgotten'] as const)(
    'is told once when the session was %s, and events flow again',
    async how => {
      // Discord takes no second session within five seconds, and turns away whoever asks for one.
      await using house = await anOpenHouse({ rules: { identifyWindowMs: 4_900 } })
      const { gateway, people } = house.server
      people.say('mira', 'dm', 'before')
      await house.inbox.next('message')
      const before = house.clock.now()
      await house.clock.advance(60_000)
      if (how === 'invalidated') gateway.invalidate(false)
      else {
        gateway.loseSessions()
        gateway.drop()
      }
      const greeted = nextState(house, 'ready')
      people.say('mira', 'dm', 'into the void')
      await greeted
      expect(await house.inbox.next('gap')).toEqual({ type: 'gap', platform: 'discord', since: before })
      expect(house.adapter.health()).toEqual({ state: 'connected' })
      people.say('mira', 'dm', 'after')
      expect((await house.inbox.next('message')).message.text).toBe('after')
      expect(house.inbox.events.map(({ type }) => type)).toEqual(['message', 'gap', 'message'])
    },
    20_000,
  )

  it('is none when the session is resumed: after a drop, on request, over the same socket, from a zombie', async ({
    expect,
  }) => {
    await using house = await anOpenHouse({ rules: { heartbeatIntervalMs: 150 } })
    const { gateway, people } = house.server
    const breaks = [
      () => gateway.drop(),
      () => gateway.reconnect(),
      () => gateway.invalidate(true),
      () => gateway.zombify(),
    ]
    for (const [at, breakIt] of breaks.entries()) {
      const resumed = nextState(house, 'resumed')
      breakIt()
      people.say('mira', 'dm', `word ${at}`)
      await resumed
      expect((await house.inbox.next('message')).message.text).toBe(`word ${at}`)
    }
    await expect.poll(() => house.adapter.health()).toEqual({ state: 'connected' })
    expect(house.inbox.events.map(({ type }) => type)).toEqual(breaks.map(() => 'message'))
  })

  it('of a zombie begins with its last sign of life, not with the last event', async ({ expect }) => {
    await using house = await anOpenHouse({ rules: { heartbeatIntervalMs: 400 } })
    const { gateway, people } = house.server
    people.say('mira', 'dm', 'before')
    await house.inbox.next('message')
    await house.clock.advance(3_600_000)
    const alive = house.clock.now()
    // The echoes of heartbeats go on, and nothing else happens.
    using time = new OwnTime()
    await expect.poll(() => time.ms).toBeGreaterThan(1_000)
    await house.clock.advance(60_000)
    const greeted = nextState(house, 'ready')
    gateway.zombify()
    gateway.loseSessions()
    await greeted
    const { since } = await house.inbox.next('gap')
    expect(since.getTime()).toBeGreaterThanOrEqual(alive.getTime())
  })
})

describe('Gaps', () => {
  const at = (second: number) => new Date(second * 1_000)

  it('are none at the first greeting, whatever the socket said before, and one for each lost session', () => {
    const gaps = new Gaps()
    gaps.heard(0, at(0))
    gaps.greeted(0)
    gaps.heard(0, at(1))
    expect(gaps.ready(0)).toBeUndefined()
    gaps.heard(0, at(2))
    gaps.closed(0)
    // A new socket that waits for its session.
    gaps.heard(0, at(600))
    gaps.greeted(0)
    gaps.heard(0, at(601))
    expect(gaps.ready(0)).toEqual(at(2))
    expect(gaps.ready(0)).toBeUndefined()
  })

  it('begin anew after a resume', () => {
    const gaps = new Gaps()
    gaps.greeted(0)
    gaps.heard(0, at(1))
    gaps.closed(0)
    gaps.resumed(0)
    gaps.heard(0, at(5))
    gaps.closed(0)
    gaps.greeted(0)
    expect(gaps.ready(0)).toEqual(at(5))
  })

  it('are each shard’s own, and grow when a session is lost before it is ready', () => {
    const gaps = new Gaps()
    for (const shard of [0, 1]) {
      gaps.greeted(shard)
      gaps.heard(shard, at(1 + shard))
    }
    gaps.closed(0)
    gaps.greeted(0)
    gaps.heard(0, at(5))
    gaps.closed(0)
    gaps.greeted(0)
    expect(gaps.ready(1)).toBeUndefined()
    expect(gaps.ready(0)).toEqual(at(1))
  })
})

async function nextState({ server }: House, state: 'ready' | 'resumed'): Promise<void> {
  await server.events.next(event => (event.type === 'gateway' && event.state === state) || undefined)
}
