import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { aHarbour, aSocketApp, aWebClient } from './a-bolt-app.ts'

type Server = Awaited<ReturnType<typeof aHarbour>>

describe('the control interface', () => {
  it('does by name what people do, and reads what stands', async () => {
    await using server = await aHarbour()
    const said = await call(server, 'say', { person: 'mira', place: '#general', text: '@Aeries hello' })
    await call(server, 'react', { person: 'jonas', place: '#general', ts: said.body['ts'], name: 'wave' })
    await call(server, 'say', { person: 'jonas', place: '#general', text: 'in the thread', thread: said.body['ts'] })
    await call(server, 'edit', { person: 'mira', place: '#general', ts: said.body['ts'], text: 'hello all' })
    const { body } = await call(server, 'messages', { place: '#general' })
    expect(body).toMatchObject([
      { text: 'hello all', reactions: [{ name: 'wave', personIds: [server.ids.jonas] }] },
      { text: 'in the thread', threadTs: said.body['ts'] },
    ])
  })

  it('builds a world: workspace, people, channels, installations', async () => {
    await using server = await aHarbour()
    await call(server, 'createTeam', { name: 'Quay' })
    await call(server, 'createPerson', { name: 'ada', team: 'Quay' })
    await call(server, 'createChannel', { name: 'docks', team: 'Quay', members: ['ada', 'bot'] })
    await call(server, 'uninstall', { team: 'Harbour' })
    const { body } = await call(server, 'world')
    expect(body).toMatchObject({ teams: [{ name: 'Harbour' }, { name: 'Lighthouse' }, { name: 'Quay' }] })
    expect(server.deliveries.all().map(one => one.name)).toEqual(['app_uninstalled', 'tokens_revoked'])
  })

  it('waits for an answer and gives it back', async () => {
    await using server = await aHarbour()
    await using _app = await aSocketApp(server, app => {
      app.message(async ({ message, say }) => void (await say({ text: 'aye', thread_ts: message.ts })))
    })
    const { body: asked } = await call(server, 'say', { person: 'mira', place: 'dm', text: 'anyone?' })
    const { body } = await call(server, 'until', { place: 'dm:mira', by: 'bot', thread: asked['ts'], contains: 'aye' })
    expect(body).toMatchObject({ text: 'aye', threadTs: asked['ts'] })
  })

  it('gives up a wait in time', async () => {
    await using server = await aHarbour()
    const { status } = await call(server, 'until', { place: '#general', by: 'bot', timeoutMs: 20 })
    expect(status).toBe(408)
  })

  it('turns weather and rules', async () => {
    await using server = await aHarbour()
    const { body } = await call(server, 'addFault', { kind: 'error', status: 503, method: 'chat.update' })
    await call(server, 'setRules', { ackMs: 50, limitsOn: false, stream: { idleMs: 100 } })
    expect(server.faults.list()).toHaveLength(1)
    expect([server.rules.ackMs, server.rules.limitsOn, server.rules.stream.idleMs]).toEqual([50, false, 100])
    expect(server.rules.stream.lifeMs).toBe(300_000)
    await call(server, 'removeFault', { id: body['id'] })
    expect(server.faults.list()).toEqual([])
  })

  it('streams everything that happens, or only what was asked for', async () => {
    await using server = await aHarbour()
    const leaving = new AbortController()
    const { signal } = leaving
    const response = await fetch(`${server.world.origin}/__control/events?types=message,request`, { signal })
    server.people.say('mira', '#general', 'hello')
    server.people.react('mira', '#general', server.people.messages('#general')[0]?.ts ?? '', 'wave')
    await aWebClient(server).auth.test()
    let text = ''
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString()
      if (text.includes('auth.test')) break
    }
    leaving.abort()
    expect(text.match(/^event: .*$/gm)).toEqual(['event: message', 'event: request'])
  })

  it('streams of a growing message only its newest frame', async () => {
    await using server = await aHarbour()
    const { ts = '' } = await aWebClient(server).chat.postMessage({ channel: server.ids.general, text: 'one' })
    const response = await fetch(`${server.world.origin}/__control/events?types=changed`)
    await aWebClient(server).chat.update({ channel: server.ids.general, ts, text: 'one two' })
    let text = ''
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString()
      if (text.includes('data:') && text.endsWith('\n\n')) break
    }
    const event = JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? '{}') as { message: { versions: { shown: string }[] } }
    expect(event.message.versions.map(one => one.shown)).toEqual(['one two'])
    expect(server.people.message('#general', ts).versions).toHaveLength(2)
  })

  it('says what is wrong with a call', async () => {
    await using server = await aHarbour()
    expect(await call(server, 'say', { person: 'mira' })).toMatchObject({ status: 400 })
    expect(await call(server, 'say', { person: 'nobody', place: '#general', text: 'x' })).toMatchObject({
      status: 400,
      body: { error: 'There is no person "nobody"' },
    })
    expect(await call(server, 'say', { person: 'jonas', place: '#crew', text: 'x' })).toMatchObject({
      body: { error: 'Jonas is not in "#crew"' },
    })
    expect(await call(server, 'shout')).toMatchObject({ status: 404 })
  })

  it.each([
    ['another host', { host: 'playground.example' }],
    ['another origin', { origin: 'http://127.0.0.1:1' }],
    ['a page without an origin', { origin: 'null' }],
  ])('refuses %s', async (_, headers) => {
    await using server = await aHarbour()
    expect(await rawStatus(server, headers)).toBe(403)
  })
})

async function call(
  server: Server,
  name: string,
  args: object = {},
): Promise<{ status: number; body: Readonly<Record<string, unknown>> }> {
  const response = await fetch(`${server.world.origin}/__control/${name}`, {
    method: 'POST',
    body: JSON.stringify(args),
  })
  return { status: response.status, body: (await response.json()) as Readonly<Record<string, unknown>> }
}

/** `fetch` does not let one lie about the host. */
async function rawStatus(server: Server, headers: Readonly<Record<string, string>>): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>()
  const call = request(`${server.world.origin}/__control/world`, { method: 'POST', headers }, response => {
    response.resume()
    resolve(response.statusCode)
  })
  call.on('error', reject).end('{}')
  return await promise
}
