import { describe, expect, it } from 'vitest'
import { createVllmServer } from '#playground/vllm-server/vllm-server.ts'
import { UnavailableError } from '#src/core/errors.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { awayOne } from './away-one.ts'
import { aChatModel, hear, never } from './chat-client.ts'
import { ask, chatServer, fail, passing, sayTea, when } from './chat-server.ts'
import { rawServer } from './raw-server.ts'

const unavailable = expect.any(UnavailableError)
const unasked = { error: { message: expect.stringMatching(/known to be away/) } }
const tea = { text: 'Tea it is.', error: undefined }

describe('a server that is away', () => {
  it('is looked for ever more seldom, by one look at a time', async () => {
    await using it = await awayOne()
    it.server.isListing = false
    for (const [n, pause] of [500, 1_000, 2_000, 4_000, 5_000, 5_000].entries()) {
      await it.clock.advance(pause - 1)
      expect(it.server.looks).toBe(n)
      await it.clock.advance(1)
      await when(() => it.server.looks === n + 1 && it.clock.pending === 1)
    }
  })

  it('is tried by one answer when it was seen, and takes all others after its first word', async () => {
    await using it = await awayOne()
    it.server.answer = () => {}
    await it.clock.advance(500)
    await it.model.available(never)
    const heard = Array.from({ length: 5 }, (_, n) => hear(it.model, ask(`${n}`)))
    await when(() => it.server.chats.length === 4)
    expect(it.server.looks).toBe(1)
    it.server.answer = sayTea
    const [, , , trial] = it.server.chats
    if (trial) sayTea(trial)
    expect(await Promise.all(heard)).toMatchObject(Array(5).fill(tea))
    expect(it.log.lines.map(({ event }) => event)).toEqual([
      expect.stringContaining('server is away'),
      'server answers again',
    ])
  })

  it('stays away when the trial fails, all who waited for it hear so at once, and looks go on in longer pauses', async () => {
    await using it = await awayOne()
    it.server.answer = () => {}
    await it.clock.advance(500)
    await it.model.available(never)
    const heard = Array.from({ length: 5 }, (_, n) => hear(it.model, ask(`${n}`)))
    await when(() => it.server.chats.length === 4)
    const [, , , trial] = it.server.chats
    if (trial) fail(trial)
    expect(await Promise.all(heard)).toMatchObject([{ error: unavailable }, ...Array(4).fill(unasked)])
    expect(it.server.chats).toHaveLength(4)
    await it.clock.advance(999)
    expect(it.server.looks).toBe(1)
    await it.clock.advance(1)
    await when(() => it.server.looks === 2)
    expect(it.log.lines).toHaveLength(1)
  })

  it('gives its trial to the next one when the first asker leaves', async () => {
    await using it = await awayOne()
    it.server.answer = () => {}
    await it.clock.advance(500)
    await it.model.available(never)
    const leave = new AbortController()
    const left = hear(it.model, ask('1'), leave.signal)
    await when(() => it.server.chats.length === 4)
    it.server.answer = sayTea
    const stays = hear(it.model, ask('2'))
    leave.abort(new Error('gone'))
    expect(await left).toMatchObject({ error: { message: 'gone' } })
    expect(await stays).toMatchObject(tea)
  })

  it('answers who asks right after its return', async () => {
    await using server = await createVllmServer()
    const clock = new ManualClock()
    await using model = aChatModel(server.url, { clock })
    await server.setState({ door: 'refusing' })
    expect(await passing(clock, hear(model))).toMatchObject({ error: unavailable })
    await server.setState({ door: 'open' })
    server.script({ text: 'Tea it is.' })
    // Nobody moves the clock: no pause is waited for, and all of them share one look.
    server.script({ text: 'Tea it is.', times: 49 })
    const heard = Array.from({ length: 50 }, (_, n) => hear(model, ask(`${n}`)))
    expect(await Promise.all(heard)).toMatchObject(Array(50).fill(tea))
  })

  it('tells what it serves now, as soon as it is back', async () => {
    await using it = await awayOne()
    it.server.contextLength = 2_048
    await it.clock.advance(500)
    await it.model.available(never)
    expect(it.model.contextLength()).toBe(2_048)
  })

  it.each([
    ['20', 20_000],
    ['Mon, 23 Nov 2026 12:00:20 GMT', 20_000],
    ['86400', 120_000],
  ])('is left in peace when it asks for that (%s)', async (retryAfter, ms) => {
    await using server = await chatServer(call =>
      call.write(`HTTP/1.1 429 X\r\nretry-after: ${retryAfter}\r\ncontent-length: 0\r\n\r\n`),
    )
    const clock = new ManualClock()
    await using model = aChatModel(server.url, { clock, random: () => 0 })
    expect(await hear(model)).toMatchObject({ error: unavailable })
    await clock.advance(ms - 1)
    expect(await hear(model)).toMatchObject(unasked)
    expect(server.looks).toBe(0)
    server.answer = sayTea
    await clock.advance(1)
    await model.available(never)
    expect(await hear(model)).toMatchObject(tea)
    expect(server.looks).toBe(1)
  })

  it('is looked for by one, however many wait for it, and all hear of it at once', async () => {
    await using server = await createVllmServer()
    const clock = new ManualClock()
    await using model = aChatModel(server.url, { clock, random: () => 0 })
    await server.setState({ door: 'refusing' })
    await passing(clock, hear(model))
    const waiting = Promise.all(Array.from({ length: 5_000 }, () => model.available(never)))
    const pending = clock.pending
    await server.setState({ door: 'open' })
    const models = { count: 0 }
    await using counted = await rawServer(call => {
      models.count++
      call.reply(500, '')
    })
    await using other = aChatModel([counted.url], { clock, random: () => 0 })
    for (let n = 0; n < 3; n++) await hear(other)
    const leave = new AbortController()
    const others = Array.from({ length: 5_000 }, () => other.available(leave.signal).catch(() => 'left'))
    await passing(clock, waiting)
    expect(pending).toBe(1)
    // Three answers that failed, one look.
    await when(() => models.count === 4)
    leave.abort()
    expect(new Set(await Promise.all(others))).toEqual(new Set(['left']))
  })

  it('leaves nothing behind when the client is disposed of', async () => {
    await using it = await awayOne()
    const waits = it.model.available(never)
    const seen = expect(waits).rejects.toBeInstanceOf(UnavailableError)
    expect(it.clock.pending).toBe(1)
    await it.model[Symbol.asyncDispose]()
    await seen
    expect(it.clock.pending).toBe(0)
    await when(() => it.server.raw.sockets.size === 0)
  })
})

describe('available', () => {
  it('resolves at once when nothing is known against the server, and throws the reason of its signal', async () => {
    await using server = await chatServer()
    await using model = aChatModel(server.url)
    await model.available(never)
    expect(server.looks).toBe(0)
    await expect(model.available(AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped')
  })

  it('ends with its signal and leaves nothing behind', async () => {
    await using it = await awayOne()
    const leave = new AbortController()
    const waits = it.model.available(leave.signal)
    leave.abort(new Error('stopped'))
    await expect(waits).rejects.toThrow('stopped')
    expect(it.clock.pending).toBe(1) // the look for the server
  })
})
