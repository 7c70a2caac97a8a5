import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { aHarbour, aSocketApp } from './a-bolt-app.ts'

describe('Socket Mode', () => {
  it('tells a mention twice, as a message and as a mention, and Bolt acknowledges both', async () => {
    await using server = await aHarbour()
    const heard: string[] = []
    await using _app = await aSocketApp(server, app => {
      app.event('app_mention', async ({ event }) => void heard.push(`app_mention ${event.text}`))
      app.message(async ({ message }) => void heard.push(`message ${'text' in message ? message.text : ''}`))
    })
    server.people.say('mira', '#general', '@Aeries are you there?')
    await server.watch.acknowledged()
    const text = `<@${server.ids.botUser}> are you there?`
    expect(heard.toSorted()).toEqual([`app_mention ${text}`, `message ${text}`])
    const told = server.deliveries.all()
    expect(told.map(one => [one.name, one.state])).toEqual([
      ['message.channels', 'acknowledged'],
      ['app_mention', 'acknowledged'],
    ])
  })

  it('tells direct, private and group talk by names of their own', async () => {
    await using server = await aHarbour()
    const types: unknown[] = []
    await using _app = await aSocketApp(server, app => {
      app.message(async ({ message }) => void types.push(message.channel_type))
    })
    server.people.say('mira', 'dm', 'just us')
    server.people.say('wren', '#crew', 'among the crew')
    server.people.say('jonas', 'dm:jonas,wren', 'three of us')
    await server.watch.acknowledged()
    expect(types.toSorted()).toEqual(['group', 'im', 'mpim'])
    expect(server.deliveries.all().map(one => one.name)).toEqual(['message.im', 'message.groups', 'message.mpim'])
  })

  it('hears its own updates as message_changed, which Bolt lets through', async () => {
    await using server = await aHarbour()
    const subtypes: unknown[] = []
    await using running = await aSocketApp(server, app => {
      app.message(async ({ message }) => void subtypes.push(message.subtype))
    })
    const client = running.app.client
    const token = server.ids.botToken
    const { ts = '' } = await client.chat.postMessage({ token, channel: server.ids.general, text: 'one' })
    await client.chat.update({ token, channel: server.ids.general, ts, text: 'two' })
    await server.watch.acknowledged()
    expect(subtypes).toEqual(['message_changed'])
  })

  it('tells an event again when nobody acknowledged it, with the same event id', async () => {
    await using server = await aHarbour({ rules: { ackMs: 30, retryDelaysMs: [0, 10] } })
    const seen: unknown[] = []
    await using _socket = await aRawSocket(server, envelope => {
      seen.push([envelope['retry_attempt'], envelope['retry_reason']])
      return seen.length === 3
    })
    server.people.say('mira', 'dm', 'anybody?')
    const told = await server.watch.delivered('message.im')
    expect(told.state).toBe('acknowledged')
    expect(seen).toEqual([
      [0, ''],
      [1, 'timeout'],
      [2, 'timeout'],
    ])
  })

  it('gives up after the last retry', async () => {
    await using server = await aHarbour({ rules: { retryDelaysMs: [1, 1] } })
    server.people.say('mira', 'dm', 'is nobody connected?')
    const told = await server.watch.delivered('message.im')
    expect(told.state).toBe('failed')
    expect(told.attempts.map(one => one.outcome)).toEqual(Array(3).fill('connection_failed'))
  })

  it('loses nothing over a refresh, because what fell into the hole comes again', async () => {
    await using server = await aHarbour({ rules: { retryDelaysMs: [0, 100, 300, 600, 1_000, 2_000] } })
    const heard: string[] = []
    await using _app = await aSocketApp(server, app => {
      app.message(async ({ message }) => void heard.push('text' in message ? (message.text ?? '') : ''))
    })
    const closed = server.events.next(event => (event.type === 'socket' && event.change === 'closed') || undefined)
    server.sockets.disconnect('refresh_requested')
    server.people.say('mira', 'dm', 'into the hole')
    await closed
    await server.watch.connected()
    server.people.say('mira', 'dm', 'after it')
    await server.watch.acknowledged()
    expect(new Set(heard)).toEqual(new Set(['into the hole', 'after it']))
  })

  it('greets with what Slack says of a connection and lets nobody in twice by one ticket', async () => {
    await using server = await aHarbour()
    const url = await openAddress(server)
    const hello = await firstMessage(url)
    expect(hello).toMatchObject({
      type: 'hello',
      num_connections: 1,
      connection_info: { app_id: server.app.id },
      debug_info: { host: 'applink-1' },
    })
    await expect(firstMessage(url)).rejects.toThrow('401')
  })

  it('gives each event to one of several sockets, in turn', async () => {
    await using server = await aHarbour()
    const heard: string[] = []
    await using _first = await aSocketApp(server, app => app.message(async () => void heard.push('first')))
    await using _second = await aSocketApp(server, app => app.message(async () => void heard.push('second')))
    for (const text of ['a', 'b', 'c', 'd']) server.people.say('mira', 'dm', text)
    await server.watch.acknowledged()
    expect(heard.toSorted()).toEqual(['first', 'first', 'second', 'second'])
  })

  it('sends an eleventh connection away', async () => {
    await using server = await aHarbour({ rules: { socketLimit: 1 } })
    await using _socket = await aRawSocket(server, () => true)
    expect(await firstMessage(await openAddress(server))).toMatchObject({ reason: 'too_many_websockets' })
  })

  it('tells a zombie nothing, answers none of its pings, and tries elsewhere later', async () => {
    await using server = await aHarbour({ rules: { ackMs: 20, retryDelaysMs: [5] } })
    await using _socket = await aRawSocket(server, () => true)
    server.sockets.mute(true)
    server.people.say('mira', 'dm', 'hello?')
    const told = await server.watch.delivered('message.im')
    expect(told.attempts.map(one => one.outcome)).toEqual(['timeout', 'timeout'])
  })

  it('tells 200 events in a burst, each acknowledged at the first try', async () => {
    await using server = await aHarbour()
    const heard = new Set<unknown>()
    await using _app = await aSocketApp(server, app => app.message(async ({ message }) => void heard.add(message.ts)))
    for (let count = 0; count < 200; count += 1) server.people.say('mira', 'dm', `line ${count}`)
    await server.watch.acknowledged()
    expect(heard.size).toBe(200)
    expect(server.deliveries.all().every(one => one.state === 'acknowledged' && one.attempts.length === 1)).toBe(true)
  })

  it('is left by Bolt when it falls silent, and found again', async () => {
    await using server = await aHarbour()
    await using _app = await aSocketApp(server, () => undefined)
    const again = server.events.next(event => (event.type === 'socket' && event.change === 'greeted') || undefined)
    server.sockets.mute(true)
    await again
    expect(server.sockets.open).toHaveLength(1)
  })

  it('says when events were too many, in an envelope without an event', async () => {
    await using server = await aHarbour({ rules: { eventsPerHour: 1 } })
    const types: unknown[] = []
    await using _socket = await aRawSocket(server, ({ payload }) => {
      types.push((payload as { type?: string }).type)
      return true
    })
    for (const text of ['one', 'two', 'three']) server.people.say('mira', 'dm', text)
    await server.watch.acknowledged()
    expect(types).toEqual(['event_callback', 'app_rate_limited'])
  })
})

type Harbour = Awaited<ReturnType<typeof aHarbour>>
type Envelope = Readonly<Record<string, unknown>>

async function openAddress(server: Harbour): Promise<string> {
  const headers = { authorization: `Bearer ${server.app.appToken}` }
  const response = await fetch(`${server.apiUrl}apps.connections.open`, { method: 'POST', headers })
  return ((await response.json()) as { url: string }).url
}

function firstMessage(url: string): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  const socket = new WebSocket(url)
  socket.on('message', data => {
    socket.close()
    resolve(JSON.parse(String(data)))
  })
  socket.on('error', reject)
  return promise
}

/** A client that acknowledges what `acknowledges` says yes to. */
async function aRawSocket(server: Harbour, acknowledges: (envelope: Envelope) => boolean): Promise<AsyncDisposable> {
  const socket = new WebSocket(await openAddress(server))
  const closed = new Promise(resolve => socket.on('close', resolve))
  socket.on('message', data => {
    const envelope = JSON.parse(String(data)) as Envelope
    const { envelope_id: id } = envelope
    if (id !== undefined && acknowledges(envelope)) socket.send(JSON.stringify({ envelope_id: id }))
  })
  await server.watch.connected(server.sockets.open.length + 1)
  return {
    [Symbol.asyncDispose]: async () => {
      socket.terminate()
      await closed
    },
  }
}
