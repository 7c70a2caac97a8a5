import { describe, expect, it } from 'vitest'
import { ContextOverflowError, RefusedError, UnavailableError } from '#src/core/errors.ts'
import { Answer } from '#src/vllm/answer.ts'
import { delta, done, finish, role, sse, usage } from './raw-server.ts'

const counted = { promptTokens: 5, cachedTokens: undefined, completionTokens: 3 }
const ended = { type: 'end', reason: 'stop', usage: counted }

function anAnswer(form: 'stream' | 'whole' = 'stream'): Answer {
  return new Answer({ server: 'http://gpu:8000', model: 'Qwen/Qwen3-8B', form, opensThinking: false })
}

/** The answer after these bytes and a clean end. */
function answered(
  bytes: string | Uint8Array,
  step = Number.POSITIVE_INFINITY,
): Readonly<{ text: string; outcome: unknown }> {
  const answer = anAnswer()
  const buffer = Buffer.from(bytes)
  let text = ''
  for (let at = 0; at < buffer.length; at += step) {
    answer.feed(buffer.subarray(at, Math.min(buffer.length, at + step)))
    text += answer.takeText()
  }
  answer.close()
  return { text: text + answer.takeText(), outcome: answer.outcome }
}

function records(...all: readonly (object | string)[]): string {
  return all.map(sse).join('')
}

function failure(...all: readonly (object | string)[]): Error {
  const { outcome } = answered(records(...all))
  expect(outcome).toMatchObject({ type: 'failed' })
  return (outcome as { error: Error }).error
}

const tea = records(role, delta('Tea 🫖'), delta(' für'), delta(' 美羽'), finish(), usage, done)
const told = { text: 'Tea 🫖 für 美羽', outcome: ended }

describe('Answer', () => {
  it('reads the same wherever the bytes are split', () => {
    const bytes = Buffer.from(tea)
    for (let at = 0; at <= bytes.length; at++) {
      const answer = anAnswer()
      answer.feed(bytes.subarray(0, at))
      answer.feed(bytes.subarray(at))
      expect({ text: answer.takeText(), outcome: answer.outcome }).toEqual(told)
    }
    for (const step of [1, 2, 3, 7]) expect(answered(bytes, step)).toEqual(told)
  })

  it.each([
    ['CRLF', tea.replaceAll('\n', '\r\n')],
    ['a lone CR', tea.replaceAll('\n', '\r')],
    ['a byte order mark', `\uFEFF${tea}`],
    ['no space behind the colon', tea.replaceAll('data: ', 'data:')],
    ['records of many lines', tea.replaceAll('data: {', 'data: {\ndata: ')],
    ['comments', tea.replaceAll('data: {', ': ping\n\ndata: {')],
    ['pings', tea.replaceAll('data: {', 'event: ping\ndata: {"type":"ping"}\n\ndata: {')],
    ['empty data', tea.replaceAll('data: {', 'data:\n\ndata: {')],
    ['other fields', tea.replaceAll('data: {', 'id: 7\nretry: 10\nx: y\ndata: {')],
    ['comments that a gateway made data, more than a few', tea.replaceAll('data: {', 'data: : PROCESSING\n\ndata: {')],
    ['a few records that are no JSON', `data: what\n\ndata: {"choices\n\ndata: 5\n\n${tea}`],
    [
      'records without choices',
      tea.replaceAll('data: {', 'data: {"choices":[]}\n\ndata: {"choices":null}\n\ndata: {"id":"x"}\n\ndata: {'),
    ],
    [
      'chunks without a delta',
      tea.replaceAll('data: {', 'data: {"choices":[{"index":0}]}\n\ndata: {"choices":[{"delta":null}]}\n\ndata: {'),
    ],
    ['a role on every chunk', tea.replaceAll('"delta":{', '"delta":{"role":"assistant",')],
    ['an empty finish_reason on every chunk', tea.replaceAll('"finish_reason":null', '"finish_reason":""')],
    ['no finish_reason on interior chunks', tea.replaceAll(',"finish_reason":null', '')],
    ['null content', tea.replaceAll('data: {', `${sse(delta(null))}data: {`)],
    ['ids and models that change', tea.replaceAll('"object"', '"id":"b","model":"c","created":2,"object"')],
    [
      'a second choice',
      tea.replaceAll('data: {', `${sse({ choices: [{ index: 1, delta: { content: 'no' } }] })}data: {`),
    ],
    ['no blank line behind the last record', records(delta('Tea 🫖 für 美羽'), finish(), usage).trimEnd()],
  ])('reads %s', (_, bytes) => {
    for (const step of [1, 5, 1_000_000]) expect(answered(bytes, step)).toEqual(told)
  })

  it('keeps the text of the finish chunk', () => {
    expect(answered(records(role, delta('Tea'), finish('length', ' it'), usage, done))).toEqual({
      text: 'Tea it',
      outcome: { ...ended, reason: 'length' },
    })
  })

  it.each([
    ['stop', 'stop'],
    ['length', 'length'],
    ['repetition', 'repetition'],
    ['content_filter', 'stop'],
  ])('ends by %s as %s', (reason, known) => {
    expect(answered(records(delta('Tea'), finish(reason), usage)).outcome).toEqual({ ...ended, reason: known })
  })

  it('counts the cached tokens', () => {
    const details = { ...usage.usage, prompt_tokens_details: { cached_tokens: 4, created_cache_tokens: 1 } }
    expect(answered(records(delta('Tea'), finish(), { choices: [], usage: details })).outcome).toEqual({
      ...ended,
      usage: { ...counted, cachedTokens: 4 },
    })
  })

  it('takes the last of many counts', () => {
    const soFar = { usage: { prompt_tokens: 5, total_tokens: 6, completion_tokens: 1 } }
    expect(answered(records({ ...delta('Tea'), ...soFar }, { ...finish(), ...soFar }, usage, done)).outcome).toEqual(
      ended,
    )
  })

  it('ends without a count', () => {
    expect(answered(records(delta('Tea'), finish(), done)).outcome).toEqual({ ...ended, usage: undefined })
    expect(answered(records(delta('Tea'), finish())).outcome).toEqual({ ...ended, usage: undefined })
  })

  it('adds nothing behind the finish', () => {
    expect(answered(records(delta('Tea'), finish(), delta('Tea'), finish(), usage)).text).toBe('Tea')
  })

  it('reads a completion that was not streamed', () => {
    const answer = anAnswer('whole')
    const message = { role: 'assistant', content: 'Tea', reasoning: null }
    const body = JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'stop' }], usage: usage.usage })
    answer.feed(Buffer.from(body.slice(0, 40)))
    answer.feed(Buffer.from(body.slice(40)))
    answer.close()
    expect({ text: answer.takeText(), outcome: answer.outcome }).toEqual({ text: 'Tea', outcome: ended })
  })

  it.each([
    ['[DONE] without a finish', records(delta('Tea'), done), /\[DONE\] without a finish_reason/],
    ['a clean end without a finish', records(delta('Tea')), /its end was clean/],
    ['a record cut in two', records(delta('Tea')) + sse(delta(' it')).slice(0, 30), /its end was clean/],
    ['an abort by the server', records(delta('Tea'), finish('abort')), /finish_reason abort/],
  ])('keeps the words before %s, and fails', (_, bytes, message) => {
    const { text, outcome } = answered(bytes)
    expect(text).toBe('Tea')
    expect(outcome).toMatchObject({ type: 'failed', error: expect.any(UnavailableError) })
    expect((outcome as { error: Error }).error.message).toMatch(message)
  })

  it('is whole once the finish came, whatever breaks then', () => {
    for (const broken of [
      'data: {"err',
      sse({ error: { message: 'EngineCore', code: 500 } }),
      'data: x\n\n'.repeat(9),
    ]) {
      expect(answered(records(delta('Tea'), finish()) + broken)).toEqual({
        text: 'Tea',
        outcome: { ...ended, usage: undefined },
      })
    }
  })

  it('fails after three records that are no JSON', () => {
    expect(failure('a', 'b', 'c', 'd', delta('Tea'), finish())).toBeInstanceOf(UnavailableError)
  })

  it('fails when a record has no end', () => {
    const { outcome } = answered(`data: {"x":"${'y'.repeat(1_100_000)}`, 60_000)
    expect(outcome).toMatchObject({ type: 'failed', error: expect.any(UnavailableError) })
  })

  it('fails when an answer has no end', () => {
    expect(failure(...Array.from({ length: 11 }, () => delta('y'.repeat(100_000))))).toBeInstanceOf(UnavailableError)
  })

  it.each([
    ['nothing', []],
    ['blanks', [delta(' '), delta('\n\n')]],
    ['a null', [delta(null)]],
    ['thinking in a field', [delta(null, { delta: { reasoning: 'secret' } })]],
    ['thinking in the old field', [delta(null, { delta: { reasoning_content: 'secret' } })]],
    ['thinking in the text', [delta('<think>secret</think>')]],
    ['control tokens', [delta('<|im_end|>')]],
  ])('says nothing with %s, which is an error', (_, all) => {
    const error = failure(role, ...all, finish(), usage, done)
    expect(error).toBeInstanceOf(UnavailableError)
    expect(error.message).not.toContain('secret')
  })

  it('leaves out thinking in fields and in the text', () => {
    const thinking = ['reasoning', 'reasoning_content'].map(field => delta(null, { delta: { [field]: 'secret' } }))
    expect(
      answered(records(role, ...thinking, delta('<thi'), delta('nk>secret</think>\n\nTea'), finish(), usage)),
    ).toEqual({
      text: 'Tea',
      outcome: ended,
    })
  })

  it.each([
    ['of the request', { error: { message: 'no', type: 'BadRequestError', param: null, code: 400 } }, RefusedError],
    [
      'of the engine',
      { error: { message: 'EngineCore', type: 'InternalServerError', param: null, code: 500 } },
      UnavailableError,
    ],
    ['without a code', { error: { message: 'no', type: 'BadRequestError' } }, RefusedError],
    ['that is a word', { error: 'The model is currently scaling' }, UnavailableError],
    ['of the old shape', { object: 'error', message: 'no', type: 'BadRequestError', code: 400 }, RefusedError],
    [
      'of the Rust front end',
      { error: { message: 'no', type: 'invalid_request_error', code: 'model_not_found' } },
      UnavailableError,
    ],
    [
      'of admission',
      { error: { message: 'The engine is currently busy', type: 'Service Unavailable', code: 503 } },
      UnavailableError,
    ],
    [
      'of an overflow',
      { error: { message: "This model's maximum context length is 4096 tokens.", code: 400 } },
      ContextOverflowError,
    ],
  ])('fails with an error record %s, first or in the middle', (_, record, kind) => {
    expect(failure(record, done)).toBeInstanceOf(kind)
    expect(failure(record)).toBeInstanceOf(kind)
    const { text, outcome } = answered(records(role, delta('Tea'), record, done))
    expect(text).toBe('Tea')
    expect(outcome).toMatchObject({ type: 'failed', error: expect.any(kind) })
  })

  it('fails with an error event, and with an error field', () => {
    expect(answered('event: error\ndata: {"message":"no","code":400}\n\n').outcome).toMatchObject({
      error: expect.any(RefusedError),
    })
    expect(answered('error: {"message":"no","code":400}\n\n').outcome).toMatchObject({
      error: expect.any(RefusedError),
    })
  })
})
