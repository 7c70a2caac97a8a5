import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personId } from '#src/core/ids.ts'
import { WebClient } from '#test/support/web-client.ts'
import { anOpenHouse, type House, raw } from './web-house.ts'

let house: House
/** For what never arrives. It takes a machine that stands still for a client that does. */
let hasty: House
let talk = ''
beforeAll(async () => {
  house = await anOpenHouse()
  hasty = await anOpenHouse({ withinMs: 400 })
  await using client = new WebClient(house.address)
  talk = await client.begin()
})
afterAll(async () => {
  await house[Symbol.asyncDispose]()
  await hasty[Symbol.asyncDispose]()
})

type Headers = Readonly<Record<string, string>>

/** One request as somebody writes it who knows no manners. `HOST` and `TALK` stand for ours. */
function request(line: string, headers: Headers = {}, text = ''): string {
  const body = text.replaceAll('TALK', talk)
  const length =
    body === '' ? {} : { 'content-type': 'application/json', 'content-length': `${Buffer.byteLength(body)}` }
  const all = { host: 'HOST', connection: 'close', ...length, ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${line} HTTP/1.1\r\n${lines.join('')}\r\n`.replaceAll('TALK', talk) + body
}

function sent(to: House, bytes: string, readsAll = false): Promise<string> {
  return raw(to, bytes.replaceAll('HOST', new URL(to.address).host), readsAll)
}

const talks = '/api/conversations'
const chunked = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }
const turn = 'TALK-0123456789abcdef'
const statusOf = (answer: string) => Number(answer.split(' ')[1])

describe('a line that somebody writes by hand', () => {
  it.each<readonly [what: string, status: number, bytes: () => string]>([
    ['HEAD', 200, () => request(`HEAD ${talks}`)],
    ['a method that changes nothing here', 404, () => request(`PUT ${talks}`, {}, '{}')],
    ['TRACE', 404, () => request(`TRACE ${talks}`)],
    [
      'what a browser asks before another site writes',
      403,
      () => request(`OPTIONS ${talks}`, { origin: 'https://e.example' }),
    ],
    ['two lengths', 400, () => `${request(`POST ${talks}`, { 'content-length': '2', 'Content-Length': '3' })}{}`],
    ['a length and chunks', 400, () => request(`POST ${talks}`, { ...chunked, 'content-length': '2' }, '{}')],
    ['a chunk of no size', 400, () => `${request(`POST ${talks}`, chunked)}ZZ\r\n{}\r\n`],
    ['chunks without an end', 408, () => `${request(`POST ${talks}`, chunked)}2\r\n{}\r\n`],
    [
      'a chunk with a long tail',
      413,
      () => `${request(`POST ${talks}`, chunked)}2;${'x'.repeat(40_000)}\r\n{}\r\n0\r\n\r\n`,
    ],
    [
      'trailers without an end',
      431,
      () => `${request(`POST ${talks}`, chunked)}2\r\n{}\r\n0\r\n${'a: b\r\n'.repeat(9_000)}`,
    ],
    ['an expectation of nobody knows what', 417, () => request(`POST ${talks}`, { expect: 'wonders' }, '{}')],
    ['a first line that does not end', 408, () => 'GET / HT'],
    ['HTTP/2', 400, () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a header over two lines', 400, () => request(`GET ${talks}`, { x: 'y\r\n z' }).replace('x: y', 'host:')],
    ['a blank before a colon', 400, () => request(`GET ${talks}`).replace('host:', 'host :')],
    ['too many cookies', 431, () => request(`GET ${talks}`, { cookie: 'a=b; '.repeat(4_000) })],
    ['no name of ours', 400, () => `GET ${talks} HTTP/1.1\r\nconnection: close\r\n\r\n`],
    ['our name and another one', 421, () => request(`GET ${talks}`, { Host: 'evil.example' })],
    ['another name in its first line', 421, () => request(`GET http://evil.example${talks}`)],
    ['our name in its first line', 200, () => request(`GET http://HOST${talks}`)],
    ['another port of ours', 421, () => request(`GET ${talks}`, { host: '127.0.0.1:1' })],
    ['our name with more behind it', 400, () => request(`GET ${talks}`, { host: 'HOST.evil.example' })],
    [
      'an origin that begins as ours',
      403,
      () => request(`POST ${talks}`, { origin: 'http://HOST.evil.example' }, '{}'),
    ],
    ['two origins', 403, () => request(`POST ${talks}`, { origin: 'http://HOST https://evil.example' }, '{}')],
    ['an empty origin', 403, () => request(`POST ${talks}`, { origin: '' }, '{}')],
    ['JSON of a hundred thousand floors', 400, () => request(`POST ${talks}`, {}, '['.repeat(1e5) + ']'.repeat(1e5))],
    ['objects in objects', 400, () => request(`POST ${talks}`, {}, `${'{"a":'.repeat(3e4)}1${'}'.repeat(3e4)}`)],
    ['a prototype', 400, () => request(`POST ${talks}`, {}, '{"__proto__":{"title":"x"}}')],
    ['no JSON', 400, () => request(`POST ${talks}`, {}, '{"title":')],
    ['nothing where something is to be', 400, () => request(`POST ${talks}`, {}, 'null')],
    ['a way out of the folder', 404, () => request('GET /../../package.json')],
    ['a hidden way out of the folder', 404, () => request('GET /%2e%2e%2f%2e%2e%2fpackage.json')],
    ['a way out of the folder by its other slash', 404, () => request('GET /..%5c..%5cpackage.json')],
    ['a way into the folder and out', 404, () => request('GET /assets/..%2f..%2fopenapi.json')],
    ['a path that ends early', 404, () => request('GET /index.html%00.js')],
    ['a path that is none', 404, () => request('GET /%zz')],
    ['a page of the list that nobody was given', 200, () => request(`GET ${talks}?cursor=1e999%20x`)],
    ['a place in a conversation beyond all numbers', 400, () => request(`GET ${talks}/TALK?before=9999999999999999.1`)],
    ['an id with a line break', 404, () => request(`GET ${talks}/TALK%0A`)],
    ['a place in no answer', 404, () => request(`GET /api/chat/${turn}`, { 'last-event-id': `${turn}/9.zz.9` })],
    [
      'a place in an answer that is nonsense',
      404,
      () => request(`GET /api/chat/${turn}`, { 'last-event-id': '9'.repeat(3_000) }),
    ],
    [
      'a message of another platform',
      400,
      () => request('POST /api/feedback', {}, '{"messageId":"discord:-:1/2","verdict":"up"}'),
    ],
    [
      'a message by a way out',
      400,
      () => request('POST /api/feedback', {}, '{"messageId":"web:-:TALK/../x","verdict":"up"}'),
    ],
  ])('%s: %i', async (_, status, bytes) => {
    expect(statusOf(await sent(status === 408 ? hasty : house, bytes()))).toBe(status)
  })

  it('may hold many requests: each is looked at by itself', async () => {
    const good = request(`GET ${talks}`, { connection: 'keep-alive' })
    const foreign = request(`GET ${talks}`, { connection: 'keep-alive', host: 'evil.example' })
    const answer = await sent(house, good.repeat(50) + foreign + request(`GET ${talks}`), true)
    const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status))
    expect(statuses).toEqual([...Array.from({ length: 50 }, () => 200), 421, 200])
  })

  it('has left nothing behind, and the next one is served', async () => {
    for (const { inbox, log } of [house, hasty]) {
      expect(inbox.events).toEqual([])
      expect(log.lines.filter(({ level }) => level === 'error')).toEqual([])
    }
    await using client = new WebClient(house.address)
    const { json } = await client.ask('GET', talks)
    expect(json['conversations']).toMatchObject([{ id: talk }])
    expect(house.store.talks.list(personId('web', undefined, 'local'), 'web', 10)).toMatchObject({ items: [{}] })
  })
})
