import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { App, HTTPReceiver } from '@slack/bolt'
import { describe, expect, it } from 'vitest'
import { aHarbour, quiet } from './a-bolt-app.ts'

describe('events by HTTP', () => {
  it('proves the address of a Bolt app and tells it signed events', async () => {
    await using server = await aHarbour()
    const heard: string[] = []
    await using app = await aHttpApp(server, one => {
      one.event('app_mention', async ({ event }) => void heard.push(event.text))
    })
    expect(await server.delivering.useHttp(app.url)).toBe(true)
    server.people.say('mira', '#general', '@Aeries over here')
    await server.watch.acknowledged()
    expect(heard).toEqual([`<@${server.ids.botUser}> over here`])
    expect(server.deliveries.all().map(one => [one.state, one.attempts[0]?.via])).toEqual([
      ['acknowledged', 'http'],
      ['acknowledged', 'http'],
    ])
  })

  it('is refused by Bolt with a wrong secret or an old timestamp, and tries again', async () => {
    await using server = await aHarbour({ rules: { retryDelaysMs: [1] } })
    const heard: string[] = []
    await using app = await aHttpApp(server, one => one.message(async () => void heard.push('a message')))
    await server.delivering.useHttp(app.url)
    const target = server.delivering.http
    if (target) target.forgery = { secret: 'not the secret' }
    server.people.say('mira', 'dm', 'forged')
    await server.watch.acknowledged()
    if (target) target.forgery = { ageMs: 6 * 60_000 }
    server.people.say('mira', 'dm', 'replayed')
    await server.watch.acknowledged()
    expect(server.deliveries.all().map(one => [one.state, one.attempts.map(each => each.outcome)])).toEqual([
      ['failed', ['http_error', 'http_error']],
      ['failed', ['http_error', 'http_error']],
    ])
    expect(heard).toEqual([])
  })

  it('carries number and reason of a retry in its headers', async () => {
    await using server = await aHarbour({ rules: { ackMs: 500, retryDelaysMs: [1, 1] } })
    const seen: unknown[] = []
    await using app = await aPlainServer(async ({ headers, socket }, attempt) => {
      seen.push([headers['x-slack-retry-num'], headers['x-slack-retry-reason']])
      // Silent for as long as it is waited for.
      if (attempt === 1) await once(socket, 'close')
      return attempt === 2 ? 500 : 200
    })
    expect(await server.delivering.useHttp(app.url)).toBe(false)
    server.people.say('mira', 'dm', 'slow one')
    await server.watch.acknowledged()
    expect(seen.slice(1)).toEqual([
      [undefined, undefined],
      ['1', 'http_timeout'],
      ['2', 'http_error'],
    ])
  })

  it('stops retrying when the app says so', async () => {
    await using server = await aHarbour({ rules: { retryDelaysMs: [1, 1] } })
    await using app = await aPlainServer(async () => 503, { 'x-slack-no-retry': '1' })
    expect(await server.delivering.useHttp(app.url)).toBe(false)
    server.people.say('mira', 'dm', 'only once')
    const told = await server.watch.delivered('message.im')
    expect(told.attempts).toHaveLength(1)
  })

  it('gives a command to Bolt as a form, and shows its answer to the person alone', async () => {
    await using server = await aHarbour()
    await using app = await aHttpApp(server, one => {
      one.command('/aeries', async ({ command, ack }) => await ack(`you said ${command.text}`))
    })
    await server.delivering.useHttp(app.url)
    const told = await server.interactions.command('mira', '#general', '/aeries', 'help')
    expect(told.state).toBe('acknowledged')
    expect(server.people.messages('#general', 'mira').map(one => one.text)).toEqual(['you said help'])
    expect(server.people.messages('#general', 'jonas')).toEqual([])
  })
})

type Server = Awaited<ReturnType<typeof aHarbour>>

async function aHttpApp(server: Server, prepare: (app: App) => void): Promise<AsyncDisposable & { url: string }> {
  const receiver = new HTTPReceiver({ signingSecret: server.app.signingSecret, logger: quiet })
  const clientOptions = { slackApiUrl: server.apiUrl, retryConfig: { retries: 0 } }
  const app = new App({ receiver, token: server.ids.botToken, logger: quiet, convoStore: false, clientOptions })
  prepare(app)
  const listening = await receiver.start(0)
  const { port } = listening.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/slack/events`, [Symbol.asyncDispose]: async () => void (await app.stop()) }
}

type Seen = Readonly<{ headers: NodeJS.Dict<string | string[]>; socket: Socket }>

/** A web address that answers with the status that it is told for each request, counted from 0. */
async function aPlainServer(
  answer: (seen: Seen, attempt: number) => Promise<number>,
  headers: Readonly<Record<string, string>> = {},
): Promise<AsyncDisposable & { url: string }> {
  let attempts = 0
  const server = createServer(async (request, response) => {
    const attempt = attempts
    attempts += 1
    const status = await answer(request, attempt)
    if (!response.destroyed) response.writeHead(status, headers).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = async () => {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
  return { url: `http://127.0.0.1:${port}/`, [Symbol.asyncDispose]: close }
}
