import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { DiscordApi, type DiscordApiOptions, PausedError } from '#adapters/discord/discord-api.ts'
import { outcomeOf } from '#adapters/discord/outcomes.ts'
import { never } from './discord-house.ts'

const channel = '300000000000000001'
const send = { method: 'POST', route: `/channels/${channel}/messages`, body: { content: 'hello' } } as const
const edit = { method: 'PATCH', route: `/channels/${channel}/messages/600000000000000001`, body: {} } as const

/** A bare server in place of Discord, for what the stand-in cannot do to a client. */
async function aServer(listener: RequestListener, timeoutMs?: number, more: Partial<DiscordApiOptions> = {}) {
  const server = createServer(listener)
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
  const refusals: string[] = []
  const api = new DiscordApi({
    requestsPerSecond: 50,
    token: 'token',
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    onTokenRefused: () => refusals.push('refused'),
    onPaused: () => refusals.push('paused'),
    now: Date.now,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...more,
  })
  return {
    api,
    refusals,
    [Symbol.asyncDispose]: async () => {
      api[Symbol.dispose]()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

const json = { 'content-type': 'application/json' }

describe('DiscordApi', () => {
  it.each([
    ['never answers', (() => undefined) satisfies RequestListener],
    ['stops in the middle of its answer', (_, response) => void response.writeHead(200, json).write('{"id":')],
  ] satisfies [string, RequestListener][])(
    'gives up on a Discord that %s, and leaves open what became of it',
    async (_, listener) => {
      await using house = await aServer(listener, 60)
      const error = await house.api.call(send, never).catch((failure: unknown) => failure)
      expect(outcomeOf(error).outcome).toBe('unknown')
    },
  )

  it('sends a request once, whatever happens to it', async () => {
    let requests = 0
    await using house = await aServer((request, response) => {
      requests += 1
      if (requests === 1) response.writeHead(503).end()
      else request.socket.destroy()
    })
    for (let turn = 0; turn < 2; turn += 1) {
      const error = await house.api.call(send, never).catch((failure: unknown) => failure)
      expect(outcomeOf(error).outcome).toBe('unknown')
    }
    expect(requests).toBe(2)
  })

  it('lets no spent budget of edits hold up a send, though both carry one hash', async () => {
    const methods: string[] = []
    await using house = await aServer((request, response) => {
      methods.push(request.method ?? '')
      response.writeHead(200, {
        ...json,
        'x-ratelimit-bucket': 'one-hash',
        'x-ratelimit-limit': '5',
        'x-ratelimit-remaining': request.method === 'PATCH' ? '0' : '4',
        'x-ratelimit-reset-after': '60',
      })
      response.end('{"id":"600000000000000002"}')
    })
    expect((await house.api.call(send, never)).limit).toEqual({ limit: 5, remaining: 4, resetAfterMs: 60_000 })
    expect((await house.api.call(edit, never)).limit).toEqual({ limit: 5, remaining: 0, resetAfterMs: 60_000 })
    await house.api.call(send, never)
    const spent = await house.api.call(edit, never).catch((failure: unknown) => failure)
    expect(outcomeOf(spent)).toMatchObject({ outcome: 'rate-limited' })
    expect(methods).toEqual(['POST', 'PATCH', 'POST'])
  })

  it('keeps its token through a 401, says so once, and takes it back when Discord does', async () => {
    const answers = [401, 401, 200, 401]
    const tokens: (string | undefined)[] = []
    await using house = await aServer((request, response) => {
      tokens.push(request.headers.authorization)
      response.writeHead(answers[tokens.length - 1] ?? 200, json).end('{"message":"401: Unauthorized","code":0}')
    })
    const statuses: boolean[] = []
    for (const _ of answers) {
      await house.api.call(send, never).catch(() => undefined)
      statuses.push(house.api.tokenRefused)
    }
    expect(tokens).toEqual(answers.map(() => 'Bot token'))
    expect(statuses).toEqual([true, true, false, true])
    expect(house.refusals).toHaveLength(2)
  })

  it('leaves Discord alone long before so many refusals that it bans the address', async () => {
    let asked = 0
    // The library counts for the whole process: whatever came before in this file, an interval of one is due at once.
    const answer: RequestListener = (_, response) => {
      asked++
      response.writeHead(403, json).end('{"message":"Missing Access","code":50001}')
    }
    await using house = await aServer(answer, undefined, { refusalsAllowed: 1 })
    await house.api.call(send, never).catch(() => undefined)
    const held = await house.api.call(send, never).catch((failure: unknown) => failure)
    expect(asked).toBe(1)
    expect(house.refusals).toEqual(['paused'])
    expect(outcomeOf(held)).toMatchObject({ outcome: 'rate-limited' })
    expect((outcomeOf(held) as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(300_000)
  })

  it.each<Readonly<Record<string, string>>>([{ 'x-ratelimit-global': 'true' }, { 'x-ratelimit-scope': 'global' }])(
    'asks nothing on any route until a limit over all of them is over (%j)',
    async headers => {
      const methods: string[] = []
      let now = 1_000_000
      const answer: RequestListener = (request, response) => {
        methods.push(request.method ?? '')
        const limited = methods.length === 1
        response.writeHead(limited ? 429 : 200, limited ? { ...json, ...headers, 'retry-after': '2' } : json).end('{}')
      }
      await using house = await aServer(answer, undefined, { now: () => now })
      const limited = await house.api.call(send, never).catch((failure: unknown) => failure)
      expect(outcomeOf(limited)).toEqual({ outcome: 'rate-limited', retryAfterMs: expect.closeTo(2_000, -2) })
      now += 500
      const held = await house.api.call(edit, never).catch((failure: unknown) => failure)
      expect(held).toBeInstanceOf(PausedError)
      expect(outcomeOf(held)).toEqual({ outcome: 'rate-limited', retryAfterMs: 1_500 })
      expect(methods).toEqual(['POST'])
    },
  )

  it('holds no other route for the limit of one', async () => {
    const methods: string[] = []
    await using house = await aServer((request, response) => {
      methods.push(request.method ?? '')
      const limited = methods.length === 1
      const headers = limited ? { ...json, 'x-ratelimit-scope': 'shared', 'retry-after': '2' } : json
      response.writeHead(limited ? 429 : 200, headers).end('{}')
    })
    await house.api.call(send, never).catch(() => undefined)
    await house.api.call(edit, never)
    expect(methods).toEqual(['POST', 'PATCH'])
  })

  it('ends with the reason of its signal, on the way and before', async () => {
    const arrived = Promise.withResolvers<void>()
    await using house = await aServer(() => arrived.resolve())
    const stop = new AbortController()
    const call = house.api.call(send, stop.signal)
    await arrived.promise
    const reason = new Error('stopped')
    stop.abort(reason)
    await expect(call).rejects.toBe(reason)
    await expect(house.api.call(send, stop.signal)).rejects.toBe(reason)
  })
})
