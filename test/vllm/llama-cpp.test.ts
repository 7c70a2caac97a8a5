import { describe, expect, it } from 'vitest'
import { ContextOverflowError, RefusedError, UnavailableError } from '#src/core/errors.ts'
import { aChatModel, aRequest, hear, never, toldBy } from './chat-client.ts'
import { done, type RawCall, rawServer } from './raw-server.ts'

/** A record as llama.cpp's server writes it: keys in the order of the alphabet, no `param`, no `logprobs`. */
function chunk(delta: object, finish_reason: string | null = null): object {
  const head = { created: 1_764_000_000, id: 'chatcmpl-k2vJz1', model: 'gpt-3.5-turbo', system_fingerprint: 'b7146-1' }
  return { choices: [{ finish_reason, index: 0, delta }], ...head, object: 'chat.completion.chunk' }
}

const timings = { prompt_n: 12, prompt_ms: 20.1, predicted_n: 5, predicted_ms: 40.2, predicted_per_second: 124 }
const counted = {
  ...chunk({}),
  choices: [],
  usage: { completion_tokens: 5, prompt_tokens: 12, total_tokens: 17, prompt_tokens_details: { cached_tokens: 4 } },
  timings,
}
const beginning = chunk({ role: 'assistant', content: null })
const tea = [beginning, chunk({ content: 'Tea' }), chunk({ content: ' it is.' }), chunk({}, 'stop'), counted, done]

async function heardOf(answer: (call: RawCall) => unknown, request = aRequest()) {
  await using server = await rawServer(answer)
  await using model = aChatModel(server.url)
  const heard = await hear(model, request)
  return { ...heard, contextLength: model.contextLength() }
}

function refuse(status: number, error: object) {
  return heardOf(call => call.reply(status, JSON.stringify({ error }), 'application/json; charset=utf-8'))
}

describe('llama.cpp’s server', () => {
  it('begins its answer with a null', async () => {
    const heard = await heardOf(call =>
      call
        .start('text/event-stream')
        .send(...tea)
        .end(),
    )
    const usage = { promptTokens: 12, cachedTokens: 4, completionTokens: 5 }
    expect(heard).toMatchObject({ text: 'Tea it is.', end: { reason: 'stop', usage } })
  })

  it('thinks in the field of old', async () => {
    const thinking = [beginning, chunk({ reasoning_content: 'secret' }), ...tea.slice(1)]
    const heard = await heardOf(call =>
      call
        .start('text/event-stream')
        .send(...thinking)
        .end(),
    )
    expect(heard).toMatchObject({ text: 'Tea it is.', error: undefined })
  })

  it('tells what it takes in a field of the refusal', async () => {
    const words = 'the request exceeds the available context size, try increasing it'
    const error = { code: 400, message: words, type: 'exceed_context_size_error', n_prompt_tokens: 3_009, n_ctx: 1_024 }
    const heard = await refuse(400, error)
    expect(heard.error).toBeInstanceOf(ContextOverflowError)
    expect(heard.contextLength).toBe(1_024)
  })

  it('tells it in its words as well', async () => {
    const message = 'request (9412 tokens) exceeds the available context size (8192 tokens), try increasing it'
    expect((await refuse(400, { code: 400, message, type: 'exceed_context_size_error' })).contextLength).toBe(8_192)
  })

  it.each([
    [503, 'unavailable_error', 'Loading model', UnavailableError, /no more requests/],
    [401, 'authentication_error', 'Invalid API Key', RefusedError, /VLLM_API_KEY/],
    [400, 'invalid_request_error', "Expected 'messages' to be an array", RefusedError, /answered 400/],
    [
      400,
      'invalid_request_error',
      'Assistant response prefill is incompatible with enable_thinking.',
      RefusedError,
      /answered 400/,
    ],
    [501, 'not_supported_error', 'This server does not support chat', RefusedError, /answered 501/],
    [500, 'server_error', 'decode failed', UnavailableError, /answered 500/],
  ])('refuses with %i %s: %s', async (code, type, message, kind, told) => {
    const { error } = await refuse(code, { code, message, type })
    expect(error).toBeInstanceOf(kind)
    expect(toldBy(error)).toMatch(told)
  })

  it('tells an error in the middle as data, of old in a field of that name', async () => {
    const error = { code: 500, message: 'decode failed', type: 'server_error' }
    for (const bytes of [`data: ${JSON.stringify({ error })}\n\n`, `error: ${JSON.stringify(error)}\n\n`]) {
      const heard = await heardOf(call =>
        call
          .start('text/event-stream')
          .send(...tea.slice(0, 2))
          .chunk(bytes)
          .end(),
      )
      expect(heard).toMatchObject({ text: 'Tea', error: expect.any(UnavailableError) })
      expect(toldBy(heard.error)).toMatch(/decode failed/)
    }
  })

  it('lists its model under another name, tells no length, and is asked all the same', async () => {
    const meta = { vocab_type: 2, n_vocab: 49_152, n_ctx_train: 8_192, n_embd: 576, n_params: 134_515_008, size: 1 }
    const list = { object: 'list', data: [{ id: 'SmolLM2.gguf', object: 'model', owned_by: 'llamacpp', meta }] }
    await using server = await rawServer(call => {
      if (call.head.startsWith('GET /v1/models')) return call.reply(200, JSON.stringify(list))
      if (call.head.startsWith('POST /tokenize')) return call.reply(200, '{"tokens":[]}')
      return call
        .start('text/event-stream')
        .send(...tea)
        .end()
    })
    await using model = aChatModel(server.url, { contextLength: 2_000 })
    await model.refresh(never)
    expect(model.contextLength()).toBe(2_000)
    expect(await hear(model)).toMatchObject({ text: 'Tea it is.', end: { reason: 'stop' } })
  })

  it('goes on from words that stand, and may say them again first', async () => {
    const begun = 'Would you like some'
    const again = [beginning, chunk({ content: begun }), chunk({ content: ' tea?' }), chunk({}, 'stop'), counted, done]
    const heard = await heardOf(
      call =>
        call
          .start('text/event-stream')
          .send(...again)
          .end(),
      aRequest({ begun }),
    )
    expect(heard).toMatchObject({ text: ' tea?', end: { reason: 'stop' } })
  })
})
