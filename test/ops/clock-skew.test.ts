import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { request } from 'undici'
import { expect, it } from 'vitest'
import { ClockSkew } from '#src/ops/clock-skew.ts'
import { ManualClock } from '#test/support/manual-clock.ts'

const start = new Date('2026-11-23T12:00:00.000Z')

/** A platform whose clock stands still at a time. */
async function open(date: () => string) {
  const server = createServer((_, response) => response.setHeader('date', date()).end()).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url, [Symbol.dispose]: close }
}

async function ask(url: string): Promise<void> {
  await (await request(url)).body.dump()
}

it('tells how far our clock is ahead of a platform, from what that answers anyway', async () => {
  const clock = new ManualClock(start)
  let theirs = new Date('2026-11-23T11:59:00Z').toUTCString()
  using platform = await open(() => theirs)
  using other = await open(() => 'no date')
  using skew = new ClockSkew(clock, new Map([[platform.url, 'discord']]))
  await ask(other.url)
  expect(skew.aheadSeconds).toEqual({})
  await ask(platform.url)
  expect(skew.aheadSeconds).toEqual({ discord: 59.5 })

  theirs = new Date('2026-11-23T12:00:40Z').toUTCString()
  await ask(platform.url)
  expect(skew.aheadSeconds).toEqual({ discord: 59.5 })
  await clock.advance(10_000)
  // Node's own fetch, as the Slack client has it, tells of its answers as well.
  await fetch(platform.url)
  expect(skew.aheadSeconds).toEqual({ discord: -30.5 })

  skew[Symbol.dispose]()
  await clock.advance(10_000)
  theirs = new Date('2026-11-23T12:00:00Z').toUTCString()
  await ask(platform.url)
  expect(skew.aheadSeconds).toEqual({ discord: -30.5 })
})
