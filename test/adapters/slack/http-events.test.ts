import { describe, expect, it } from 'vitest'
import { ConfigError } from '#src/core/errors.ts'
import { aHouse, type House, type HouseOptions, never } from './slack-house.ts'
import { grow, said } from './writing.ts'

describe('events by HTTP', () => {
  it('come in signed, are acknowledged at once, and are answered', async () => {
    await using house = await anHttpHouse()
    house.server.people.say('mira', 'dm', 'hello')
    const { surface } = await house.inbox.next('message')
    await grow(surface, ['Hello', 'Hello to you.'])
    expect(said(house, 'dm:mira')).toEqual(['Hello to you.'])
    const told = await house.server.watch.delivered('message.im')
    expect(told.attempts).toMatchObject([{ via: 'http', outcome: 'acknowledged' }])
    expect(house.server.sockets.open).toEqual([])
  })

  it.each([
    ['with another secret', { secret: 'not ours' }],
    ['long ago', { ageMs: 6 * 60_000 }],
  ])('are refused when they were signed %s', async (_, forgery) => {
    await using house = await anHttpHouse({ rules: { retryDelaysMs: [] } })
    const { http } = house.server.delivering
    if (http) http.forgery = forgery
    house.server.people.say('mira', 'dm', 'hello')
    const told = await house.server.watch.delivered('message.im')
    expect(told.attempts).toMatchObject([{ outcome: 'http_error' }])
    expect(house.inbox.events).toEqual([])
  })

  it('have the same key when Slack tells them again', async () => {
    await using house = await anHttpHouse()
    house.server.people.say('mira', 'dm', 'hello')
    const first = await house.inbox.next('message')
    await house.server.deliveries.repeat(await house.server.watch.delivered('message.im'))
    expect((await house.inbox.next('message')).key).toBe(first.key)
  })

  it('bring clicks, too', async () => {
    await using house = await anHttpHouse()
    house.server.people.say('mira', 'dm', 'hello')
    const { surface } = await house.inbox.next('message')
    const message = await grow(surface, ['Hello to you.'])
    const ts = message.slice(message.lastIndexOf('/') + 1)
    expect((await house.server.interactions.click('mira', 'dm', ts, 'good')).state).toBe('acknowledged')
    expect((await house.inbox.next('control')).control).toMatchObject({ action: 'feedback:good' })
  })

  it('find no door once it is closed, while answers still go out', async () => {
    await using house = await anHttpHouse({ rules: { retryDelaysMs: [] } })
    house.server.people.say('mira', 'dm', 'hello')
    const { surface } = await house.inbox.next('message')
    expect(house.adapter.health()).toEqual({ state: 'connected' })
    await house.adapter.closeDoor()
    house.server.people.say('jonas', 'dm', 'too late')
    const told = await house.server.watch.delivered('message.im', one => one.state === 'failed')
    expect(told.attempts).toMatchObject([{ outcome: 'connection_failed' }])
    await grow(surface, ['Hello to you.'])
    expect(house.inbox.events).toHaveLength(1)
  })

  it('need a port of their own', async () => {
    await using house = await anHttpHouse()
    await using second = await aHouse({
      parts: { delivery: { type: 'http', signingSecret: 's' }, port: house.adapter.port ?? 0 },
    })
    const starting = second.adapter.start(second.inbox, never)
    await expect(starting).rejects.toThrow(ConfigError)
    await expect(starting).rejects.toThrow(/SLACK_PORT: nothing can listen on \d+ \(EADDRINUSE\)/)
  })
})

async function anHttpHouse(options: HouseOptions = {}): Promise<House> {
  const signingSecret = 'a signing secret'
  const house = await aHouse({
    ...options,
    app: { ...options.app, signingSecret },
    parts: { ...options.parts, delivery: { type: 'http', signingSecret } },
  })
  await house.adapter.start(house.inbox, never)
  expect(await house.server.delivering.useHttp(`http://127.0.0.1:${house.adapter.port}/slack/events`)).toBe(true)
  return house
}
