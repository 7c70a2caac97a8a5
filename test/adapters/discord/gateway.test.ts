import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createDiscordAdapter } from '#adapters/discord/discord-adapter.ts'
import { ConfigError } from '#src/core/errors.ts'
import { CollectingInbox } from '#test/support/collecting-inbox.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { patience } from '#test/support/patience.ts'
import { aHouse, anOpenHouse, type House, never } from './discord-house.ts'

describe('starting on Discord', () => {
  it('resolves once connected, and takes a token with the word that belongs before it', async () => {
    await using house = await aHouse({ token: 'a.b.c', ownToken: ' Bot a.b.c\n' })
    expect(house.adapter.health()).toEqual({ state: 'connecting', cause: 'not started' })
    await house.adapter.start(house.inbox, never)
    expect(house.adapter.health()).toEqual({ state: 'connected' })
  })

  it('refuses a wrong token with cause and cure', async () => {
    await using house = await aHouse({ ownToken: 'wrong' })
    const start = house.adapter.start(house.inbox, never)
    await expect(start).rejects.toThrow(ConfigError)
    await expect(start).rejects.toThrow(/DISCORD_TOKEN was refused: reset it in the developer portal/)
    expect(house.adapter.health()).toMatchObject({ state: 'lost', cause: expect.stringContaining('DISCORD_TOKEN') })
    expect(JSON.stringify(house.log.lines)).not.toContain('wrong')
  })

  it.each(['a.b\n.c', 'a.b.c€'])(
    'refuses the token %j, which no request can carry, in the same words',
    async ownToken => {
      await using house = await aHouse({ ownToken })
      const start = house.adapter.start(house.inbox, patience())
      await expect(start).rejects.toThrow(ConfigError)
      await expect(start).rejects.toThrow(/DISCORD_TOKEN was refused: reset it in the developer portal/)
      expect(house.adapter.health()).toMatchObject({ state: 'lost', cause: expect.stringContaining('DISCORD_TOKEN') })
    },
  )

  it('refuses an address at which there is no Discord with cause and cure', async () => {
    await using stranger = await anAnswer(404)
    const adapter = stranger.adapter
    const start = adapter.start(new CollectingInbox(), patience())
    await expect(start).rejects.toThrow(ConfigError)
    await expect(start).rejects.toThrow(/^DISCORD_API_URL is wrong: .*\/api\/v10\/gateway\/bot .*without a version/)
    expect(adapter.health()).toMatchObject({ state: 'lost', cause: expect.stringContaining('DISCORD_API_URL') })
  })

  it('keeps trying while a proxy stands before Discord, and says with what it answers', async () => {
    await using proxy = await anAnswer(403)
    const stop = new AbortController()
    const start = proxy.adapter.start(new CollectingInbox(), stop.signal)
    start.catch(() => undefined)
    const cause = expect.stringMatching(/\/api\/v10\/gateway\/bot answers with status 403$/)
    await expect.poll(() => proxy.adapter.health()).toEqual({ state: 'connecting', cause })
    stop.abort(new Error('stopped'))
    await expect(start).rejects.toThrow('stopped')
  })

  it('refuses a token that the gateway refuses', async () => {
    await using house = await aHouse()
    const refusal = house.server.events.next(
      event => (event.type === 'gateway' && event.state === 'connected') || undefined,
    )
    const start = house.adapter.start(house.inbox, never)
    start.catch(() => undefined)
    await refusal
    house.server.gateway.drop(4004)
    await expect(start).rejects.toThrow(/DISCORD_TOKEN was refused/)
  })

  it('goes on without Message Content, and says what that means and where to switch it on', async () => {
    await using house = await anOpenHouse({ intents: { messageContent: false } })
    const { people, places } = house.server
    expect(house.adapter.health()).toEqual({ state: 'connected' })
    expect(house.log.lines.filter(({ level }) => level === 'warn')).toEqual([
      {
        level: 'warn',
        event: 'discord withholds what people write without a mention',
        fields: {
          missing: 'the Message Content intent',
          effect: 'in threads Aeries answers only when mentioned',
          cure: expect.stringContaining('developer portal'),
        },
      },
    ])
    people.say('mira', 'dm', 'hello')
    expect((await house.inbox.next('message')).message).toMatchObject({ text: 'hello', addressed: true })
    const { id: thread } = places.createThread('#general', { name: 'talk', by: 'mira' })
    people.say('mira', thread, '@Aeries hello')
    const { message, surface } = await house.inbox.next('message')
    expect(message).toMatchObject({ text: 'hello', addressed: true })
    const written = await surface.write({ key: 'a', part: 0, phase: 'first', text: 'one' }, never)
    people.say('mira', thread, 'a follow-up')
    const replyTo = (written as { message: string }).message.split('/').at(-1)
    people.say('mira', thread, 'a reply', { replyTo, ping: false })
    expect((await house.inbox.next('message')).message).toMatchObject({
      text: '',
      addressed: true,
      quotes: [{ own: true, text: 'one' }],
      unread: ['the words of this message (Discord shows them with a mention)'],
    })
  })

  it('keeps trying while Discord is out of reach, until it is told to stop', async () => {
    const clock = new ManualClock()
    const adapter = createDiscordAdapter({ token: 'x', apiUrl: await aClosedPort(), log: new KeptLog(), clock })
    const stop = new AbortController()
    const start = adapter.start(new CollectingInbox(), stop.signal)
    start.catch(() => undefined)
    for (let retry = 0; retry < 3; retry += 1) {
      await expect.poll(() => clock.pending).toBe(1)
      expect(adapter.health()).toMatchObject({ state: 'connecting', cause: expect.stringContaining('ECONNREFUSED') })
      await clock.advance(30_000)
    }
    stop.abort(new Error('stopped'))
    await expect(start).rejects.toThrow('stopped')
    await adapter[Symbol.asyncDispose]()
  })

  it('gets in as soon as the gateway takes it', async () => {
    await using house = await aHouse()
    house.server.gateway.setRefusing(true)
    const start = house.adapter.start(house.inbox, never)
    await expect.poll(() => house.adapter.health()).toMatchObject({ cause: expect.stringContaining('gateway') })
    house.server.gateway.setRefusing(false)
    await start
    expect(house.adapter.health()).toEqual({ state: 'connected' })
  })

  it('leaves no ghost behind that knocks at a broken gateway beside it', async () => {
    await using gateway = await aBrokenGateway()
    const clock = new ManualClock()
    const adapter = createDiscordAdapter({ token: 'x', apiUrl: gateway.apiUrl, log: new KeptLog(), clock })
    const stop = new AbortController()
    const start = adapter.start(new CollectingInbox(), stop.signal)
    start.catch(() => undefined)
    await expect.poll(() => clock.pending).toBe(1)
    const knocks = gateway.knocks()
    // A shard of @discordjs/ws comes back half a second after it was destroyed.
    await pause(700)
    expect(gateway.knocks()).toBe(knocks)
    await clock.advance(1_000)
    await expect.poll(() => gateway.knocks()).toBe(knocks + 1)
    stop.abort(new Error('stopped'))
    await expect(start).rejects.toThrow('stopped')
    await adapter[Symbol.asyncDispose]()
  })

  it('can be stopped in the middle of it', async () => {
    await using house = await aHouse()
    const stop = new AbortController()
    const start = house.adapter.start(house.inbox, stop.signal)
    stop.abort(new Error('stopped'))
    await expect(start).rejects.toThrow('stopped')
  })
})

describe.concurrent('a gateway that', () => {
  it('drops the line is resumed, and nothing that was said meanwhile is lost or doubled', async ({ expect }) => {
    await using house = await anOpenHouse()
    const { gateway, people } = house.server
    const resumed = nextState(house, 'resumed')
    gateway.drop()
    people.say('mira', 'dm', 'while you were away')
    await expect.poll(() => house.adapter.health().state).toBe('connecting')
    await resumed
    expect((await house.inbox.next('message')).message.text).toBe('while you were away')
    await expect.poll(() => house.adapter.health()).toEqual({ state: 'connected' })
    people.say('mira', 'dm', 'back?')
    await house.inbox.next('message')
    expect(house.inbox.events).toHaveLength(2)
  })

  it('resumes goes on counting, so that a replay comes under the key of the first time', async ({ expect }) => {
    await using house = await anOpenHouse()
    const { gateway, people } = house.server
    const { id } = people.say('mira', 'dm', 'hello')
    people.react('mira', id, '👍')
    const { key } = await house.inbox.next('reaction')
    const resumed = nextState(house, 'resumed')
    gateway.reconnect()
    await resumed
    people.unreact('mira', id, '👍')
    const { key: later } = await house.inbox.next('reaction')
    const [, session, sequence] = /^discord:reaction:(.+):(\d+)$/.exec(key) ?? []
    const [, sameSession, laterSequence] = /^discord:reaction:(.+):(\d+)$/.exec(later) ?? []
    expect(sameSession).toBe(session)
    expect(Number(laterSequence)).toBeGreaterThan(Number(sequence))
  })

  it('forgets the session is greeted anew', async ({ expect }) => {
    await using house = await anOpenHouse()
    const greeted = nextState(house, 'ready')
    house.server.gateway.invalidate(false)
    await greeted
    await expect.poll(() => house.adapter.health()).toEqual({ state: 'connected' })
    house.server.people.say('mira', 'dm', 'back?')
    expect((await house.inbox.next('message')).message.text).toBe('back?')
  })

  it('refuses the token later on is lost, and says so while the process stays', async ({ expect }) => {
    await using house = await anOpenHouse()
    house.server.gateway.drop(4004)
    await expect.poll(() => house.adapter.health().state).toBe('lost')
    expect(house.adapter.health()).toMatchObject({ cause: expect.stringContaining('DISCORD_TOKEN was refused') })
    expect(house.log.lines.filter(({ level }) => level === 'error')).toHaveLength(1)
  })

  it('takes Message Content away later on is gone on with without it', async ({ expect }) => {
    await using house = await anOpenHouse()
    const { gateway, world, people } = house.server
    world.application.messageContent = false
    const greeted = nextState(house, 'ready')
    gateway.drop(4014)
    await greeted
    await expect.poll(() => house.adapter.health()).toEqual({ state: 'connected' })
    people.say('mira', '#general', '@Aeries hello')
    expect((await house.inbox.next('message')).message).toMatchObject({ text: 'hello', addressed: true })
    expect(house.log.lines.filter(({ level }) => level === 'warn').map(({ event }) => event)).toEqual([
      'discord withholds what people write without a mention',
      'discord began a new session: events may be missing',
    ])
    expect(house.inbox.events.filter(({ type }) => type === 'gap')).toHaveLength(1)
  })
})

describe('closing', () => {
  it('leaves no socket open, also in the middle of a reconnect', async () => {
    await using house = await anOpenHouse()
    await using broken = await anOpenHouse()
    broken.server.gateway.drop()
    await expect.poll(() => broken.adapter.health().state).toBe('connecting')
    await house.adapter[Symbol.asyncDispose]()
    await broken.adapter[Symbol.asyncDispose]()
    await expect.poll(() => house.server.gateway.counts.connections).toBe(0)
    await pause(700)
    expect(broken.server.gateway.counts.connections).toBe(0)
    expect(house.clock.pending + broken.clock.pending).toBe(0)
  })

  it('is not held up for long by a shard that is just being greeted', async () => {
    await using house = await aHouse()
    const greeted = nextState(house, 'ready')
    const start = house.adapter.start(house.inbox, never)
    start.catch(() => undefined)
    await greeted
    const closed = house.adapter[Symbol.asyncDispose]()
    await house.clock.advance(1_000)
    await closed
    await expect(start).rejects.toThrow('closed')
    await expect.poll(() => house.server.gateway.counts.connections).toBe(0)
  })

  it('is possible before a start, and twice', async () => {
    await using house = await aHouse()
    await house.adapter.closeDoor()
    await house.adapter[Symbol.asyncDispose]()
  })
})

async function nextState({ server }: House, state: 'ready' | 'resumed'): Promise<void> {
  await server.events.next(event => (event.type === 'gateway' && event.state === state) || undefined)
}

async function aClosedPort(): Promise<string> {
  const server = createServer()
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return `http://127.0.0.1:${port}/api`
}

/** The adapter in front of somebody who answers everything with a page. */
async function anAnswer(status: number) {
  const server = createServer((_, response) => response.writeHead(status, { 'content-type': 'text/html' }).end('<p>no'))
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`
  const adapter = createDiscordAdapter({ token: 'x', apiUrl, log: new KeptLog(), clock: new ManualClock() })
  return {
    adapter,
    [Symbol.asyncDispose]: async () => {
      await adapter[Symbol.asyncDispose]()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

/** A Discord whose REST side is well and whose gateway answers every handshake with 502. */
async function aBrokenGateway() {
  let knocks = 0
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo
    const limits = { total: 1_000, remaining: 1_000, reset_after: 0, max_concurrency: 1 }
    response.writeHead(request.url?.endsWith('/gateway/bot') ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ url: `ws://127.0.0.1:${port}`, shards: 1, session_start_limit: limits }))
  })
  server.on('upgrade', (_, socket) => {
    knocks += 1
    socket.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n')
  })
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    knocks: () => knocks,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
