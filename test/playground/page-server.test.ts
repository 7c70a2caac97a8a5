import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EventSourceParserStream } from 'eventsource-parser/stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PageEvent } from '#playground/page/wire.ts'
import { buildPage } from '#playground/page-server/build-page.ts'
import { PageFeed } from '#playground/page-server/page-feed.ts'
import { type PageServer, startPageServer } from '#playground/page-server/page-server.ts'
import { readSettings } from '#playground/settings.ts'
import { openStage, type Stage } from '#playground/stage.ts'

const folder = mkdtempSync(join(tmpdir(), 'aeries-page-'))
const parts = new AsyncDisposableStack()
let stage: Stage
let server: PageServer

beforeAll(async () => {
  const settings = readSettings({ DATABASE_PATH: join(folder, 'aeries.db') }, '/nowhere')
  const { signal } = new AbortController()
  stage = parts.use(await openStage({ settings, preset: 'instant' }, signal))
  const about = { model: 'none', isStandIn: true, web: '', database: '', log: '' }
  const feed = parts.use(new PageFeed(stage, about, signal))
  const files = Promise.resolve(new Map([['/index.html', { type: 'text/html', body: '<p>the page' }]]))
  server = parts.use(await startPageServer({ stage, feed, files, port: 0 }))
})
afterAll(async () => {
  await parts.disposeAsync()
  rmSync(folder, { recursive: true })
})

type Asked = Readonly<{ method?: string; path?: string; headers?: Readonly<Record<string, string>>; body?: string }>

/** `fetch` sets Host, Origin and Sec-Fetch-Site by itself. */
function ask({ method = 'GET', path = '/', headers = {}, body = '' }: Asked) {
  return new Promise<Readonly<{ status: number; text: string; policy: string }>>((resolve, reject) => {
    const asking = request(server.url + path, { method, headers }, async response => {
      const text = Buffer.concat(await Array.fromAsync(response)).toString()
      const policy = String(response.headers['content-security-policy'])
      resolve({ status: response.statusCode ?? 0, text, policy })
    })
    asking.on('error', reject).end(body)
  })
}

async function* events(signal: AbortSignal): AsyncGenerator<PageEvent> {
  const { body } = await fetch(`${server.url}/events`, { signal })
  if (body === null) return
  const stream = body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())
  for await (const { data } of stream) yield JSON.parse(data)
}

describe('the page’s server', () => {
  const say = {
    method: 'POST',
    path: '/discord/say',
    body: JSON.stringify({ person: 'mira', place: 'dm', text: 'no' }),
  }

  it('shows the page to itself, under a policy that lets nothing else in', async () => {
    const { status, text, policy } = await ask({})
    expect([status, text]).toEqual([200, '<p>the page'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
    expect((await ask({ path: '/../package.json' })).status).toBe(404)
  })

  it('answers nobody under a name that was bound anew to this machine', async () => {
    const { port } = new URL(server.url)
    for (const host of [`evil.example:${port}`, 'evil.example', '127.0.0.1', `127.0.0.1.evil.example:${port}`]) {
      for (const asked of [{}, { path: '/events' }, say]) {
        expect((await ask({ ...asked, headers: { host } })).status, host).toBe(403)
      }
    }
    expect((await ask({ headers: { host: `localhost:${port}` } })).status).toBe(200)
  })

  it('takes nothing from another page, and tells it nothing', async () => {
    const spoken = stage.discord.world.messages.all().length
    for (const headers of [
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { origin: 'http://127.0.0.1:1' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      expect((await ask({ ...say, headers })).status, JSON.stringify(headers)).toBe(403)
      expect((await ask({ path: '/events', headers })).status, JSON.stringify(headers)).toBe(403)
      expect((await ask({ method: 'POST', path: '/weather', body: '{"act":"kill"}', headers })).status).toBe(403)
    }
    expect(stage.discord.world.messages.all()).toHaveLength(spoken)
    // Following a link to the page is no harm: the other page sees nothing of it.
    expect((await ask({ headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' } })).status).toBe(200)
  })

  it('tells how everything stands, and then what happens', async () => {
    const leaving = new AbortController()
    const heard = events(leaving.signal)
    const first: PageEvent | undefined = (await heard.next()).value
    if (first?.type !== 'snapshot') throw new Error('no snapshot')
    const { discord, slack } = first.snapshot.scenes
    expect(discord.places.map(({ kind, name }) => `${kind} ${name}`)).toContain('private crew')
    expect(slack.places.find(({ name }) => name === 'port-authority')?.kind).toBe('shared')
    const own = { origin: server.url, 'sec-fetch-site': 'same-origin' }
    expect((await ask({ ...say, headers: own })).status).toBe(200)
    for await (const event of heard) {
      if (event.type !== 'message') continue
      expect(event.message).toMatchObject({ platform: 'discord', text: 'no', format: 'discord', isGone: false })
      break
    }
    leaving.abort()
  })

  it('hands on what is asked of the model’s stand-in, as of the others', async () => {
    const told = await ask({ method: 'POST', path: '/model/state', body: '{"health":"hang"}' })
    expect([told.status, told.text, stage.model.standIn?.state.health]).toEqual([200, '{"changed":["health"]}', 'hang'])
    expect((await ask({ method: 'POST', path: '/model/state', body: '{"health":"ok"}' })).status).toBe(200)
  })

  it('says what is wrong with a call', async () => {
    const unknown = await ask({ method: 'POST', path: '/slack/nothing', body: '{}' })
    expect([unknown.status, unknown.text]).toEqual([404, '{"error":"There is no call \\"nothing\\""}'])
    expect((await ask({ method: 'POST', path: '/weather', body: '{"act":"hail"}' })).status).toBe(400)
    expect((await ask({ method: 'PUT' })).status).toBe(405)
    expect((await ask({ path: '/files/discord/attachments/1/2/x' })).status).toBe(404)
  })
})

it('the page is built in memory, from what the repository holds', async () => {
  const files = await buildPage('page')
  const index = String(files.get('/index.html')?.body)
  const script = /src="([^"]+\.js)"/.exec(index)?.[1] ?? ''
  expect(String(files.get(script)?.body)).toContain('EventSource')
  expect(index).toMatch(/href="\/assets\/[^"]+\.css"/)
  // The policy allows no script and no style in the page itself.
  expect(index).not.toMatch(/<script(?![^>]*src=)|<style/)
})
