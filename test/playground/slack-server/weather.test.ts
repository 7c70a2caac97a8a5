import { webApi } from '@slack/bolt'
import { describe, expect, it } from 'vitest'
import type { Fault } from '#playground/slack-server/web-api/faults.ts'
import { aHarbour, aSocketApp, quiet } from './a-bolt-app.ts'

describe('weather', () => {
  it.each<[string, Fault, object, number]>([
    ['a limit before the deed', { kind: 'rate-limit', retryAfterS: 7 }, { retryAfter: 7 }, 0],
    ['a 503 before the deed', { kind: 'error', status: 503 }, { statusCode: 503 }, 0],
    ['a 500 after the deed', { kind: 'error', status: 500, accepted: true }, { statusCode: 500 }, 1],
    ['a refusal', { kind: 'refuse', error: 'fatal_error' }, { data: { error: 'fatal_error' } }, 0],
    ['a reset before the deed', { kind: 'reset' }, { code: 'slack_webapi_request_error' }, 0],
    ['a reset after the deed', { kind: 'reset', accepted: true }, { code: 'slack_webapi_request_error' }, 1],
    ['silence after the deed', { kind: 'hang', accepted: true }, { code: 'slack_webapi_request_error' }, 1],
    ['slowness before the deed', { kind: 'slow', ms: 3_000 }, { code: 'slack_webapi_request_error' }, 0],
  ])('strikes with %s, once', async (_, fault, error, posted) => {
    await using server = await aHarbour()
    server.faults.add({ ...fault, method: 'chat.*', times: 1 })
    const isSilent = fault.kind === 'hang' || fault.kind === 'slow'
    const struck = aClient(server, isSilent ? { timeout: 200 } : {})
    const hello = { channel: server.ids.general, text: 'hello' }
    await aClient(server).auth.test()
    await expect(struck.chat.postMessage(hello)).rejects.toMatchObject(error)
    await expect.poll(() => server.people.messages('#general').length).toBe(posted)
    await aClient(server).chat.postMessage(hello)
    expect(server.faults.list()).toEqual([])
  })

  it('is written in the log beside what was really done', async () => {
    await using server = await aHarbour()
    const client = aClient(server)
    server.faults.add({ kind: 'reset', accepted: true, method: 'chat.postMessage', times: 1 })
    await client.chat.postMessage({ channel: server.ids.general, text: 'hello' }).catch(() => undefined)
    const [message] = server.people.messages('#general')
    expect(server.log).toMatchObject([
      {
        method: 'chat.postMessage',
        teamId: server.ids.team,
        tokenTeamId: server.ids.team,
        channelId: server.ids.general,
        ts: message?.ts,
        args: { text: 'hello' },
        status: 0,
        accepted: true,
        fault: 'reset',
      },
    ])
    expect(JSON.stringify(server.log)).not.toContain(server.ids.botToken)
  })

  it('follows its seed, so that a run can be repeated', async () => {
    const strikes = async (seed: number) => {
      await using server = await aHarbour({ seed })
      server.faults.add({ kind: 'reset', chance: 0.5 })
      const target = { method: 'chat.update', teamId: undefined, channelId: undefined }
      return Array.from({ length: 40 }, () => server.faults.strike(target) !== undefined)
    }
    const first = await strikes(7)
    expect(await strikes(7)).toEqual(first)
    expect(await strikes(8)).not.toEqual(first)
    expect(first.filter(Boolean).length).toBeGreaterThan(10)
  })

  it('aims at one workspace or one channel', async () => {
    await using server = await aHarbour()
    const client = aClient(server)
    const id = server.faults.add({ kind: 'refuse', error: 'fatal_error', channelId: server.ids.random })
    await client.chat.postMessage({ channel: server.ids.general, text: 'fair' })
    await expect(client.chat.postMessage({ channel: server.ids.random, text: 'foul' })).rejects.toThrow('fatal_error')
    server.faults.remove(id)
    await client.chat.postMessage({ channel: server.ids.random, text: 'fair again' })
  })

  it('lets a storm of refreshes pass with every event heard', async () => {
    await using server = await aHarbour({ rules: { retryDelaysMs: [0, 100, 200, 400, 800, 1_600] } })
    const heard = new Set<unknown>()
    await using _app = await aSocketApp(server, app => app.message(async ({ message }) => void heard.add(message.ts)))
    const said: string[] = []
    for (let round = 0; round < 3; round += 1) {
      const again = server.events.next(event => (event.type === 'socket' && event.change === 'greeted') || undefined)
      await server.delivering.storm({ times: 1, everyMs: 0 })
      said.push(server.people.say('mira', 'dm', `round ${round}`).ts)
      await again
    }
    await server.watch.acknowledged()
    expect([...heard].toSorted()).toEqual(said)
  })

  it('delays the greeting, breaks sockets, and keeps new ones from opening', async () => {
    await using server = await aHarbour()
    await using _app = await aSocketApp(server, () => undefined)
    server.sockets.helloDelayMs = 30
    server.faults.add({ kind: 'rate-limit', retryAfterS: 1, method: 'apps.connections.open', times: 1 })
    const again = server.events.next(event => (event.type === 'socket' && event.change === 'greeted') || undefined)
    server.sockets.drop()
    await again
    expect(server.log.filter(one => one.method === 'apps.connections.open').map(one => one.status)).toEqual([
      200, 429, 200,
    ])
  })
})

type Server = Awaited<ReturnType<typeof aHarbour>>

function aClient({ apiUrl, ids }: Server, options: webApi.WebClientOptions = {}): webApi.WebClient {
  const usual = { slackApiUrl: apiUrl, logger: quiet, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true }
  return new webApi.WebClient(ids.botToken, { ...usual, ...options })
}
