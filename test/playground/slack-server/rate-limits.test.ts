import { webApi } from '@slack/bolt'
import { describe, expect, it } from 'vitest'
import { aHarbour, aWebClient, tokenOf } from './a-bolt-app.ts'

describe('rate limits', () => {
  it('takes 50 updates a minute in a workspace, and tells when the next one has room', async () => {
    let now = 1_800_000_000_000
    await using server = await aHarbour({ now: () => now })
    const client = aWebClient(server)
    const channel = server.ids.general
    const { ts = '' } = await client.chat.postMessage({ channel, text: 'growing' })
    const update = async () => await client.chat.update({ channel, ts, text: `at ${now}` })
    for (let count = 0; count < 50; count += 1) {
      now += 100
      await update()
    }
    const refused = await update().catch(error => error)
    expect(refused).toBeInstanceOf(webApi.WebAPIRateLimitedError)
    // The first of the fifty leaves the window 60 s after it came, that is 55.1 s from now.
    expect(refused.retryAfter).toBe(56)
    now += 55_099
    await expect(update()).rejects.toBeInstanceOf(webApi.WebAPIRateLimitedError)
    now += 1
    await update()
    expect(server.log.filter(one => one.status === 429).map(one => one.retryAfterS)).toEqual([56, 1])
  })

  it.each([
    ['chat.startStream', 20],
    ['chat.stopStream', 20],
    ['chat.appendStream', 100],
    ['reactions.remove', 20],
    ['reactions.add', 50],
    ['conversations.replies', 50],
    ['users.info', 100],
  ])('counts %s by itself: %i a minute', async (method, limit) => {
    await using server = await aHarbour({ now: () => 1_800_000_000_000 })
    const statuses = new Map<number, number>()
    for (let count = 0; count < limit + 3; count += 1) {
      const { status } = await bareCall(server, method)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    expect(Object.fromEntries(statuses)).toEqual({ 200: limit, 429: 3 })
  })

  it('counts each workspace by itself', async () => {
    await using server = await aHarbour({ rules: { methodLimits: { 'auth.test': 1 } } })
    server.scene.createTeam({ name: 'Quay' })
    const [harbour, quay] = [aWebClient(server), aWebClient(server, tokenOf(server, 'Quay'))]
    await harbour.auth.test()
    await quay.auth.test()
    await expect(harbour.auth.test()).rejects.toBeInstanceOf(webApi.WebAPIRateLimitedError)
  })

  it('takes about one post a second and channel, with a few at once', async () => {
    let now = 1_800_000_000_000
    await using server = await aHarbour({ now: () => now, rules: { posts: { everyMs: 1_000, burst: 2 } } })
    const client = aWebClient(server)
    const post = async (channel: string) => (await client.chat.postMessage({ channel, text: 'hello' })).ok
    const { general, random } = server.ids
    for (let count = 0; count < 3; count += 1) await post(general)
    await expect(post(general)).rejects.toMatchObject({ retryAfter: 1 })
    await post(random)
    now += 1_000
    await post(general)
    await expect(post(general)).rejects.toMatchObject({ retryAfter: 1 })
  })

  it('reads once a minute and fifteen items for an app sold outside the Marketplace', async () => {
    await using server = await aHarbour({ rules: { reads: 'one-a-minute' } })
    for (let count = 0; count < 20; count += 1) server.people.say('mira', '#general', `line ${count}`)
    const client = aWebClient(server)
    const { messages, has_more: more } = await client.conversations.history({ channel: server.ids.general, limit: 200 })
    expect([messages?.length, more]).toEqual([15, true])
    await expect(client.conversations.history({ channel: server.ids.general })).rejects.toMatchObject({
      code: 'slack_webapi_rate_limited_error',
    })
  })

  it.each(['ratelimited', 'rate_limited'] as const)('can tell a limit as ok: false %s with status 200', async how => {
    await using server = await aHarbour({ rules: { limitAnswer: how, methodLimits: { 'auth.test': 0 } } })
    const refused = await aWebClient(server)
      .auth.test()
      .catch(error => error)
    expect(refused).toBeInstanceOf(webApi.WebAPIPlatformError)
    expect(refused.data).toMatchObject({ error: how, response_metadata: { retryAfter: 60 } })
  })

  it('bears a burst beyond the tier where it is set, and none at all when limits are off', async () => {
    await using server = await aHarbour({ rules: { burst: 2, tiers: { 1: 1, 2: 1, 3: 1, 4: 1 } } })
    const statuses = async () =>
      (await Promise.all(Array.from({ length: 4 }, () => bareCall(server, 'users.info')))).map(one => one.status)
    expect((await statuses()).toSorted()).toEqual([200, 200, 200, 429])
    server.rules.limitsOn = false
    expect(await statuses()).toEqual([200, 200, 200, 200])
  })
})

/** A call without arguments: refused for them, and yet counted. */
async function bareCall(server: Awaited<ReturnType<typeof aHarbour>>, method: string): Promise<Response> {
  const headers = { authorization: `Bearer ${server.ids.botToken}` }
  return await fetch(`${server.apiUrl}${method}`, { method: 'POST', headers })
}
