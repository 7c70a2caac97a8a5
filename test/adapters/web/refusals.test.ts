import { describe, expect, it } from 'vitest'
import { createWebAdapter } from '#adapters/web/web-adapter.ts'
import { ConfigError } from '#src/core/errors.ts'
import { personId } from '#src/core/ids.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { systemClock } from '#src/system-clock.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { WebClient } from '#test/support/web-client.ts'
import { anOpenHouse, cookieOf, type House, houseOf, local, raw } from './web-house.ts'

const mira = { id: personId('discord', undefined, '1'), name: 'Mira', external: false }
const jonas = { id: personId('slack', 'T1', 'U2'), name: 'Jonas', external: false }

/** Nothing reached the house, nothing was stored. */
function expectNothing({ inbox, store }: House): void {
  expect(inbox.events).toEqual([])
  expect(store.talks.list(personId('web', undefined, 'local'), 'web', 10)).toEqual({ items: [], next: undefined })
  expect(store.talks.list(mira.id, 'web', 10)).toEqual({ items: [], next: undefined })
}

/** So it is, and the next one is served. */
async function expectUntouched(house: House, cookie?: string): Promise<void> {
  const { adapter } = house
  expectNothing(house)
  await using client = new WebClient(adapter.url, cookie)
  expect((await client.ask('GET', '/api/session')).status).toBe(200)
}

describe('the web door refuses', () => {
  it.each([
    ['a page of another site', { origin: 'https://evil.example' }, 403],
    ['a sandboxed page', { origin: 'null' }, 403],
    ['a form of another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['another port of this machine', { origin: 'http://localhost:1' }, 403],
    ['a name that was bound anew to this machine', { host: 'evil.example' }, 421],
    ['a page of another site, whatever it calls itself', { 'sec-fetch-site': 'same-site', origin: 'OWN' }, 403],
    ['what is not sent as JSON', { 'content-type': 'text/plain' }, 415],
    ['what a form may say of itself', { 'content-type': 'text/plain; application/json' }, 415],
    ['what is JSON and something else', { 'content-type': 'application/json, text/plain' }, 415],
    ['JSON that is not in UTF-8', { 'content-type': 'application/json; charset=utf-16' }, 415],
  ])('%s', async (_, { origin, ...headers }: Readonly<Record<string, string>>, status) => {
    await using house = await anOpenHouse()
    await using client = new WebClient(house.adapter.url)
    const from = origin === 'OWN' ? house.adapter.url : origin
    const told = { ...headers, ...(from !== undefined && { origin: from }) }
    const { status: got, json } = await client.ask('POST', '/api/conversations', {}, told)
    expect(got).toBe(status)
    expect(json).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } })
    await expectUntouched(house)
  })

  it('to be read by a page of another site, and lets its own page write', async () => {
    await using house = await anOpenHouse()
    await using client = new WebClient(house.adapter.url)
    const read = (headers: Record<string, string>) => client.ask('GET', '/api/conversations', undefined, headers)
    expect((await read({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await read({ 'sec-fetch-site': 'same-origin' })).status).toBe(200)
    const origin = house.adapter.url.replace('127.0.0.1', 'localhost')
    const host = origin.slice('http://'.length)
    expect((await client.ask('POST', '/api/conversations', {}, { origin, host })).status).toBe(201)
  })

  it('who is not signed in, whose key is forged, and whose session has ended', async () => {
    await using house = await anOpenHouse({ signIn: 'link' })
    const cookie = await cookieOf(house.store, mira)
    for (const forged of [
      undefined,
      'aeries=',
      'aeries=x',
      `aeries=${'a'.repeat(43)}`,
      'other=1',
      cookie.replace('=', '=A'),
    ]) {
      await using client = new WebClient(house.adapter.url, forged)
      const answers = await Promise.all([
        client.ask('GET', '/api/conversations'),
        client.ask('POST', '/api/conversations', {}),
        client.ask('GET', '/api/briefing?conversationId=0123456789abcdef01234567'),
        client.ask('POST', '/api/chat', { message: 'hi', conversationId: '0123456789abcdef01234567' }),
      ])
      expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401])
    }
    await expectUntouched(house, cookie)
    await using client = new WebClient(house.adapter.url, cookie)
    expect((await client.ask('DELETE', '/api/session')).status).toBe(204)
    expect((await client.ask('GET', '/api/session')).status).toBe(401)
  })

  it('the conversations, messages and answers of somebody else, and does not tell that they are there', async () => {
    await using house = await anOpenHouse({ signIn: 'link' })
    await using owner = new WebClient(house.adapter.url, await cookieOf(house.store, mira))
    await using other = new WebClient(house.adapter.url, await cookieOf(house.store, jonas))
    const talk = await owner.begin('secret plans')
    await using stream = await owner.chat(talk, 'a secret')
    const { message } = await house.inbox.next('message')
    const id = encodeURIComponent(message.id)
    const nobody = '0123456789abcdef01234567'
    for (const [own, foreign] of [
      [talk, stream.turn],
      [nobody, `${nobody}-0123456789abcdef`],
    ] as const) {
      const answers = await Promise.all([
        other.ask('POST', '/api/chat', { message: 'hi', conversationId: own }),
        other.ask('GET', `/api/chat/${foreign}`),
        other.ask('DELETE', `/api/chat/${foreign}`),
        other.ask('GET', `/api/conversations/${own}`),
        other.ask('PATCH', `/api/conversations/${own}`, { title: 'mine' }),
        other.ask('DELETE', `/api/conversations/${own}`),
        other.ask('GET', `/api/conversations/${own}/events`),
        other.ask('GET', `/api/briefing?conversationId=${own}`),
        other.ask('POST', '/api/commands', { conversationId: own, verb: 'me' }),
        other.ask('POST', '/api/feedback', { messageId: message.id, verdict: 'up' }),
        other.ask('POST', '/api/reactions', { messageId: message.id, emoji: '👍' }),
        other.ask('POST', '/api/taps', { messageId: message.id, action: 'control:stop' }),
        other.ask('PATCH', `/api/messages/${id}`, { message: 'mine' }),
        other.ask('DELETE', `/api/messages/${id}`),
      ])
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404))
    }
    expect((await other.ask('GET', '/api/conversations?q=secret')).json).toMatchObject({ conversations: [] })
    expect(house.inbox.events).toHaveLength(1)
    expect((await owner.ask('GET', `/api/conversations/${talk}`)).json).toMatchObject({ title: 'secret plans' })
  })

  it.each([
    ['an oversized body', { message: 'x'.repeat(300_000), conversationId: '0123456789abcdef01234567' }, 413],
    ['fields that are not read', { message: 'hi', conversationId: '0123456789abcdef01234567', history: [] }, 400],
    ['blank words', { message: ' \n', conversationId: '0123456789abcdef01234567' }, 400],
    ['an id that is none', { message: 'hi', conversationId: '../../etc/passwd' }, 400],
    ['a body that is no object', ['hi'], 400],
  ])('%s', async (_, body, status) => {
    await using house = await anOpenHouse()
    await using client = new WebClient(house.adapter.url)
    expect((await client.ask('POST', '/api/chat', body)).status).toBe(status)
    await expectUntouched(house)
  })

  it('a bomb of headers, garbage, and a body that never says how long it is', async () => {
    await using house = await anOpenHouse()
    const bomb = Array.from({ length: 400 }, (_, at) => `x-${at}: ${'y'.repeat(200)}\r\n`).join('')
    expect(await raw(house, `GET /api/conversations HTTP/1.1\r\nhost: x\r\n${bomb}\r\n`)).toMatch(/^HTTP\/1\.1 431 /)
    expect(await raw(house, 'rubbish\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
    const host = house.adapter.url.slice('http://'.length)
    const head = `POST /api/chat HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\n`
    const chunk = `8000\r\n${'x'.repeat(0x8000)}\r\n`.repeat(12)
    expect(await raw(house, `${head}transfer-encoding: chunked\r\n\r\n${chunk}0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 413 /)
    await expectUntouched(house)
  })

  it('a body that comes too slowly', async () => {
    await using house = await anOpenHouse({ withinMs: 300 })
    const host = house.adapter.url.slice('http://'.length)
    const head = `POST /api/chat HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{"mess`
    expect(await raw(house, head)).toMatch(/^HTTP\/1\.1 408 /)
    // Whether the next one is quick enough for this house is up to the machine.
    expectNothing(house)
    expect(house.adapter.health()).toEqual({ state: 'connected' })
  })

  it('to stand open to other machines without signing in, and says why', () => {
    using store = openStore({ path: ':memory:' })
    const parts = { ...local, host: '0.0.0.0', house: houseOf(store), clock: systemClock, log: new KeptLog() }
    expect(() => createWebAdapter(parts)).toThrow(ConfigError)
    expect(() => createWebAdapter(parts)).toThrow(/WEB_SIGN_IN=link/)
  })
})

describe('signing in', () => {
  it('takes a code of /aeries link once, and the person is the same as there', async () => {
    await using house = await anOpenHouse({ signIn: 'link' })
    await using client = new WebClient(house.adapter.url)
    const { code } = await house.store.links.issue({ person: mira.id, name: 'Mira' }, new Date())
    const { status, headers, json } = await client.ask('POST', '/api/session', { code })
    expect([status, json]).toEqual([201, { name: 'Mira', signIn: 'link' }])
    expect(headers['set-cookie']).toMatch(/^aeries=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/)
    await using signedIn = new WebClient(house.adapter.url, String(headers['set-cookie']).split(';')[0])
    await using stream = await signedIn.chat(await signedIn.begin(), 'hello')
    expect(stream.status).toBe(200)
    expect((await house.inbox.next('message')).person).toEqual(mira)
    expect((await client.ask('POST', '/api/session', { code })).status).toBe(401)
  })

  it('is over for a while after some wrong codes, for whoever tried them and nobody else', async () => {
    await using house = await anOpenHouse({ signIn: 'link' })
    await using client = new WebClient(house.adapter.url)
    const { code } = await house.store.links.issue({ person: mira.id, name: 'Mira' }, new Date())
    const statuses: number[] = []
    const from = (address: string) => ({ 'x-forwarded-for': `10.1.1.1, ${address}` })
    for (let tries = 0; tries < 8; tries += 1) {
      const guess = { code: `WRONG${tries}` }
      statuses.push((await client.ask('POST', '/api/session', guess, from('203.0.113.7'))).status)
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429])
    expect((await client.ask('POST', '/api/session', { code }, from('203.0.113.7'))).status).toBe(429)
    expect((await client.ask('POST', '/api/session', { code }, from('2001:db8::1'))).status).toBe(201)
  })

  it('takes no code that is too old, or that was tried too often, whoever tried it', async () => {
    const clock = new ManualClock()
    await using house = await anOpenHouse({ signIn: 'link', clock })
    await using client = new WebClient(house.adapter.url)
    const issue = () => house.store.links.issue({ person: mira.id, name: 'Mira' }, clock.now())
    const { code: old } = await issue()
    await clock.advance(10 * 60_000)
    expect((await client.ask('POST', '/api/session', { code: old })).status).toBe(401)
    const { code } = await issue()
    const wrong = `${code.slice(0, -1)}${code.endsWith('B') ? 'C' : 'B'}`
    for (let tries = 0; tries < 5; tries += 1) {
      await client.ask('POST', '/api/session', { code: wrong }, { 'x-forwarded-for': `203.0.113.${tries}` })
    }
    expect((await client.ask('POST', '/api/session', { code })).status).toBe(401)
  })

  it('is a new session each time: a key that somebody brought along, or put beside one, opens nothing', async () => {
    await using house = await anOpenHouse({ signIn: 'link' })
    const brought = `aeries=${'x'.repeat(43)}`
    await using client = new WebClient(house.adapter.url, brought)
    const { code } = await house.store.links.issue({ person: mira.id, name: 'Mira' }, new Date())
    const { headers } = await client.ask('POST', '/api/session', { code })
    const cookie = String(headers['set-cookie']).split(';')[0] ?? ''
    expect(cookie).not.toBe(brought)
    expect((await client.ask('GET', '/api/session')).status).toBe(401)
    const planted = await cookieOf(house.store, jonas)
    for (const both of [`${planted}; ${cookie}`, `${cookie}; ${planted}`]) {
      await using tossed = new WebClient(house.adapter.url, both)
      expect((await tossed.ask('GET', '/api/session')).status).toBe(401)
    }
    await using signedIn = new WebClient(house.adapter.url, `other=1; ${cookie}; aeriesx=2`)
    expect((await signedIn.ask('GET', '/api/session')).json).toMatchObject({ name: 'Mira' })
    const out = await signedIn.ask('DELETE', '/api/session')
    expect(out.headers['set-cookie']).toBe('aeries=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict')
    expect((await signedIn.ask('GET', '/api/session')).status).toBe(401)
  })

  it('lasts for thirty days, and its cookie goes to no host beside this one where there is TLS', async () => {
    const clock = new ManualClock()
    await using house = await anOpenHouse({ signIn: 'link', clock, url: 'https://aeries.example' })
    await using client = new WebClient(house.address)
    const host = { host: 'aeries.example' }
    const { code } = await house.store.links.issue({ person: mira.id, name: 'Mira' }, clock.now())
    const { headers } = await client.ask('POST', '/api/session', { code }, host)
    const cookie = String(headers['set-cookie'])
    expect(cookie).toMatch(/^__Host-aeries=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict; Secure$/)
    await using signedIn = new WebClient(house.address, cookie.split(';')[0])
    expect((await signedIn.ask('GET', '/api/session', undefined, host)).status).toBe(200)
    await clock.advance(30 * 24 * 3_600_000)
    expect((await signedIn.ask('GET', '/api/session', undefined, host)).status).toBe(401)
  })

  it('is over for all windows at once when one signs out, and nothing more is read by an open one', async () => {
    await using house = await anOpenHouse({ signIn: 'link' })
    const [cookie, other] = [await cookieOf(house.store, mira), await cookieOf(house.store, mira)]
    await using client = new WebClient(house.adapter.url, cookie)
    await using elsewhere = new WebClient(house.adapter.url, other)
    const talk = await client.begin()
    await using answer = await client.chat(talk, 'hello')
    await using window = await client.stream('GET', `/api/conversations/${talk}/events`)
    await using stays = await elsewhere.stream('GET', `/api/conversations/${talk}/events`)
    expect((await client.ask('DELETE', '/api/session')).status).toBe(204)
    await Promise.all([answer.over, window.over])
    const again = await client.ask('GET', `/api/chat/${answer.turn}`)
    expect(again.status).toBe(401)
    const { surface } = await house.inbox.next('message')
    await surface.write({ key: 'a', part: 0, phase: 'first', text: 'Hello' }, new AbortController().signal)
    await stays.until(({ text }) => text === 'Hello')
    expect([answer.text, window.text, answer.isDone]).toEqual(['', '', false])
  })

  it('ends an open stream soon after it has run out', async () => {
    const clock = new ManualClock()
    await using house = await anOpenHouse({ signIn: 'link', clock })
    const nearlyOver = new Date(clock.now().getTime() - 30 * 24 * 3_600_000 + 20_000)
    const key = await house.store.signIns.begin(mira, nearlyOver)
    await using client = new WebClient(house.adapter.url, `aeries=${key}`)
    await using stream = await client.stream('GET', `/api/conversations/${await client.begin()}/events`)
    await clock.advance(15_000)
    await stream.until(({ comments }) => comments.length > 1)
    await clock.advance(15_000)
    await stream.over
  })

  it('is for nobody where whoever sits at the machine is the one person', async () => {
    await using house = await anOpenHouse()
    await using client = new WebClient(house.adapter.url)
    const { code } = await house.store.links.issue({ person: mira.id, name: 'Mira' }, new Date())
    const { status, headers } = await client.ask('POST', '/api/session', { code })
    expect([status, headers['set-cookie']]).toEqual([404, undefined])
  })
})
