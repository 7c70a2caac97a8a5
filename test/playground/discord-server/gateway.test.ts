import { once } from 'node:events'
import { Events, GatewayIntentBits, type Message, Routes } from 'discord.js'
import { expect, test as lone } from 'vitest'
import { patience } from '#test/support/patience.ts'
import { type AServer, aClient, allIntents, aServer, aStranger } from './a-client.ts'

// Every test has its own server, and a reconnecting client waits half a second: together they are quick.
const test = lone.concurrent

async function gatewayState(server: AServer, state: string): Promise<void> {
  await server.events.next(one => (one.type === 'gateway' && one.state === state ? true : undefined), patience())
}

test('a wrong token is refused at the door: 401 over REST, 4004 at the gateway', async () => {
  await using server = await aServer()
  await using client = aStranger(server)
  await expect(client.login('something.quite.else')).rejects.toMatchObject({ code: 'TokenInvalid' })
  const socket = new WebSocket(`${server.apiUrl.replace('http', 'ws').replace('/api', '/gateway')}?v=10&encoding=json`)
  socket.onmessage = () => socket.send(JSON.stringify({ op: 2, d: { token: 'else', intents: 0, properties: {} } }))
  const [closed] = (await once(socket, 'close')) as [CloseEvent]
  expect(closed.code).toBe(4004)
})

test('a token that is reset while the client runs ends in shardDisconnect 4004', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const left = once(client, Events.ShardDisconnect)
  server.gateway.resetToken('a.new.one')
  expect((await left)[0]).toMatchObject({ code: 4004 })
  await expect(client.rest.get(Routes.user('@me'))).rejects.toMatchObject({ status: 401 })
})

test('no session starts left: the client does not even try', async () => {
  await using server = await aServer({ rules: { sessionStarts: { total: 1_000, remaining: 0, maxConcurrency: 1 } } })
  await using client = aStranger(server)
  await expect(client.login(server.token)).rejects.toThrow(/sessions remaining/)
})

test('Message Content that is not switched on ends in 4014', async () => {
  await using server = await aServer({ intents: { messageContent: false } })
  await using client = aStranger(server)
  const left = once(client, Events.ShardDisconnect)
  const login = client.login(server.token).catch(() => undefined)
  expect((await left)[0]).toMatchObject({ code: 4014 })
  void login
})

test('without Message Content words are empty, except in DMs, in mentions and in the bot’s own messages', async () => {
  await using server = await aServer({ intents: { messageContent: false } })
  const intents = allIntents.filter(one => one !== GatewayIntentBits.MessageContent)
  await using client = await aClient(server, { intents })
  const heard: string[] = []
  client.on(Events.MessageCreate, one => heard.push(one.content))
  const said = server.people.say('mira', '#general', 'among us')
  server.people.say('mira', '#general', '@Aeries to you')
  server.people.say('mira', 'dm', 'in private')
  const own = await client.rest.post(Routes.channelMessages(server.ids.general), { body: { content: 'mine' } })
  await expect.poll(() => heard).toHaveLength(4)
  expect(heard).toEqual(['', `<@${server.botId}> to you`, 'in private', 'mine'])
  expect(own).toMatchObject({ content: 'mine' })
  expect(await client.rest.get(Routes.channelMessage(server.ids.general, said.id))).toMatchObject({ content: '' })
})

test('intents decide what comes', async () => {
  await using server = await aServer()
  await using client = await aClient(server, { intents: [GatewayIntentBits.Guilds, GatewayIntentBits.DirectMessages] })
  const heard: string[] = []
  client.on(Events.MessageCreate, one => heard.push(one.content))
  server.people.say('mira', '#general', '@Aeries not for you')
  const last = once(client, Events.MessageCreate)
  server.people.say('mira', 'dm', 'for you')
  await last
  expect(heard).toEqual(['for you'])
})

test('a message said while the socket was gone is replayed on resume, once', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const heard: string[] = []
  client.on(Events.MessageCreate, one => heard.push(one.content))
  const before = once(client, Events.MessageCreate)
  server.people.say('mira', 'dm', 'before')
  await before
  const resumed = once(client, Events.ShardResume)
  server.gateway.drop()
  await gatewayState(server, 'closed')
  server.people.say('mira', 'dm', 'between')
  await resumed
  const after = once(client, Events.MessageCreate)
  server.people.say('mira', 'dm', 'after')
  await after
  expect(heard).toEqual(['before', 'between', 'after'])
  expect(server.gateway.counts).toEqual({ connections: 1, sessions: 1, online: 1 })
})

test('op 7 makes the client come back and resume', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const resumed = once(client, Events.ShardResume)
  server.gateway.reconnect()
  await resumed
  const heard = once(client, Events.MessageCreate)
  server.people.say('mira', 'dm', 'still there?')
  expect((await heard)[0]).toMatchObject({ content: 'still there?' })
})

test('op 9 with d false makes the client identify anew; what was said between is lost', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const heard: string[] = []
  client.on(Events.MessageCreate, one => heard.push(one.content))
  const ready = once(client, Events.ShardReady)
  server.gateway.invalidate(false)
  server.people.say('mira', 'dm', 'into the void')
  await ready
  const after = once(client, Events.MessageCreate)
  server.people.say('mira', 'dm', 'back again')
  await after
  expect(heard).toEqual(['back again'])
})

test('op 9 with d true makes the client resume over the same socket', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const resumed = gatewayState(server, 'resumed')
  const heard = once(client, Events.MessageCreate)
  server.gateway.invalidate(true)
  server.people.say('mira', 'dm', 'kept')
  await resumed
  expect((await heard)[0]).toMatchObject({ content: 'kept' })
})

test('a session that is forgotten cannot be resumed: op 9, then a new one', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const ready = once(client, Events.ShardReady)
  server.gateway.drop()
  server.gateway.loseSessions()
  await ready
  expect(server.gateway.counts).toEqual({ connections: 1, sessions: 1, online: 1 })
})

test('a zombie socket is noticed by the missing heartbeat ACK, left, and resumed on a new one', async () => {
  await using server = await aServer({ rules: { heartbeatIntervalMs: 150 } })
  await using client = await aClient(server)
  const resumed = once(client, Events.ShardResume)
  const heard = once(client, Events.MessageCreate)
  server.gateway.zombify()
  server.people.say('mira', 'dm', 'do you hear me?')
  await resumed
  expect(((await heard) as [Message])[0].content).toBe('do you hear me?')
})

test('a muted gateway holds events back and lets them go in order', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const heard: string[] = []
  client.on(Events.MessageCreate, one => heard.push(one.content))
  server.gateway.setMuted(true)
  for (const text of ['one', 'two']) server.people.say('mira', 'dm', text)
  await client.rest.get(Routes.user('@me'))
  expect(heard).toEqual([])
  server.gateway.setMuted(false)
  await expect.poll(() => heard).toEqual(['one', 'two'])
})

test('guilds come and go, channels change and vanish, and the client hears of it', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const changed = once(client, Events.ChannelUpdate)
  server.places.setVisibility('#random', ['mira', 'bot'])
  await changed
  const thread = once(client, Events.ThreadCreate)
  const root = server.people.say('wren', '#general', 'a long story')
  const { id } = server.places.createThread('#general', { name: 'story', by: 'wren', message: root.id })
  expect((await thread)[0]).toMatchObject({ id: root.id, name: 'story', parentId: server.ids.general })
  expect(id).toBe(root.id)
  const inside = once(client, Events.MessageCreate)
  server.people.say('wren', id, 'chapter one')
  await inside
  const gone = once(client, Events.ChannelDelete)
  server.places.deleteChannel('#random')
  expect((await gone)[0]).toMatchObject({ id: server.ids.random })
  const left = once(client, Events.GuildDelete)
  server.scene.leaveGuild('bot')
  expect((await left)[0]).toMatchObject({ id: server.ids.guild })
  const joined = once(client, Events.GuildCreate)
  server.scene.inviteBot()
  expect((await joined)[0]).toMatchObject({ id: server.ids.guild })
})

test('two processes with one token both hear everything', async () => {
  await using server = await aServer()
  await using one = await aClient(server)
  await using other = await aClient(server)
  const both = [once(one, Events.MessageCreate), once(other, Events.MessageCreate)]
  server.people.say('mira', 'dm', 'to both')
  for (const [message] of (await Promise.all(both)) as [Message][]) expect(message.content).toBe('to both')
})

test('the client hears of its own writes and edits, and can ask for members', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const created = once(client, Events.MessageCreate)
  const updated = once(client, Events.MessageUpdate)
  const path = Routes.channelMessages(server.ids.general)
  const { id } = (await client.rest.post(path, { body: { content: 'a' } })) as { id: string }
  await client.rest.patch(Routes.channelMessage(server.ids.general, id), { body: { content: 'ab' } })
  expect((await created)[0]).toMatchObject({ id, author: { id: server.botId } })
  expect((await updated)[1]).toMatchObject({ id, content: 'ab' })
  const guild = client.guilds.cache.get(server.ids.guild)
  const found = await guild?.members.fetch({ user: [server.ids.wren, server.ids.mira] })
  expect(found?.map(one => one.user.username).toSorted()).toEqual(['mira', 'wren'])
})

test('a private thread becomes known to the client when it is taken in', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const thread = server.places.createThread('#general', { name: 'hush', by: 'wren', isPrivate: true })
  const news = once(client, Events.ThreadCreate)
  const heard = once(client, Events.MessageCreate)
  server.people.say('wren', thread.id, '@Aeries come in')
  expect((await news)[0]).toMatchObject({ id: thread.id, name: 'hush' })
  expect((await heard)[0]).toMatchObject({ channelId: thread.id, content: `<@${server.botId}> come in` })
})

test('a dispatch of any shape can be sent, as Discord never would', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const odd = once(client, Events.Raw)
  server.gateway.dispatch('NEVER_HEARD_OF', { id: null })
  expect((await odd)[0]).toMatchObject({ t: 'NEVER_HEARD_OF', d: { id: null } })
})
