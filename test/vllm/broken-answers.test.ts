import { describe, expect, it } from 'vitest'
import { ContextOverflowError, RefusedError, UnavailableError } from '#src/core/errors.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { begun } from './begun.ts'
import { aChatModel, hear, toldBy } from './chat-client.ts'
import { sayTea, when } from './chat-server.ts'
import { delta, type RawCall, rawServer, role } from './raw-server.ts'

const unavailable = expect.any(UnavailableError)

/** Lets time pass until something happened, as slowly as real sockets need. */
async function passing<T>(clock: ManualClock, something: Promise<T>): Promise<T> {
  let happened = false
  void something.finally(() => {
    happened = true
  })
  while (!happened) {
    await new Promise(resolve => setTimeout(resolve, 1))
    await clock.advance(10)
  }
  return something
}

describe('a connection', () => {
  it('that is refused is tried twice, then told with cause and cure', async () => {
    const gone = await rawServer(() => {})
    await gone[Symbol.asyncDispose]()
    const clock = new ManualClock()
    await using model = aChatModel(gone.url, { clock })
    const heard = await passing(clock, hear(model))
    expect(heard).toMatchObject({
      error: {
        message: expect.stringMatching(/cannot be reached \(ECONNREFUSED\).*VLLM_URL/),
        cause: { code: 'ECONNREFUSED' },
      },
    })
    expect(heard).toMatchObject({ error: unavailable })
    await model[Symbol.asyncDispose]() // until then the server is looked for
    expect(clock.pending).toBe(0)
  })

  it('that never stands is tried twice, for a second each', async () => {
    const clock = new ManualClock()
    const start = clock.now().getTime()
    await using server = await rawServer(() => {})
    // Its TLS handshake is never answered.
    await using model = aChatModel(server.url.replace('http:', 'https:'), { clock })
    const heard = hear(model)
    await when(() => server.connections === 1)
    await clock.advance(1_000)
    await passing(
      clock,
      when(() => server.connections === 2),
    )
    await clock.advance(1_000)
    expect(await heard).toMatchObject({ error: { cause: { code: 'ETIMEDOUT' } } })
    expect(server.connections).toBe(2)
    expect(clock.now().getTime() - start).toBeLessThanOrEqual(2_500)
    await when(() => server.sockets.size === 0)
    await model[Symbol.asyncDispose]()
    expect(clock.pending).toBe(0)
  })

  it('is not tried again when there is no time for it', async () => {
    const gone = await rawServer(() => {})
    await gone[Symbol.asyncDispose]()
    await using model = aChatModel(gone.url, { timers: { connectMs: 1_000, connectTriesWithinMs: 1_200 } })
    expect(await hear(model)).toMatchObject({ error: unavailable })
  })

  it.each([
    ['closed', (call: RawCall) => call.socket.destroy()],
    ['reset', (call: RawCall) => call.socket.resetAndDestroy()],
  ])('that is %s before a byte came is tried again at once', async (_, broken) => {
    await using server = await rawServer((call, n) => void (n === 0 ? broken(call) : sayTea(call)))
    await using model = aChatModel(server.url)
    expect(await hear(model)).toMatchObject({ text: 'Tea it is.', end: { reason: 'stop' } })
    expect(server.calls).toHaveLength(2)
  })

  it('that breaks twice is given up', async () => {
    await using server = await rawServer(call => call.socket.resetAndDestroy())
    await using model = aChatModel(server.url)
    expect(await hear(model)).toMatchObject({ error: unavailable })
    expect(server.calls).toHaveLength(2)
  })

  it.each([
    ['reset in the middle', (call: RawCall) => call.socket.resetAndDestroy()],
    ['closed in the middle of a chunk', (call: RawCall) => call.socket.end('30\r\ndata: {"cho')],
    ['closed between chunks', (call: RawCall) => call.socket.end()],
    ['ended in peace too early', (call: RawCall) => call.end()],
  ])('that is %s keeps the words and fails', async (_, broken) => {
    await using it = await begun()
    broken(it.call)
    await expect(it.answer.next()).rejects.toBeInstanceOf(UnavailableError)
    expect(it.clock.pending).toBe(0)
  })

  it('whose close is the only end says nothing of success', async () => {
    await using server = await rawServer(call => {
      call.write('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n')
      call.socket.end('data: {"choices":[{"index":0,"delta":{"content":"Tea"}}]}\n\n')
    })
    await using model = aChatModel(server.url)
    expect(await hear(model)).toMatchObject({ text: 'Tea', end: undefined, error: unavailable })
  })

  it('may break after an error record without any harm', async () => {
    await using server = await rawServer(call => {
      call.start().send(role, delta('Tea'), { error: { message: 'EngineCore encountered an issue', code: 500 } })
      call.socket.resetAndDestroy()
    })
    await using model = aChatModel(server.url)
    for (let n = 0; n < 5; n++) expect(await hear(model)).toMatchObject({ error: unavailable })
  })
})

describe('a refusal', () => {
  const page = '<!DOCTYPE html><html><body>nginx secret</body></html>'
  it.each([
    [401, '{"error":"Unauthorized"}', RefusedError, /VLLM_API_KEY/],
    [403, '', RefusedError, /VLLM_API_KEY/],
    [
      404,
      '{"error":{"message":"The model `x` does not exist.","param":"model","code":404}}',
      UnavailableError,
      /VLLM_MODEL/,
    ],
    [404, '{"detail":"Not Found"}', UnavailableError, /VLLM_URL/],
    [
      400,
      '{"error":{"message":"temperature must be in [0, 2]","param":"temperature","code":400}}',
      RefusedError,
      /temperature/,
    ],
    [400, '{"object":"error","message":"old shape","type":"BadRequestError","code":400}', RefusedError, /old shape/],
    [400, '{"error":{"message":"x","param":"input_tokens","code":400}}', ContextOverflowError, /longer than/],
    [413, 'too large', ContextOverflowError, /longer than/],
    [422, '{"error":{"message":"media","code":422}}', RefusedError, /422/],
    [301, '', RefusedError, /VLLM_URL/],
    [429, '{"error":"slow down"}', UnavailableError, /slow down/],
    [500, '{"error":{"message":"","type":"InternalServerError","code":500}}', UnavailableError, /answered 500/],
    [500, '', UnavailableError, /answered 500/],
    [501, '{"error":{"message":"no chat","code":501}}', RefusedError, /no chat/],
    [502, page, UnavailableError, /an HTML page/],
    [503, '{"error":"The model is currently scaling"}', UnavailableError, /scaling/],
    [504, 'upstream timed out', UnavailableError, /proxy/],
  ])('with status %i and body %s is told as what it means', async (status, body, kind, message) => {
    const type = body.startsWith('{') ? 'application/json' : 'text/html'
    await using server = await rawServer(call => call.reply(status, body, type))
    await using model = aChatModel(server.url)
    const { error } = await hear(model)
    expect(error).toBeInstanceOf(kind)
    expect(toldBy(error)).toMatch(message)
    expect(toldBy(error)).not.toContain('secret')
    expect((error as Error).cause).toMatchObject({ status })
  })

  it('is a page where the answer should be', async () => {
    await using server = await rawServer(call => call.reply(200, page, 'text/html'))
    await using model = aChatModel(server.url)
    expect(await hear(model)).toMatchObject({ error: { message: expect.stringMatching(/HTML page.*VLLM_URL/) } })
  })

  it('is known by its status when the body does not come', async () => {
    const clock = new ManualClock()
    await using server = await rawServer(call => call.write('HTTP/1.1 503 X\r\ncontent-length: 99\r\n\r\n{"err'))
    await using model = aChatModel(server.url, { clock })
    const heard = await passing(clock, hear(model))
    expect(heard).toMatchObject({ error: { message: expect.stringMatching(/answered 503/) } })
    expect(heard).toMatchObject({ error: unavailable })
  })

  it('is read no further than it says something', async () => {
    await using server = await rawServer(call => {
      call.write('HTTP/1.1 500 X\r\ntransfer-encoding: chunked\r\n\r\n').chunk('x'.repeat(10_000))
    })
    await using model = aChatModel(server.url)
    const { error } = await hear(model)
    expect((error as Error).message.length).toBeLessThan(500)
    await server.calls[0]?.closed
  })

  it('never repeats what people wrote', async () => {
    const message =
      "1 validation error:\n  {'type': 'x', 'loc': 'body.messages', 'msg': 'no', 'input': 'Say hello to Ada.'}"
    await using server = await rawServer(call => call.reply(400, JSON.stringify({ error: { message, code: 400 } })))
    await using model = aChatModel(server.url)
    const { error } = await hear(model)
    expect(error).toBeInstanceOf(RefusedError)
    expect((error as Error).message).not.toContain('validation')
    expect(toldBy(error)).toMatch(/1 validation error/)
    expect(toldBy(error)).not.toContain('Ada')
  })
})
