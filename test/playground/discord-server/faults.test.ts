import { DefaultRestOptions, Routes } from 'discord.js'
import { expect, test } from 'vitest'
import { Faults } from '#playground/discord-server/rest/faults.ts'
import { aClient, aServer } from './a-client.ts'

/** `timeout`: how long the library waits for an answer, in ms; otherwise longer than any test. */
async function aPlace(rest: Readonly<{ retries?: number; timeout?: number }> = {}) {
  const server = await aServer()
  const client = await aClient(server, { rest })
  const send = (body: object = { content: 'hello' }) =>
    client.rest.post(Routes.channelMessages(server.ids.general), { body })
  const said = () => server.people.messages('#general').map(one => one.content)
  /** From now on the library waits as long as it usually does. */
  const waitLonger = () => {
    client.rest.options.timeout = DefaultRestOptions.timeout
  }
  const dispose = async () => {
    await client.destroy()
    await server[Symbol.asyncDispose]()
  }
  return { server, send, said, waitLonger, [Symbol.asyncDispose]: dispose }
}

test('a fault strikes the next so many requests that it meets, and nothing else', async () => {
  await using place = await aPlace()
  place.server.faults.add({
    kind: 'error',
    status: 502,
    method: 'POST',
    route: '/channels/:channel/messages',
    times: 1,
  })
  await expect(place.send()).rejects.toMatchObject({ status: 502 })
  await place.send({ content: 'after' })
  expect(place.said()).toEqual(['after'])
  expect(
    place.server.log.filter(one => one.method === 'POST').map(one => [one.status, one.accepted, one.fault]),
  ).toEqual([
    [502, false, 'error'],
    [200, true, undefined],
  ])
})

test('a refusal with a code of Discord’s can be made up', async () => {
  await using place = await aPlace()
  place.server.faults.add({ kind: 'error', status: 400, code: 200_000, message: 'Blocked by AutoMod', times: 1 })
  await expect(place.send()).rejects.toMatchObject({ status: 400, code: 200_000 })
})

test('a connection that breaks before the deed leaves nothing, one that breaks after it leaves the message', async () => {
  await using place = await aPlace()
  place.server.faults.add({ kind: 'cut', times: 1 })
  await expect(place.send({ content: 'never' })).rejects.toThrow()
  place.server.faults.add({ kind: 'cut', accepted: true, times: 1 })
  await expect(place.send({ content: 'unknown' })).rejects.toThrow()
  expect(place.said()).toEqual(['unknown'])
  expect(place.server.log.at(-1)).toMatchObject({ status: 0, accepted: true, content: 'unknown' })
})

test('a reset is tried again by the library, and the nonce keeps the message single', async () => {
  await using place = await aPlace({ retries: 3 })
  place.server.faults.add({ kind: 'reset', accepted: true, times: 1 })
  await place.send({ content: 'single', nonce: 'one', enforce_nonce: true })
  expect(place.said()).toEqual(['single'])
  expect(place.server.log.filter(one => one.method === 'POST').map(one => one.repeated)).toEqual([false, true])
})

test('silence after the deed makes the client send again, which doubles what has no nonce', async () => {
  await using place = await aPlace({ retries: 1, timeout: 250 })
  place.server.faults.add({ kind: 'hang', accepted: true, ms: 5_000, method: 'POST', times: 1 })
  const stop = place.server.events.on(({ type }) => {
    if (type === 'message') place.waitLonger()
  })
  await place.send({ content: 'twice' })
  stop()
  expect(place.said()).toEqual(['twice', 'twice'])
})

test('a slow answer comes, late', async () => {
  await using place = await aPlace()
  place.server.faults.add({ kind: 'slow', ms: 120, times: 1 })
  const since = performance.now()
  await place.send()
  expect(performance.now() - since).toBeGreaterThan(100)
})

test('chances are drawn from the seed, so that a run can be repeated', () => {
  const draws = (seed: number) => {
    const faults = new Faults(seed)
    faults.add({ kind: 'error', status: 500, chance: 0.2 })
    const target = { method: 'POST', route: '/x', channelId: undefined }
    return Array.from({ length: 1_000 }, () => (faults.strike(target) ? 1 : 0)).join('')
  }
  expect(draws(7)).toBe(draws(7))
  expect(draws(7)).not.toBe(draws(8))
  const struck = draws(7).replaceAll('0', '').length
  expect(struck).toBeGreaterThan(150)
  expect(struck).toBeLessThan(250)
})

test('a gateway that refuses sockets keeps the client out until it opens again', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  server.gateway.setRefusing(true)
  const closed = server.events.next(one => (one.type === 'gateway' && one.state === 'closed' ? true : undefined))
  server.gateway.drop()
  await closed
  expect(server.gateway.counts.online).toBe(0)
  server.gateway.setRefusing(false)
  await expect.poll(() => server.gateway.counts.online).toBe(1)
  expect(client.isReady()).toBe(true)
})
