import { describe, expect, it } from 'vitest'
import { UnavailableError } from '#src/core/errors.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { begun } from './begun.ts'
import { aChatModel, aRequest, hear, never } from './chat-client.ts'
import { sayTea, when } from './chat-server.ts'
import { delta, type RawCall, rawServer, role } from './raw-server.ts'

const unavailable = expect.any(UnavailableError)

describe('giving up', () => {
  it('in the middle closes the connection and throws the reason', async () => {
    await using it = await begun()
    const next = it.answer.next()
    it.stop.abort(new Error('stopped'))
    await expect(next).rejects.toThrow('stopped')
    await it.call.closed
    expect(it.clock.pending).toBe(0)
  })

  it('while nobody listens closes the connection, too, and shows no stale text', async () => {
    await using it = await begun()
    it.call.send(delta(' it is.'))
    it.stop.abort('no error at all')
    await it.call.closed
    await expect(it.answer.next()).rejects.toBe('no error at all')
  })

  it('by leaving the loop closes the connection', async () => {
    const clock = new ManualClock()
    await using server = await rawServer(call => call.start().send(role, delta('Tea')))
    await using model = aChatModel(server.url, { clock })
    for await (const event of model.stream(aRequest(), never)) {
      expect(event).toMatchObject({ type: 'text', text: 'Tea' })
      break
    }
    await server.calls[0]?.closed
    expect(clock.pending).toBe(0)
  })

  it('before the server answers closes the connection', async () => {
    const stop = new AbortController()
    await using server = await rawServer(() => stop.abort(new Error('stopped')))
    await using model = aChatModel(server.url)
    expect(await hear(model, aRequest(), stop.signal)).toMatchObject({ error: new Error('stopped') })
    await server.calls[0]?.closed
    expect(server.calls).toHaveLength(1)
  })

  it('before it began asks nothing', async () => {
    await using server = await rawServer(sayTea)
    await using model = aChatModel(server.url)
    expect(await hear(model, aRequest(), AbortSignal.abort(new Error('stopped')))).toMatchObject({
      error: new Error('stopped'),
    })
    expect(server.calls).toHaveLength(0)
  })

  it('while it connects does not wait for that', async () => {
    const stop = new AbortController()
    await using server = await rawServer(() => {})
    // Its TLS handshake is never answered.
    await using model = aChatModel(server.url.replace('http:', 'https:'))
    const heard = hear(model, aRequest(), stop.signal)
    await when(() => server.sockets.size === 1)
    stop.abort(new Error('stopped'))
    expect(await heard).toMatchObject({ error: new Error('stopped') })
  })

  it('on the whole client cuts what is open', async () => {
    await using server = await rawServer(call => call.start().send(role, delta('Tea')))
    const model = aChatModel(server.url)
    const answer = model.stream(aRequest(), never)[Symbol.asyncIterator]()
    await answer.next()
    const next = answer.next()
    await Promise.all([expect(next).rejects.toBeInstanceOf(UnavailableError), model[Symbol.asyncDispose]()])
    await server.calls[0]?.closed
  })
})

describe('a silent server', () => {
  it('that took the request is left after 30 s', async () => {
    const clock = new ManualClock()
    const asked = Promise.withResolvers<RawCall>()
    await using server = await rawServer(call => asked.resolve(call.start().send(role).chunk(': ping\n\n')))
    await using model = aChatModel(server.url, { clock })
    const heard = hear(model)
    const call = await asked.promise
    await clock.advance(29_999)
    expect(clock.pending).toBe(2)
    await clock.advance(1)
    expect(await heard).toMatchObject({ text: '', error: { message: expect.stringMatching(/no word within 30 s/) } })
    expect(await heard).toMatchObject({ error: unavailable })
    await call.closed
    expect(clock.pending).toBe(0)
  })

  it('that sends not even a head is left as well', async () => {
    const clock = new ManualClock()
    const asked = Promise.withResolvers<RawCall>()
    await using server = await rawServer(asked.resolve)
    await using model = aChatModel(server.url, { clock })
    const heard = hear(model)
    const call = await asked.promise
    await clock.advance(30_000)
    expect(await heard).toMatchObject({ error: { message: expect.stringMatching(/no word within 30 s/) } })
    await call.closed
    expect(server.calls).toHaveLength(1)
  })

  it('in the middle of an answer is left after 15 s', async () => {
    await using it = await begun()
    await it.clock.advance(14_000)
    it.call.send(delta(' it'))
    expect(await it.answer.next()).toMatchObject({ value: { text: ' it' } })
    await it.clock.advance(14_000)
    it.call.send(delta(' is'))
    expect(await it.answer.next()).toMatchObject({ value: { text: ' is' } })
    const next = it.answer.next()
    next.catch(() => {})
    await it.clock.advance(15_000)
    await expect(next).rejects.toThrow(/silent for 15 s/)
    await expect(next).rejects.toBeInstanceOf(UnavailableError)
    await it.call.closed
    expect(it.clock.pending).toBe(0)
  })

  it('or one that never ends is left after 2 minutes', async () => {
    await using it = await begun()
    for (let n = 1; n < 12; n++) {
      await it.clock.advance(10_000)
      it.call.send(delta(` ${n}`))
      expect(await it.answer.next()).toMatchObject({ value: { text: ` ${n}` } })
    }
    const next = it.answer.next()
    next.catch(() => {})
    await it.clock.advance(10_000)
    await expect(next).rejects.toThrow(/after 120 s/)
    await it.call.closed
    expect(it.clock.pending).toBe(0)
  })

  it('that thinks is not silent', async () => {
    await using it = await begun()
    await it.clock.advance(14_000)
    it.call.send(delta(null, { delta: { reasoning: 'secret' } }), delta(' it'))
    expect(await it.answer.next()).toMatchObject({ value: { text: ' it' } })
  })
})
