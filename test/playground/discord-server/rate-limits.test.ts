import { RESTEvents, Routes } from 'discord.js'
import { expect, test } from 'vitest'
import { type AServer, aClient, aServer } from './a-client.ts'

/** A bare request, so that no library waits on the test's behalf. */
async function ask(server: AServer, method: string, path: string, body?: object) {
  const response = await fetch(`${server.apiUrl}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${server.token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  const json = response.status === 204 ? undefined : ((await response.json()) as Record<string, unknown>)
  const header = (name: string) => response.headers.get(`x-ratelimit-${name}`)
  return { status: response.status, headers: response.headers, header, json }
}

async function say(server: AServer, count: number) {
  const path = Routes.channelMessages(server.ids.general)
  const answers = []
  for (let at = 0; at < count; at += 1) answers.push(await ask(server, 'POST', path, { content: `line ${at}` }))
  return answers
}

test('five writes fit a window, the sixth is refused with the time to wait, and the window opens again', async () => {
  let time = 1_900_000_000_000
  await using server = await aServer({ now: () => time })
  const answers = await say(server, 6)
  expect(answers.map(one => one.status)).toEqual([200, 200, 200, 200, 200, 429])
  expect(answers.map(one => one.header('remaining'))).toEqual(['4', '3', '2', '1', '0', '0'])
  expect(answers[0]?.header('limit')).toBe('5')
  expect(answers[0]?.header('reset-after')).toBe('5.000')
  expect(answers[0]?.header('reset')).toBe('1900000005.000')
  expect(answers[0]?.header('bucket')).toMatch(/^[0-9a-f]{32}$/)
  const refused = answers[5]
  expect(refused?.json).toEqual({ message: 'You are being rate limited.', retry_after: 5, global: false })
  expect(refused?.headers.get('retry-after')).toBe('5')
  expect(refused?.header('scope')).toBe('user')
  expect(server.people.messages('#general')).toHaveLength(5)
  time += 4_999
  expect((await say(server, 1))[0]?.json?.['retry_after']).toBe(0.001)
  time += 1
  expect((await say(server, 1))[0]?.status).toBe(200)
})

test('POST and PATCH name the same bucket and count apart, until a switch makes them count together', async () => {
  await using server = await aServer({ rules: { writes: { limit: 2, windowMs: 60_000 } } })
  const [post, last] = await say(server, 2)
  const path = Routes.channelMessage(server.ids.general, String(post?.json?.['id']))
  const patch = await ask(server, 'PATCH', path, { content: 'other' })
  expect(patch.status).toBe(200)
  expect(patch.header('bucket')).toBe(last?.header('bucket'))
  expect([last?.header('remaining'), patch.header('remaining')]).toEqual(['0', '1'])
  server.rules.writesCountTogether = true
  const together = [await ask(server, 'PATCH', path, { content: '1' }), ...(await say(server, 2))]
  expect(together.map(one => one.status)).toEqual([200, 200, 429])
})

test('channels count apart, and so do other routes', async () => {
  await using server = await aServer({ rules: { writes: { limit: 1, windowMs: 60_000 } } })
  await say(server, 1)
  const elsewhere = await ask(server, 'POST', Routes.channelMessages(server.ids.random), { content: 'x' })
  expect(elsewhere.status).toBe(200)
  const typing = await ask(server, 'POST', Routes.channelTyping(server.ids.general))
  expect([typing.status, typing.header('limit')]).toEqual([204, '50'])
  expect(typing.header('bucket')).not.toBe(elsewhere.header('bucket'))
  server.rules.routes['POST /channels/:channel/typing'] = { limit: 1, windowMs: 60_000 }
  await ask(server, 'POST', Routes.channelTyping(server.ids.random))
  expect((await ask(server, 'POST', Routes.channelTyping(server.ids.random))).status).toBe(429)
})

test('over the global limit everything is refused with scope global, answers to interactions excepted', async () => {
  const time = Date.now()
  await using server = await aServer({ now: () => time, rules: { globalPerSecond: 3 } })
  const paths = Array.from({ length: 4 }, () => Routes.user('@me'))
  const answers = []
  for (const path of paths) answers.push(await ask(server, 'GET', path))
  expect(answers.map(one => one.status)).toEqual([200, 200, 200, 429])
  expect(answers[3]?.json).toMatchObject({ global: true })
  expect([answers[3]?.header('global'), answers[3]?.header('scope')]).toEqual(['true', 'global'])
  expect((await ask(server, 'POST', '/interactions/1/x/callback', { type: 4 })).status).toBe(404)
})

test('too many invalid requests end in a ban without any of Discord’s headers', async () => {
  await using server = await aServer({ rules: { invalidRequests: { limit: 2, windowMs: 600_000 } } })
  server.places.deny('#random', '@everyone', ['viewChannel'])
  server.places.deny('#random', 'Aeries', ['viewChannel'])
  const answers = [1, 2].map(() => ask(server, 'GET', Routes.channel(server.ids.random)))
  expect((await Promise.all(answers)).map(one => one.status)).toEqual([403, 403])
  const response = await fetch(`${server.apiUrl}/v10/users/@me`, { headers: { authorization: `Bot ${server.token}` } })
  expect([response.status, response.headers.get('via'), response.headers.get('x-ratelimit-limit')]).toEqual([
    429,
    null,
    null,
  ])
})

test('the real client sees no 429 as long as it keeps to the headers, and waits out one that is thrown at it', async () => {
  await using server = await aServer({ rules: { writes: { limit: 2, windowMs: 300 } } })
  await using client = await aClient(server)
  const statuses: number[] = []
  client.rest.on(RESTEvents.Response, (_, response) => statuses.push(response.status))
  const send = (content: string) => client.rest.post(Routes.channelMessages(server.ids.general), { body: { content } })
  await Promise.all(['a', 'b', 'c', 'd', 'e'].map(send))
  expect(statuses).toEqual([200, 200, 200, 200, 200])
  expect(server.people.messages('#general').map(one => one.content)).toEqual(['a', 'b', 'c', 'd', 'e'])
  server.faults.add({ kind: 'rate-limit', retryAfterMs: 100, method: 'POST', times: 1 })
  await send('f')
  expect(statuses.slice(5)).toEqual([429, 200])
})

test('edits of a message older than an hour have a limit of their own', async () => {
  await using server = await aServer({ rules: { oldEdits: { afterMs: 3_600_000, limit: 1, windowMs: 60_000 } } })
  const path = Routes.channelMessages(server.ids.general)
  const { json } = await ask(server, 'POST', path, { content: 'young' })
  const message = server.world.message(server.ids.general, String(json?.['id']))
  server.world.messages.replace({ ...message, createdAt: Date.now() - 3_700_000 })
  const edit = (content: string) =>
    ask(server, 'PATCH', Routes.channelMessage(server.ids.general, message.id), { content })
  expect((await edit('once')).status).toBe(200)
  const second = await edit('twice')
  expect([second.status, second.json?.['code'], second.headers.has('retry-after')]).toEqual([429, 30_046, true])
})
