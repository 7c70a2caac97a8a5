import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Gaps } from '#adapters/slack/gaps.ts'
import { aHouse, anOpenHouse, type House, never } from './slack-house.ts'

const timing = { gapMs: 300 }

describe('a gap on Slack', () => {
  it('is told once when all lines were down for longer than a moment, and then what was missed can be read', async () => {
    await using house = await anOpenHouse({ parts: { timing }, rules: { retryDelaysMs: [] } })
    await house.server.watch.connected(2)
    await hello(house)
    const before = new Date()
    await away(house, 600, () => house.server.people.say('mira', 'dm', 'is anybody there?'))
    const { platform, since } = await house.inbox.next('gap')
    expect(platform).toBe('slack')
    expect(since.getTime()).toBeGreaterThan(before.getTime() - 15_000)
    expect(since.getTime()).toBeLessThanOrEqual(Date.now() - 300)
    const missed = []
    for await (const told of house.adapter.missed({ since, places: [] }, never)) {
      if (told.type === 'message') missed.push(told.message.text)
    }
    expect(missed).toContain('is anybody there?')
    await house.server.watch.connected(2)
    await hello(house)
    expect(gapsIn(house)).toHaveLength(1)
  })

  it('is told for each time anew', async () => {
    await using house = await anOpenHouse({ parts: { timing } })
    await house.server.watch.connected(2)
    for (let round = 1; round <= 2; round += 1) {
      await away(house, 400)
      await house.inbox.next('gap')
      await house.server.watch.connected(2)
      expect(gapsIn(house)).toHaveLength(round)
    }
  })

  it('is none when lines hand over, when one of them breaks, or when a moment passes without any', async () => {
    await using house = await anOpenHouse({
      parts: { timing: { gapMs: 2_000 } },
      rules: { retryDelaysMs: [20, 50, 100, 200, 400, 800] },
    })
    await house.server.watch.connected(2)
    const { sockets } = house.server
    sockets.disconnect('warning')
    await house.server.watch.connected(2)
    await house.server.delivering.storm({ times: 5, everyMs: 50 })
    await house.server.watch.connected(2)
    sockets.helloDelayMs = 100
    for (let round = 0; round < 3; round += 1) {
      sockets.disconnect('refresh_requested', 10, sockets.open[0]?.name)
      await hello(house)
    }
    sockets.drop()
    await house.server.watch.connected(2)
    await hello(house)
    expect(gapsIn(house)).toEqual([])
  })

  it('is none on HTTP, where Slack tells again what nobody took', async () => {
    await using house = await aHouse({ rules: { retryDelaysMs: [0, 200, 400] } })
    const { signingSecret } = house.server.app
    const http = { ...house, server: house.server }
    const { createSlackAdapter } = await import('#adapters/slack/slack-adapter.ts')
    const { systemClock } = await import('#src/system-clock.ts')
    await using adapter = createSlackAdapter({
      apiUrl: house.server.apiUrl,
      access: { type: 'token', botToken: house.harbour.botToken },
      delivery: { type: 'http', signingSecret },
      port: 0,
      dmStyle: undefined,
      nativeStream: 'dm',
      log: house.log,
      clock: systemClock,
    })
    await adapter.start(house.inbox, never)
    await http.server.delivering.useHttp(`http://127.0.0.1:${adapter.port}/slack/events`)
    await hello(house)
    expect(gapsIn(house)).toEqual([])
  })
})

describe('the time without a line', () => {
  it('begins with the first loss, as early as that may have been unnoticed, and is a gap when it was long enough', () => {
    const at = (ms: number) => new Date(1_700_000_000_000 + ms)
    const gaps = new Gaps(3_000)
    expect(gaps.opened(at(0))).toBeUndefined()
    gaps.closed(at(1_000), 500)
    gaps.closed(at(2_000), 0)
    expect(gaps.opened(at(4_000))).toEqual(at(500))
    gaps.closed(at(5_000), 10_000)
    expect(gaps.opened(at(7_999))).toBeUndefined()
    expect(gaps.opened(at(20_000))).toBeUndefined()
  })
})

/** All lines break, and none can be opened for a while. */
async function away({ server }: House, ms: number, meanwhile?: () => void): Promise<void> {
  const fault = server.faults.add({ kind: 'error', status: 503, method: 'apps.connections.open' })
  server.sockets.drop()
  meanwhile?.()
  await sleep(ms)
  server.faults.remove(fault)
}

async function hello({ server, inbox }: House): Promise<void> {
  server.people.say('mira', 'dm', 'hello')
  await inbox.next('message')
}

function gapsIn({ inbox }: House) {
  return inbox.events.filter(({ type }) => type === 'gap')
}
