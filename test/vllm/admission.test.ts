import { describe, expect, it } from 'vitest'
import { createVllmServer } from '#playground/vllm-server/vllm-server.ts'
import type { ModelEvent } from '#src/core/model.ts'
import { ConcurrencyLimit } from '#src/vllm/concurrency-limit.ts'
import { FairQueue } from '#src/vllm/fair-queue.ts'
import { readLoad } from '#src/vllm/server-load.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { aChatModel, hear, never } from './chat-client.ts'
import { ask, begin, chatServer, end, fail, inChannel, when } from './chat-server.ts'

const tea = { text: 'Tea it is.', error: undefined }

describe('at most so many answers', () => {
  it('are at the server at once; the others come when one ends, is left or breaks', async () => {
    await using server = await chatServer(begin)
    const clock = new ManualClock()
    await using model = aChatModel(server.url, { clock, maxConcurrent: 2 })
    const leave = new AbortController()
    const left = hear(model, ask('a'), leave.signal)
    const heard = ['b', 'c', 'd', 'e'].map(person => hear(model, ask(person)))
    await when(() => server.chats.length === 2)
    leave.abort(new Error('gone'))
    expect(await left).toMatchObject({ error: { message: 'gone' } })
    await when(() => server.chats.length === 3)
    server.chats[1]?.socket.resetAndDestroy()
    await when(() => server.chats.length === 4)
    end(server.chats[2])
    await when(() => server.chats.length === 5)
    for (const call of server.chats.slice(3)) end(call)
    expect((await Promise.all(heard)).slice(1)).toMatchObject([tea, tea, tea])
  })

  it('leave their place when the listener has heard enough', async () => {
    await using server = await chatServer(begin)
    await using model = aChatModel(server.url, { maxConcurrent: 1 })
    for (let n = 0; n < 5; n++) for await (const _ of model.stream(ask('a'), never)) break
    expect(server.chats).toHaveLength(5)
  })
})

describe('the queue', () => {
  it('lets somebody with one question go before the rest of somebody with fifty', async () => {
    await using server = await chatServer(begin)
    await using model = aChatModel(server.url, { maxConcurrent: 1 })
    const many = Array.from({ length: 50 }, (_, n) => hear(model, ask('many', { tag: `many-${n}`, ...inChannel(n) })))
    await when(() => server.chats.length === 1)
    const one = hear(model, ask('one', { tag: 'one' }))
    for (let n = 0; n < 51; n++) {
      await when(() => server.chats.length === n + 1)
      end(server.chats[n])
    }
    expect(await one).toMatchObject(tea)
    await Promise.all(many)
    const order = server.chats.map(({ head }) => /x-request-id: (\S+)/.exec(head)?.[1])
    expect(order.indexOf('one')).toBe(1)
    expect(order.filter(tag => tag !== 'one')).toEqual(Array.from({ length: 50 }, (_, n) => `many-${n}`))
  })

  it('says once after 5 s that one waits, then goes on as ever', async () => {
    await using server = await chatServer(begin)
    const clock = new ManualClock()
    await using model = aChatModel(server.url, { clock, maxConcurrent: 1 })
    const first = hear(model, ask('a'))
    await when(() => server.chats.length === 1)
    const events: ModelEvent[] = []
    const second = (async () => {
      for await (const event of model.stream(ask('b'), never)) events.push(event)
    })()
    await clock.advance(4_999)
    expect(events).toEqual([])
    await clock.advance(1)
    await when(() => events.length === 1)
    expect(events).toEqual([{ type: 'waiting' }])
    await clock.advance(9_000)
    expect(events).toHaveLength(1)
    end(server.chats[0])
    await when(() => server.chats.length === 2)
    end(server.chats[1])
    await second
    await first
    expect([...new Set(events.map(({ type }) => type))]).toEqual(['waiting', 'text', 'end'])
    expect(events.filter(({ type }) => type === 'waiting')).toHaveLength(1)
  })

  it('is left at once by whoever gives up, and nothing stays behind', async () => {
    await using server = await chatServer(begin)
    const clock = new ManualClock()
    await using model = aChatModel(server.url, { clock, maxConcurrent: 1 })
    const first = hear(model, ask('a'))
    await when(() => server.chats.length === 1)
    const pending = clock.pending
    const leave = new AbortController()
    const waiting = Array.from({ length: 1_000 }, (_, n) => hear(model, ask(`${n % 7}`), leave.signal))
    await when(() => clock.pending === pending + 1_000)
    const stays = hear(model, ask('stays'))
    leave.abort(new Error('gone'))
    for (const { error } of await Promise.all(waiting)) expect(error).toMatchObject({ message: 'gone' })
    end(server.chats[0])
    await when(() => server.chats.length === 2)
    end(server.chats[1])
    expect(await Promise.all([first, stays])).toMatchObject([tea, tea])
    await when(() => server.raw.sockets.size <= 2)
    await model[Symbol.asyncDispose]()
    await clock.advance(1_000) // the time that a server has to close its body
    expect(clock.pending).toBe(0)
  })

  it('is left by a listener that was told to wait and does not', async () => {
    await using server = await chatServer(begin)
    const clock = new ManualClock()
    await using model = aChatModel(server.url, { clock, maxConcurrent: 1 })
    const first = hear(model, ask('a'))
    await when(() => server.chats.length === 1)
    const impatient = (async () => {
      for await (const event of model.stream(ask('b'), never)) if (event.type === 'waiting') return event
      return undefined
    })()
    await clock.advance(5_000)
    expect(await impatient).toEqual({ type: 'waiting' })
    end(server.chats[0])
    await first
    const third = hear(model, ask('c', { tag: 'third' }))
    await when(() => server.chats.length === 2)
    expect(server.chats[1]?.head).toContain('x-request-id: third')
    end(server.chats[1])
    expect(await third).toMatchObject(tea)
  })

  it('is sent away when the only server goes away', async () => {
    await using server = await chatServer(() => {})
    await using model = aChatModel(server.url, { maxConcurrent: 3 })
    const heard = Array.from({ length: 20 }, (_, n) => hear(model, ask(`${n}`)))
    await when(() => server.chats.length === 3)
    server.answer = fail
    for (const call of server.chats.slice(0, 3)) fail(call)
    for (const { error } of await Promise.all(heard)) expect(error).toMatchObject({ name: 'UnavailableError' })
    // The breaker opened at the third failure in a row; each place had been taken by one more before.
    expect(server.chats.length).toBeLessThanOrEqual(6)
  })

  it('throws the reason of a signal that is aborted already, and asks nothing', async () => {
    await using server = await chatServer()
    await using model = aChatModel(server.url)
    const heard = await hear(model, ask('a'), AbortSignal.abort(new Error('stopped')))
    expect(heard).toMatchObject({ error: { message: 'stopped' } })
    expect(server.chats).toHaveLength(0)
  })

  it('gives everybody a turn, in the order in which they came, and first those who have the least', () => {
    const queue = new FairQueue<string, string>()
    const has: Record<string, number> = { b: 2 }
    for (const what of ['a1', 'a2', 'a3', 'b1', 'b2', 'c1']) queue.push(what.slice(0, 1), what)
    queue.delete('a', 'a2')
    queue.delete('z', 'z1')
    const order: string[] = []
    for (;;) {
      const next = queue.next(who => has[who] ?? 0)
      if (next === undefined) break
      const who = next.slice(0, 1)
      order.push(next)
      queue.delete(who, next)
      queue.pass(who)
      has[who] = (has[who] ?? 0) + 1
      if (order.length === 3) queue.push('d', 'd1')
    }
    expect(order).toEqual(['a1', 'c1', 'a3', 'd1', 'b1', 'b2'])
    expect(queue.isEmpty).toBe(true)
  })
})

describe('how much a server takes', () => {
  const page = (running: number, waiting: number, cache: number) =>
    `vllm:num_requests_running{engine="0"} ${running}\nvllm:num_requests_waiting{engine="0"} ${waiting}\nvllm:kv_cache_usage_perc{engine="0"} ${cache}\n`

  it('is learnt from its metrics as soon as somebody would have to wait', async () => {
    await using server = await createVllmServer({ latency: { ttftMs: 0, itlMs: 200 } })
    const clock = new ManualClock()
    await using model = aChatModel(server.url, { clock })
    server.script({ text: 'word '.repeat(1_000), times: 'always' })
    const leave = new AbortController()
    const heard = Array.from({ length: 200 }, (_, n) => hear(model, ask(`${n}`, { maxTokens: 1_000 }), leave.signal))
    await server.until(() => server.running === 64)
    for (const all of [128, 200]) {
      await clock.advance(250)
      await server.until(() => server.running === all)
    }
    leave.abort(new Error('enough'))
    await Promise.all(heard)
    await server.until(() => server.running === 0)
  })

  it('is 32 answers for a server that tells nothing, which is asked once a minute', async () => {
    await using server = await chatServer(begin)
    const clock = new ManualClock()
    await using model = aChatModel(server.url, { clock })
    const leave = new AbortController()
    const heard = Array.from({ length: 40 }, (_, n) => hear(model, ask(`${n}`), leave.signal))
    await when(() => server.chats.length === 32 && server.loadLooks === 1)
    await clock.advance(10_000)
    expect([server.chats.length, server.loadLooks]).toEqual([32, 1])
    leave.abort(new Error('enough'))
    await Promise.all(heard)
  })

  it('is not asked for as long as there is room, nor where it is set', async () => {
    await using server = await chatServer(begin)
    server.metrics = page(1, 0, 0)
    await using roomy = aChatModel(server.url)
    await using limited = aChatModel(server.url, { maxConcurrent: 2 })
    const leave = new AbortController()
    const heard = [
      ...Array.from({ length: 15 }, (_, n) => hear(roomy, ask(`${n}`), leave.signal)),
      ...Array.from({ length: 9 }, (_, n) => hear(limited, ask(`${n}`), leave.signal)),
    ]
    await when(() => server.chats.length === 17)
    leave.abort(new Error('enough'))
    await Promise.all(heard)
    expect(server.loadLooks).toBe(0)
  })

  it('grows while nobody waits there and its memory has room, and shrinks when requests keep waiting', () => {
    const limit = new ConcurrencyLimit(undefined)
    const learn = (now: number, waiting: number, cacheUsage = 0.1, open = limit.places) => {
      limit.learn({ running: open - waiting, waiting, cacheUsage }, open, now)
      return limit.places
    }
    expect(limit.places).toBe(32)
    expect(learn(0, 0)).toBe(64)
    expect(learn(250, 0, 0.9)).toBe(64) // its memory is nearly full
    expect(learn(500, 0, 0.1, 20)).toBe(64) // not put to the test
    expect(learn(1_000, 30)).toBe(64) // a burst that it has not read yet
    expect(learn(6_000, 10)).toBe(54)
    expect(learn(11_000, 50)).toBe(44)
    expect(learn(60_000, 50)).toBe(44) // too long ago to be the same queue
    for (let now = 61_000; now < 120_000; now += 5_000) learn(now, 100)
    expect(limit.places).toBe(4)
    for (let now = 200_000; now < 300_000; now += 5_000) learn(now, 0)
    expect(limit.places).toBe(1_024)
  })

  it('is what the operator says', () => {
    const limit = new ConcurrencyLimit(7)
    expect([limit.places, limit.learns]).toEqual([7, false])
  })

  it('is read from the page of any release, over all engines', () => {
    const engines = `# HELP vllm:num_requests_running x
vllm:num_requests_running{engine="0",model_name="m"} 3.0
vllm:num_requests_running{engine="1",model_name="m"} 4.0
vllm:num_requests_waiting_by_reason{engine="0",reason="capacity"} 99.0
vllm:num_requests_waiting{engine="0",model_name="m"} 1.0
vllm:num_requests_waiting{engine="1",model_name="m"} 0.0
vllm:gpu_cache_usage_perc{engine="0",model_name="m"} 0.25
vllm:gpu_cache_usage_perc{engine="1",model_name="m"} 0.5
`
    expect(readLoad(engines)).toEqual({ running: 7, waiting: 1, cacheUsage: 0.5 })
    expect(readLoad(page(1, 2, 0.125))).toEqual({ running: 1, waiting: 2, cacheUsage: 0.125 })
    expect(readLoad('<html>')).toBeUndefined()
  })
})
