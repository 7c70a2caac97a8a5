import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { describe, expect, it } from 'vitest'
import { createVllmServer } from '#playground/vllm-server/vllm-server.ts'
import { UnavailableError } from '#src/core/errors.ts'
import { RetryBudget } from '#src/vllm/retry-budget.ts'
import type { VllmOptions } from '#src/vllm/vllm-chat-model.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { aChatModel, aRequest, hear, never } from './chat-client.ts'
import { begin, type ChatServer, chatServer, fail, inChannel, passing, sayTea, when } from './chat-server.ts'
import { delta, finish, type RawCall, rawServer, role } from './raw-server.ts'

const unavailable = expect.any(UnavailableError)
const tea = { text: 'Tea it is.', error: undefined }
const retries = { share: 0.1, floor: 3 }

/** A reset overtakes what was not read yet: it is sent once undici has the head. */
async function resetBehindHead(call: RawCall): Promise<void> {
  const heard = Promise.withResolvers<unknown>()
  subscribe('undici:request:headers', heard.resolve)
  call.start()
  await heard.promise
  unsubscribe('undici:request:headers', heard.resolve)
  call.socket.resetAndDestroy()
}

function aModel(servers: ChatServer | readonly ChatServer[], more: Partial<VllmOptions> = {}) {
  const clock = new ManualClock()
  const log = new KeptLog()
  const url = [servers].flat().map(server => server.url)
  return { clock, log, model: aChatModel(url, { clock, log, retries, random: () => 0.5, ...more }) }
}

describe('an answer that fails before its first word', () => {
  it.each<readonly [string, (call: RawCall) => unknown]>([
    ['an error', fail],
    ['a full queue', call => call.reply(503, '{"error":{"message":"busy","code":503}}')],
    ['a proxy without a server', call => call.reply(502, '<html>Bad Gateway</html>', 'text/html')],
    [
      'an error in the stream',
      call =>
        call
          .start()
          .send({ error: { message: 'dead', code: 500 } })
          .end(),
    ],
    ['an end too early', call => call.start().send(role).end()],
    ['a reset after the head', resetBehindHead],
    ['no word', call => call.start().send(role, finish()).end()],
    ['a shutdown', call => call.start().send(role, finish('abort')).end()],
    ['a page', call => call.reply(200, '<html></html>', 'text/html')],
  ])('is asked for once more after %s', async (_, broken) => {
    await using server = await chatServer((call, n) => (n === 0 ? broken(call) : sayTea(call)))
    const { model, clock, log } = aModel(server)
    await using _model = model
    expect(await passing(clock, hear(model))).toMatchObject(tea)
    expect(server.chats).toHaveLength(2)
    expect(log.lines).toMatchObject([{ event: 'no word came: asking once more' }])
    expect(clock.pending).toBe(0)
  })

  it('is asked for at another server, soon', async () => {
    await using first = await chatServer(fail)
    await using second = await chatServer(fail)
    const { model, clock } = aModel([first, second])
    await using _ = model
    const heard = hear(model)
    await when(() => first.chats.length + second.chats.length === 1)
    const [other, same] = first.chats.length === 0 ? [first, second] : [second, first]
    other.answer = sayTea
    await when(() => clock.pending === 1)
    await clock.advance(200)
    expect(await heard).toMatchObject(tea)
    expect([same.chats.length, other.chats.length]).toEqual([1, 1])
  })

  it('is asked for at the same server after a rest of its own length', async () => {
    for (const [random, restMs] of [
      [0, 200],
      [0.5, 500],
      [1, 800],
    ] as const) {
      await using server = await chatServer((call, n) => (n === 0 ? fail(call) : sayTea(call)))
      const { model, clock } = aModel(server, { random: () => random })
      await using _ = model
      const heard = hear(model)
      await when(() => clock.pending === 1)
      await clock.advance(restMs - 1)
      expect(server.chats).toHaveLength(1)
      await clock.advance(1)
      expect(await heard).toMatchObject(tea)
    }
  })

  it('is asked for no third time', async () => {
    await using server = await chatServer(fail)
    const { model, clock } = aModel(server)
    await using _ = model
    expect(await passing(clock, hear(model))).toMatchObject({ error: unavailable })
    expect(server.chats).toHaveLength(2)
  })

  it.each<readonly [string, (call: RawCall) => unknown]>([
    ['refused', call => call.reply(400, '{"error":{"message":"no","code":400}}')],
    ['too long', call => call.reply(400, '{"error":{"message":"long","param":"input_tokens"}}')],
    ['thought and not said', call => call.start().send(delta('<think>hm</think>'), finish()).end()],
    ['asked with a wrong key', call => call.reply(401, '{"error":"Unauthorized"}')],
  ])('is not asked for again when it was %s', async (_, answer) => {
    await using server = await chatServer(answer)
    const { model, clock } = aModel(server)
    await using _model = model
    expect(await hear(model)).toMatchObject({ text: '', error: expect.any(Error) })
    expect(server.chats).toHaveLength(1)
    expect(clock.pending).toBe(0)
  })

  it('of a server that was silent is asked for at another one, never there again', async () => {
    await using silent = await chatServer(() => {})
    const { model, clock } = aModel(silent)
    await using _ = model
    const heard = hear(model)
    await when(() => silent.chats.length === 1)
    await clock.advance(30_000)
    expect(await heard).toMatchObject({ error: unavailable })

    await using other = await chatServer(() => {})
    const both = aModel([silent, other])
    await using _both = both.model
    const before = silent.chats.length
    const second = hear(both.model)
    await when(() => silent.chats.length - before + other.chats.length === 1)
    silent.answer = sayTea
    other.answer = sayTea
    await both.clock.advance(30_200)
    expect(await second).toMatchObject(tea)
    expect([silent.chats.length - before, other.chats.length]).toEqual([1, 1])
  })

  it('is given up while it rests when its asker leaves', async () => {
    await using server = await chatServer(fail)
    const { model, clock } = aModel(server)
    await using _ = model
    const leave = new AbortController()
    const heard = hear(model, aRequest(), leave.signal)
    await when(() => clock.pending === 1)
    leave.abort(new Error('gone'))
    expect(await heard).toMatchObject({ error: { message: 'gone' } })
    expect(clock.pending).toBe(0)
    expect(server.chats).toHaveLength(1)
  })

  it('goes to the next server when the first one takes no connection', async () => {
    const gone = await rawServer(() => {})
    await gone[Symbol.asyncDispose]()
    await using server = await chatServer()
    const clock = new ManualClock()
    await using model = aChatModel([gone.url, server.url], { clock, retries })
    for (let n = 0; n < 20; n++) expect(await passing(clock, hear(model, aRequest(inChannel(n))))).toMatchObject(tea)
  })
})

describe('an answer that breaks after its first word', () => {
  it('is never asked for again', async () => {
    await using server = await chatServer(begin)
    await using other = await chatServer(begin)
    const { model } = aModel([server, other])
    await using _ = model
    const answer = model.stream(aRequest(), never)[Symbol.asyncIterator]()
    expect(await answer.next()).toMatchObject({ value: { type: 'text', text: 'Tea' } })
    for (const call of [...server.chats, ...other.chats]) call.socket.resetAndDestroy()
    await expect(answer.next()).rejects.toBeInstanceOf(UnavailableError)
    expect(server.chats.length + other.chats.length).toBe(1)
  })
})

describe('retries altogether', () => {
  it('are at most a tenth of the requests when half of them fail', async () => {
    // Every second one fails, so that no breaker opens.
    await using server = await chatServer((call, n) => (n % 2 === 0 ? fail(call) : sayTea(call)))
    const { model, clock } = aModel(server)
    await using _ = model
    const requests = 400
    for (let n = 0; n < requests; n += 40) {
      const some = Array.from({ length: 40 }, () => hear(model))
      await passing(clock, Promise.all(some))
    }
    expect(server.chats.length).toBeGreaterThan(requests)
    expect(server.chats.length / requests).toBeLessThanOrEqual(1.1)
  })

  it('are next to nothing when a server fails altogether', async () => {
    await using server = await createVllmServer()
    await server.setState({ health: 'dead' })
    const clock = new ManualClock()
    await using model = aChatModel(server.url, { clock, retries })
    for (let n = 0; n < 200; n++) expect(await passing(clock, hear(model))).toMatchObject({ error: unavailable })
    // Three to find out, and then a trial after each pause.
    expect(server.calls.length).toBeLessThan(10)
  })

  it('are as few as that where few requests come, and more again later', () => {
    const clock = new ManualClock()
    const budget = new RetryBudget(retries, clock)
    const take = (requests: number) => {
      let taken = 0
      for (let n = 0; n < requests; n++) {
        budget.request()
        if (budget.take()) taken++
      }
      return taken
    }
    expect(take(3)).toBe(3)
    expect(take(10)).toBe(0)
    return clock.advance(20_000).then(async () => {
      expect(take(5)).toBe(2)
      await clock.advance(600_000)
      expect(take(1_000)).toBe(100)
    })
  })
})
