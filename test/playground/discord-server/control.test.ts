import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { createInterface } from 'node:readline'
import { Routes } from 'discord.js'
import { expect, test } from 'vitest'
import { type AServer, aClient, aServer } from './a-client.ts'

type Answer = { status: number; body: unknown }

async function call(
  origin: string,
  name: string,
  args: object = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${origin}/__control/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(args),
  })
  return { status: response.status, body: await response.json() }
}

test('what people do can be asked for from another process, by the same names', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const { origin } = server.world
  const said = await call(origin, 'say', { person: 'mira', place: 'dm', text: 'hello' })
  expect(said).toMatchObject({ status: 200, body: { content: 'hello', authorId: server.ids.mira } })
  const { channelId, id } = said.body as { channelId: string; id: string }
  const waiting = call(origin, 'until', { place: 'dm:mira', by: 'bot', contains: 'again', after: id, timeoutMs: 4_000 })
  const sent = (await client.rest.post(Routes.channelMessages(channelId), { body: { content: 'Hello' } })) as {
    id: string
  }
  await client.rest.patch(Routes.channelMessage(channelId, sent.id), { body: { content: 'Hello again' } })
  expect(await waiting).toMatchObject({ body: { id: sent.id, content: 'Hello again' } })
  expect(await call(origin, 'settled', { message: sent.id, quietMs: 20 })).toMatchObject({
    body: { versions: [{ content: 'Hello' }, { content: 'Hello again' }] },
  })
  await call(origin, 'react', { person: 'mira', message: sent.id, emoji: '👍' })
  const { body } = await call(origin, 'messages', { place: 'dm:mira' })
  expect(body).toMatchObject([{ content: 'hello' }, { content: 'Hello again', reactions: [{ emoji: { name: '👍' } }] }])
  const log = (await call(origin, 'log')).body as { method: string; content?: string }[]
  expect(log.slice(-2).map(one => [one.method, one.content])).toEqual([
    ['POST', 'Hello'],
    ['PATCH', 'Hello again'],
  ])
})

test('the world can be built and read over HTTP, permissions as decimal strings', async () => {
  await using server = await aServer()
  const { origin } = server.world
  await call(origin, 'createPerson', { name: 'pip', displayName: 'Pip' })
  await call(origin, 'setRoles', { person: 'pip', roles: [] })
  await call(origin, 'createChannel', { name: 'pier', visibleTo: ['pip', 'bot'] })
  await call(origin, 'createThread', { place: '#pier', name: 'ropes', by: 'pip' })
  expect((await call(origin, 'say', { person: 'pip', place: '#ropes', text: 'knots' })).status).toBe(200)
  expect(await call(origin, 'say', { person: 'jonas', place: '#pier', text: 'x' })).toEqual({
    status: 403,
    body: { error: 'Missing Access', code: 50_001 },
  })
  const { body } = await call(origin, 'world')
  expect(body).toMatchObject({
    botId: server.botId,
    guilds: [{ name: 'Harbour', roles: [{ permissions: expect.stringMatching(/^\d+$/) }, {}] }],
  })
})

test('weather and rules can be turned from outside', async () => {
  await using server = await aServer()
  const { origin } = server.world
  const { body } = await call(origin, 'addFault', { kind: 'slow', ms: 5, chance: 0.5 })
  expect(server.faults.list()).toEqual([
    { id: (body as { id: number }).id, fault: { kind: 'slow', ms: 5, chance: 0.5 } },
  ])
  await call(origin, 'clearFaults')
  expect(server.faults.list()).toEqual([])
  await call(origin, 'setRules', { writesCountTogether: true, writes: { limit: 10, windowMs: 5_000 } })
  expect(server.rules).toMatchObject({ writesCountTogether: true, writes: { limit: 10 } })
  expect((await call(origin, 'gateway')).body).toEqual({ connections: 0, sessions: 0, online: 0 })
})

test('a wrong call says what is wrong with it', async () => {
  await using server = await aServer()
  const { origin } = server.world
  expect(await call(origin, 'sing')).toMatchObject({ status: 404 })
  expect(await call(origin, 'constructor')).toMatchObject({ status: 404 })
  expect(await call(origin, 'say', { place: 'dm' })).toMatchObject({
    status: 400,
    body: { error: expect.stringContaining('person') },
  })
  expect(await call(origin, 'say', { person: 'nobody', place: 'dm', text: 'x' })).toMatchObject({ status: 400 })
  expect(await call(origin, 'until', { place: '#general', contains: 'x', timeoutMs: 20 })).toMatchObject({
    status: 408,
  })
})

test('the control interface answers only to its own host and origin', async () => {
  await using server = await aServer()
  const { origin } = server.world
  const page = await call(origin, 'world', {}, { origin: 'https://elsewhere.example' })
  expect(page.status).toBe(403)
  expect((await call(origin, 'world', {}, { origin })).status).toBe(200)
  // fetch does not let a test set Host.
  const rebound = request(`${origin}/__control/world`, { method: 'POST', headers: { host: 'elsewhere.example' } }).end(
    '{}',
  )
  const [response] = await once(rebound, 'response')
  expect(response.statusCode).toBe(403)
  response.resume()
})

test('events stream as they happen, those that were asked for', async () => {
  await using server = await aServer()
  const response = await fetch(`${server.world.origin}/__control/events?types=message,typing`)
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader?.read())?.value).toBe(':\n\n')
  server.people.startTyping('mira', '#general')
  const { id } = server.people.say('mira', '#general', 'hello')
  server.people.react('wren', id, '👍')
  server.people.say('wren', '#general', 'bye')
  let text = ''
  while (!text.includes('bye')) text += (await reader?.read())?.value ?? ''
  expect(text.match(/^event: .*$/gm)).toEqual(['event: typing', 'event: message', 'event: message'])
  expect(text).toContain('"content":"hello"')
  await reader?.cancel()
})

test('typing stands until the message comes, and what happens can be followed in order', async () => {
  await using server = await aServer()
  const told: string[] = []
  const reading = new AbortController()
  const follow = async () => {
    for await (const event of server.events.stream(reading.signal)) {
      told.push(event.type)
      if (event.type === 'deleted') reading.abort()
    }
  }
  const following = follow()
  server.people.startTyping('wren', 'dm')
  expect(server.people.isTyping('wren', 'dm')).toBe(true)
  const { id } = server.people.say('wren', 'dm', 'hello')
  expect(server.people.isTyping('wren', 'dm')).toBe(false)
  server.people.edit('wren', id, 'hullo')
  server.people.delete('wren', id)
  await following
  expect(told).toEqual(['typing', 'message', 'edited', 'deleted'])
})

test('a wait that is given up rejects with the reason of its signal', async () => {
  await using server = await aServer()
  const tired = new AbortController()
  const waits = [
    server.watch.nextMessage('#general', undefined, tired.signal),
    server.watch.until('#general', () => false, tired.signal),
    server.watch.settled(server.people.say('wren', '#general', 'x').id, 60_000, tired.signal),
  ]
  const reason = new Error('tired')
  tired.abort(reason)
  const outcomes = await Promise.allSettled(waits.slice(1))
  for (const outcome of outcomes) expect(outcome).toEqual({ status: 'rejected', reason })
  expect(await waits[0]).toMatchObject({ content: 'x' })
})

test('run by itself it prints one line of JSON, serves, and ends on SIGTERM', async () => {
  const child = spawn(process.execPath, ['playground/discord-server/main.ts', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  try {
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
    const told = JSON.parse(line) as AServer['ids'] & { apiUrl: string; token: string }
    const response = await fetch(`${told.apiUrl}/v10/channels/${told.general}`, {
      headers: { authorization: `Bot ${told.token}` },
    })
    expect(await response.json()).toMatchObject({ name: 'general', guild_id: told.guild })
  } finally {
    child.kill('SIGTERM')
  }
  expect((await exit)[0]).toBe(0)
})
