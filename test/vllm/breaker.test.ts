import { describe, expect, it } from 'vitest'
import { createVllmServer } from '#playground/vllm-server/vllm-server.ts'
import { ContextOverflowError, RefusedError, UnavailableError } from '#src/core/errors.ts'
import { Breaker } from '#src/vllm/breaker.ts'
import { readFailure } from '#src/vllm/failure.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { awayOne } from './away-one.ts'
import { aChatModel, aRequest, hear, never } from './chat-client.ts'
import { begin, chatServer, end, fail, inChannel, passing, sayTea } from './chat-server.ts'
import { rawServer } from './raw-server.ts'

const unasked = { error: { message: expect.stringMatching(/known to be away/) } }
const tea = { text: 'Tea it is.', error: undefined }

describe('a server that fails', () => {
  it('is asked no more after three failures in a row, and said to be away once', async () => {
    await using it = await awayOne()
    for (let n = 0; n < 5; n++) expect(await hear(it.model)).toMatchObject(unasked)
    expect(it.server.chats).toHaveLength(3)
    expect(it.log.lines.map(({ event }) => event)).toEqual([expect.stringContaining('server is away')])
  })

  it('is asked on as long as words come in between', async () => {
    await using server = await chatServer((call, n) => (n % 3 === 2 ? sayTea(call) : fail(call)))
    await using model = aChatModel(server.url)
    for (let n = 0; n < 12; n++) await hear(model)
    expect(server.chats).toHaveLength(12)
  })

  it('is said to be there only if it says a word, from its first failure on', async () => {
    await using server = await chatServer(fail)
    await using model = aChatModel(server.url)
    await model.refresh(never)
    expect(server.chats).toHaveLength(0)
    await hear(model)
    await expect(model.refresh(never)).rejects.toBeInstanceOf(UnavailableError)
    server.answer = sayTea
    await model.refresh(never)
    expect(server.chats).toHaveLength(3)
    await model.refresh(never)
    expect(server.chats).toHaveLength(3)
  })

  it('is not said to be there while nobody is sent to it, although it lists its models', async () => {
    await using it = await awayOne()
    await expect(it.model.refresh(never)).rejects.toThrow(/known to be away and is looked for \(.+\)$/)
    expect(it.server.chats).toHaveLength(3)
    it.server.answer = sayTea
    const back = it.model.available(never)
    await it.clock.advance(1_000)
    await back
    await it.model.refresh(never)
    expect(await hear(it.model)).toEqual(expect.objectContaining(tea))
  })

  it.each([
    ['refuses', 400, { error: { message: 'no', code: 400 } }, RefusedError],
    ['finds prompts too long', 400, { error: { message: 'too long', param: 'input_tokens' } }, ContextOverflowError],
    ['wants a key', 401, { error: 'Unauthorized' }, RefusedError],
  ])('is there all the same when it %s', async (_, status, body, kind) => {
    await using server = await chatServer(call => call.reply(status, JSON.stringify(body)))
    await using model = aChatModel(server.url)
    for (let n = 0; n < 8; n++) expect(await hear(model)).toMatchObject({ error: expect.any(kind) })
    expect(server.chats).toHaveLength(8)
  })

  it('is there all the same when it answers without a word', async () => {
    await using server = await createVllmServer()
    await using model = aChatModel(server.url)
    server.script({ text: '', times: 8 })
    for (let n = 0; n < 8; n++) await hear(model)
    expect(server.calls).toHaveLength(8)
  })

  it('is away at once when it takes no connection, and the next asker hears that within a tenth of a second', async () => {
    const gone = await rawServer(() => {})
    await gone[Symbol.asyncDispose]()
    const clock = new ManualClock()
    await using model = aChatModel(gone.url, { clock })
    await passing(clock, hear(model))
    const asked = clock.now().getTime()
    expect(await passing(clock, hear(model))).toMatchObject(unasked)
    expect(clock.now().getTime() - asked).toBeLessThanOrEqual(110)
    // What failed last is told to operators, behind our own words.
    expect(await passing(clock, hear(model))).toMatchObject({
      error: { cause: { message: expect.stringContaining('ECONNREFUSED') } },
    })
  })

  it('is away when it does not serve the model, until it says a word', async () => {
    await using server = await createVllmServer({ model: 'other' })
    const clock = new ManualClock()
    await using model = aChatModel(server.url, { clock })
    expect(await hear(model)).toMatchObject({ error: { message: expect.stringMatching(/VLLM_MODEL/) } })
    expect(await hear(model)).toMatchObject(unasked)
    let isBack = false
    const back = model.available(never).then(() => {
      isBack = true
    })
    const before = server.calls.length
    await passing(
      clock,
      server.until(() => server.calls.length > before + 1),
    )
    expect(isBack).toBe(false)
    await server.setState({ model: 'Qwen/Qwen3-8B' })
    await passing(clock, back)
    expect(await hear(model)).toMatchObject({ end: { reason: 'stop' } })
  })

  it('is away when it lists its models and says nothing, until it says a word', async () => {
    await using server = await createVllmServer()
    const clock = new ManualClock()
    await using model = aChatModel(server.url, { clock })
    await server.setState({ health: 'hang' })
    for (let n = 1; n <= 3; n++) {
      const heard = hear(model)
      await server.until(() => server.calls.length === n)
      await clock.advance(30_000)
      expect(await heard).toMatchObject({ error: { message: expect.stringMatching(/no word within 30 s/) } })
    }
    expect(await passing(clock, hear(model))).toMatchObject(unasked)
    const back = model.available(never)
    await passing(
      clock,
      server.until(() => server.calls[3]?.outcome === 'aborted'),
    )
    expect(server.calls[3]?.body).toMatchObject({ max_tokens: 1 })
    await server.setState({ health: 'ok' })
    await passing(clock, back)
    server.script({ text: 'Tea it is.' })
    expect(await hear(model)).toMatchObject(tea)
  })
})

describe('a breaker', () => {
  const failure = readFailure(new UnavailableError('away', { cause: { status: 500 } }))
  if (!failure) throw new Error('no failure')

  it('does not hold against a server that came back what was asked of it before', () => {
    const breaker = new Breaker()
    const { era } = breaker
    for (let n = 0; n < 3; n++) breaker.failed(failure, era)
    expect(breaker.state).toBe('open')
    breaker.seen()
    expect(breaker.failed(failure, era)).toBe(false)
    expect(breaker.spoke(era)).toBe(false)
    expect(breaker.state).toBe('half-open')
    expect(breaker.spoke(breaker.era)).toBe(true)
    for (let n = 0; n < 9; n++) breaker.failed(failure, era)
    expect(breaker.state).toBe('closed')
  })
})

describe('answers under way', () => {
  it('that break together when a server is killed open the breaker, and keep their words', async () => {
    await using server = await chatServer(begin)
    await using model = aChatModel(server.url)
    const answers = [1, 2, 3, 4].map(n => model.stream(aRequest(inChannel(n)), never)[Symbol.asyncIterator]())
    const text = { done: false, value: { type: 'text', text: 'Tea' } }
    expect(await Promise.all(answers.map(answer => answer.next()))).toMatchObject(Array(4).fill(text))
    for (const call of server.chats) call.socket.resetAndDestroy()
    for (const answer of answers) await expect(answer.next()).rejects.toBeInstanceOf(UnavailableError)
    expect(await hear(model)).toMatchObject(unasked)
  })

  it('are no failures when their askers leave', async () => {
    await using server = await chatServer(begin)
    await using model = aChatModel(server.url)
    for (let n = 0; n < 5; n++) for await (const _ of model.stream(aRequest(), never)) break
    server.answer = call => {
      begin(call)
      end(call)
    }
    expect(await hear(model)).toMatchObject(tea)
  })
})
