import { readFileSync } from 'node:fs'
import nock from 'nock'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RefusedError, UnavailableError } from '#src/core/errors.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { aChatModel, never } from './chat-client.ts'

const url = 'http://gpu.test:8000'
const recorded = JSON.parse(
  readFileSync(new URL('../fixtures/wire/models.jsonl', import.meta.url), 'utf8').split('\n')[1] ?? '',
).body

/** The end of a rendered prompt, as `POST /tokenize` shows it. */
function prompt(...end: readonly string[]): object {
  return { count: 9, max_model_len: 4096, tokens: [1], token_strs: ['<|im_start|>', 'assistant', 'Ċ', ...end] }
}

describe('refresh', () => {
  beforeEach(() => nock.disableNetConnect())
  afterEach(() => {
    nock.cleanAll()
    nock.enableNetConnect()
  })

  it('learns the context length from the list of models', async () => {
    nock(url).get('/v1/models').reply(200, recorded, { 'content-type': 'application/json' })
    nock(url)
      .post('/tokenize')
      .reply(200, prompt('<think>', 'ĊĊ', '</think>'))
    const log = new KeptLog()
    await using model = aChatModel(url, { contextLength: 1_000, log })
    expect(model.contextLength()).toBe(1_000)
    await model.refresh(never)
    expect(model.contextLength()).toBe(4_096)
    expect(log.lines).toEqual([])
    expect(nock.pendingMocks()).toEqual([])
  })

  it('sends the key, and asks below the path of the address', async () => {
    const headers = { reqheaders: { authorization: 'Bearer sesame' } }
    nock(url, headers).get('/gpu/v1/models').reply(200, recorded)
    nock(url, headers)
      .post('/gpu/tokenize', { chat_template_kwargs: { enable_thinking: false } })
      .reply(404, '')
    nock(url, headers).post('/gpu/tokenize').reply(404, { detail: 'Not Found' })
    await using model = aChatModel(`${url}/gpu/v1/`, { apiKey: 'sesame' })
    await model.refresh(never)
    expect(model.contextLength()).toBe(4_096)
  })

  it('tells of a model that is not served, and keeps what it knew', async () => {
    nock(url)
      .get('/v1/models')
      .reply(200, {
        data: [
          { id: 'other', max_model_len: 7 },
          { id: 'adapter', max_model_len: null },
        ],
      })
    nock(url).post('/tokenize').reply(404, {})
    const log = new KeptLog()
    await using model = aChatModel(url, { contextLength: 1_000, log })
    await model.refresh(never)
    expect(model.contextLength()).toBe(1_000)
    expect(log.lines).toMatchObject([
      {
        level: 'warn',
        event: 'model is not served',
        fields: { served: ['other', 'adapter'], cure: expect.stringMatching(/VLLM_MODEL/) },
      },
    ])
  })

  it('tells of a template that thinks by itself', async () => {
    nock(url).get('/v1/models').reply(200, recorded)
    nock(url).post('/tokenize').reply(200, prompt('<think>', 'Ċ'))
    const log = new KeptLog()
    await using model = aChatModel(url, { log })
    await model.refresh(never)
    expect(log.lines).toMatchObject([{ level: 'warn', fields: { seenIn: 'template' } }])
  })

  it.each([
    [401, { error: 'Unauthorized' }, RefusedError],
    [503, { error: 'scaling' }, UnavailableError],
    [200, { what: 1 }, UnavailableError],
    [200, 'nginx', UnavailableError],
  ])('fails with status %i and body %j', async (status, body, kind) => {
    nock(url).get('/v1/models').reply(status, body)
    await using model = aChatModel(url)
    await expect(model.refresh(never)).rejects.toBeInstanceOf(kind)
  })

  it('throws the reason of its signal', async () => {
    await using model = aChatModel(url)
    await expect(model.refresh(AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped')
  })
})
