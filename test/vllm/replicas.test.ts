import { describe, expect, it } from 'vitest'
import { createVllmServer, type VllmServer } from '#playground/vllm-server/vllm-server.ts'
import { RefusedError, UnavailableError } from '#src/core/errors.ts'
import { rendezvous } from '#src/vllm/rendezvous.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { aChatModel, aRequest, hear, never } from './chat-client.ts'
import { ask, begin, chatServer, end, inChannel, passing, when } from './chat-server.ts'

const tea = { text: 'Tea it is.', error: undefined }
const retries = { share: 1, floor: 1_000 }

/** Stand-ins that all say the same. */
async function servers(count: number, contextLengths: readonly number[] = []) {
  await using opened = new AsyncDisposableStack()
  const all: VllmServer[] = []
  for (let n = 0; n < count; n++) {
    const maxModelLen = contextLengths[n] ?? 40_960
    const server = opened.use(await createVllmServer({ maxModelLen }))
    server.script({ text: 'Tea it is.', times: 'always' })
    all.push(server)
  }
  const kept = opened.move()
  return { all, urls: all.map(({ url }) => url), [Symbol.asyncDispose]: () => kept.disposeAsync() }
}

/** Which server answers each of so many conversations, by its number. */
async function homes(
  model: ReturnType<typeof aChatModel>,
  all: readonly VllmServer[],
  clock: ManualClock,
  count: number,
) {
  const home: number[] = []
  for (let channel = 0; channel < count; channel++) {
    const before = all.map(({ calls }) => calls.length)
    expect(await passing(clock, hear(model, aRequest(inChannel(channel))))).toMatchObject(tea)
    home.push(all.findIndex(({ calls }, n) => calls.length > (before[n] ?? 0)))
  }
  return home
}

describe('several servers', () => {
  it('share the conversations, each of which stays where it is; when one leaves, only its share moves, and moves back', async () => {
    await using it = await servers(3)
    const clock = new ManualClock()
    await using model = aChatModel(it.urls, { clock, retries })
    const before = await homes(model, it.all, clock, 60)
    expect(await homes(model, it.all, clock, 60)).toEqual(before)
    for (const n of [0, 1, 2]) expect(before.filter(home => home === n).length).toBeGreaterThan(8)

    await it.all[1]?.setState({ door: 'refusing' })
    const without = await homes(model, it.all, clock, 60)
    for (const [n, home] of without.entries()) {
      if (before[n] === 1) expect(home).not.toBe(1)
      else expect(home).toBe(before[n])
    }
    expect(new Set(without)).toEqual(new Set([0, 2]))

    await it.all[1]?.setState({ door: 'open' })
    const second = it.all[1]?.calls
    const answered = second?.length ?? 0
    // Somebody of its share talks on until it is found.
    const one = aRequest(inChannel(before.indexOf(1)))
    while (second?.length === answered) {
      await clock.advance(100)
      await hear(model, one)
    }
    expect(await homes(model, it.all, clock, 60)).toEqual(before)
  })

  it('take from each other what one has no place for', async () => {
    await using first = await chatServer(begin)
    await using second = await chatServer(begin)
    await using model = aChatModel([first.url, second.url], { maxConcurrent: 2 })
    const heard = Array.from({ length: 5 }, (_, n) => hear(model, ask(`${n}`, inChannel('one'))))
    await when(() => first.chats.length + second.chats.length === 4)
    expect([first.chats.length, second.chats.length]).toEqual([2, 2])
    end(second.chats[0])
    await when(() => second.chats.length === 3)
    for (const call of [...first.chats, ...second.chats]) end(call)
    expect(await Promise.all(heard)).toMatchObject(Array(5).fill(tea))
  })

  it('answer on while one of them hangs in its door, and nobody waits for that one twice', async () => {
    await using it = await servers(2)
    const clock = new ManualClock()
    await it.all[0]?.setState({ door: 'refusing' })
    await using model = aChatModel(it.urls, { clock, retries })
    await homes(model, it.all, clock, 20)
    const before = clock.now().getTime()
    for (let n = 0; n < 20; n++) expect(await hear(model, aRequest(inChannel(n)))).toMatchObject(tea)
    expect(clock.now().getTime()).toBe(before)
  })

  it('have the room of the smallest that is there', async () => {
    await using it = await servers(2, [2_000, 8_000])
    const clock = new ManualClock()
    await using model = aChatModel(it.urls, { clock, retries, contextLength: 1_000 })
    expect(model.contextLength()).toBe(1_000)
    await model.refresh(never)
    expect(model.contextLength()).toBe(2_000)
    await it.all[0]?.setState({ door: 'refusing' })
    await homes(model, it.all, clock, 20)
    expect(model.contextLength()).toBe(8_000)
  })

  it('are known as soon as one of them tells what it serves', async () => {
    await using it = await servers(2)
    await it.all[0]?.setState({ door: 'refusing' })
    const clock = new ManualClock()
    const log = new KeptLog()
    await using model = aChatModel(it.urls, { clock, log, contextLength: 1_000 })
    await passing(clock, model.refresh(never))
    expect(model.contextLength()).toBe(40_960)
    expect(log.lines.map(({ event }) => event)).toEqual([expect.stringContaining('server is away')])
    // Nobody needs to find out what the refresh found.
    for (let n = 0; n < 10; n++) expect(await hear(model, aRequest(inChannel(n)))).toMatchObject(tea)
  })

  it('tell what is wrong with the first one when none tells what it serves', async () => {
    await using first = await createVllmServer({ apiKey: 'sesame' })
    await using second = await createVllmServer()
    await second.setState({ door: 'refusing' })
    const clock = new ManualClock()
    await using model = aChatModel([first.url, second.url], { clock })
    await expect(passing(clock, model.refresh(never))).rejects.toBeInstanceOf(RefusedError)
  })

  it('are all named when all are away', async () => {
    await using it = await servers(2)
    for (const server of it.all) await server.setState({ door: 'refusing' })
    const clock = new ManualClock()
    await using model = aChatModel(it.urls, { clock, retries })
    await passing(clock, hear(model))
    const { error } = await passing(clock, hear(model))
    expect(error).toBeInstanceOf(UnavailableError)
    for (const url of it.urls) expect((error as Error).message).toContain(url)
  })
})

describe('rendezvous', () => {
  const all = Array.from({ length: 5 }, (_, n) => ({ name: `http://gpu-${n}:8000` }))
  const keys = Array.from({ length: 2_000 }, (_, n) => `discord:-:${n}`)

  it('gives each about the same share, whatever the order of the list', () => {
    const shares = new Map<string | undefined, number>()
    for (const key of keys) {
      const order = rendezvous(all, key)
      expect(rendezvous(all.toReversed(), key)).toEqual(order)
      shares.set(order[0]?.name, (shares.get(order[0]?.name) ?? 0) + 1)
    }
    for (const { name } of all) expect(shares.get(name)).toBeGreaterThan(320)
  })

  it('spreads the share of one that leaves over all others', () => {
    const left = all.slice(1)
    const heirs = keys.flatMap(key => {
      const [before, next] = rendezvous(all, key)
      const [after] = rendezvous(left, key)
      expect(after).toBe(before === all[0] ? next : before)
      return before === all[0] ? [after?.name] : []
    })
    expect(new Set(heirs)).toEqual(new Set(left.map(({ name }) => name)))
  })
})

describe('the name of a conversation', () => {
  it('is the same in each of its requests, another one in others, and tells nobody and no channel', async () => {
    await using server = await chatServer()
    await using model = aChatModel(server.url, { sessionHeader: 'x-user-id' })
    for (const channel of ['1041239', '1041239', '777']) await hear(model, ask('88005553535', inChannel(channel)))
    const names = server.chats.map(({ head }) => /^x-user-id: (\S+)\r?$/m.exec(head)?.[1])
    expect(names[0]).toMatch(/^[0-9a-f]{32}$/)
    expect(names[1]).toBe(names[0])
    expect(names[2]).not.toBe(names[0])
    for (const { head } of server.chats) expect(head).not.toMatch(/1041239|88005553535/)
  })

  it('is sent only if there is a header for it', async () => {
    await using server = await chatServer()
    await using model = aChatModel(server.url)
    await hear(model)
    expect(
      server.chats[0]?.head
        .split('\r\n')
        .slice(1)
        .map(line => line.split(':')[0])
        .sort(),
    ).toEqual(['connection', 'content-length', 'content-type', 'host', 'x-request-id'])
  })
})
