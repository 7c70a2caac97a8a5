import { describe, it } from 'vitest'
import { SessionStarts } from '#adapters/discord/session-starts.ts'
import type { ShardManager } from '#adapters/discord/shards.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { aHouse, anOpenHouse, type House, never } from './discord-house.ts'

// A second session within five seconds waits for Discord's own pause: together the tests are quick.
describe.concurrent('session starts', () => {
  it('that are used up for the day are waited for at the start, in clear words and without spending any', async ({
    expect,
  }) => {
    await using house = await aHouse({ rules: { sessionStarts: { total: 1_000, remaining: 0, maxConcurrency: 1 } } })
    const start = house.adapter.start(house.inbox, never)
    start.catch(() => undefined)
    const words = expect.stringMatching(/no more sessions .* before 20.*no other program uses its token/)
    await expect.poll(() => house.adapter.health()).toEqual({ state: 'connecting', cause: words })
    await expect.poll(() => house.clock.pending).toBe(1)
    await house.clock.advance(9 * 60_000)
    expect(house.log.lines.map(({ event }) => event)).toEqual(['discord opens no session'])
    house.server.rules.sessionStarts.remaining = 1
    await house.clock.advance(60_000)
    await start
    expect(house.adapter.health()).toEqual({ state: 'connected' })
    expect(house.server.rules.sessionStarts.remaining).toBe(0)
  })

  it('that are used up when a session is lost are waited for, and the gap is told afterwards', async ({ expect }) => {
    await using house = await anOpenHouse()
    house.server.rules.sessionStarts.remaining = 0
    house.server.gateway.invalidate(false)
    const words = expect.stringMatching(/no more sessions/)
    await expect.poll(() => house.adapter.health()).toEqual({ state: 'connecting', cause: words })
    expect(house.log.lines.at(-1)).toMatchObject({ level: 'error', event: 'discord opens no session' })
    house.server.rules.sessionStarts.remaining = 1
    const greeted = nextReady(house)
    await house.clock.advance(10 * 60_000)
    await greeted
    await house.inbox.next('gap')
    expect(house.adapter.health()).toEqual({ state: 'connected' })
  })

  it('can be stopped in the middle of the wait', async ({ expect }) => {
    await using house = await anOpenHouse()
    house.server.rules.sessionStarts.remaining = 0
    house.server.gateway.invalidate(false)
    await expect.poll(() => house.clock.pending).toBe(1)
    await house.adapter[Symbol.asyncDispose]()
    expect(house.clock.pending).toBe(0)
    await expect.poll(() => house.server.gateway.counts.connections).toBe(0)
  })

  it('become slower the more often sessions end, so that a day has fewer than Discord resets the token for', async ({
    expect,
  }) => {
    const clock = new ManualClock()
    const parts = { clock, onExhausted: () => undefined }
    const starts: number[] = []
    const first = clock.now().getTime()
    const sessions = new SessionStarts(parts)
    const run = async () => {
      for (;;) {
        // Each start has a client of its own here: the library's own pause of five real seconds is left out.
        const { waitForIdentify } = await sessions.throttler(aManager())
        await waitForIdentify(0, never)
        starts.push(clock.now().getTime() - first)
        await clock.sleep(100)
      }
    }
    void run()
    for (let minutes = 0; minutes < 24 * 60; minutes += 1) await clock.advance(60_000)
    expect(starts.slice(0, 8)).toEqual([0, 100, 200, 300, 400, 5_500, 15_600, 35_700])
    expect(starts.length).toBeGreaterThan(500)
    expect(starts.length).toBeLessThan(750)
  })

  it('go on when nobody can say how many are left, and as many at once as Discord lets in', async ({ expect }) => {
    const clock = new ManualClock()
    const sessions = new SessionStarts({ clock, onExhausted: () => undefined })
    const manager = aManager()
    const { waitForIdentify } = await sessions.throttler(manager)
    manager.fetchGatewayInformation = () => Promise.reject(new Error('away'))
    await Promise.all([waitForIdentify(0, never), waitForIdentify(1, never)])
    expect(clock.pending).toBe(0)
  })
})

function aManager() {
  const session_start_limit = { total: 1_000, remaining: 900, reset_after: 0, max_concurrency: 2 }
  const information = { url: 'ws://127.0.0.1', shards: 1, session_start_limit }
  return { fetchGatewayInformation: () => Promise.resolve(information) } as unknown as ShardManager
}

async function nextReady({ server }: House): Promise<void> {
  await server.events.next(event => (event.type === 'gateway' && event.state === 'ready') || undefined)
}
