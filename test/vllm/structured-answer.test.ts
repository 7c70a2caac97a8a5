import { describe, expect, it } from 'vitest'
import { createVllmServer } from '#playground/vllm-server/vllm-server.ts'
import { RefusedError } from '#src/core/errors.ts'
import { type StructuredRequest, UnfitAnswerError } from '#src/core/structured-model.ts'
import { aChatModel, aRequest, never, toldBy } from './chat-client.ts'
import { chatServer } from './chat-server.ts'
import { delta, done, finish, role } from './raw-server.ts'

const schema = {
  type: 'object',
  properties: { quote: { type: 'string' }, mood: { type: 'string', enum: ['glad', 'sad'] } },
  required: ['quote', 'mood'],
  additionalProperties: false,
}

function aStructuredRequest(more: Partial<StructuredRequest> = {}): StructuredRequest {
  return { ...aRequest(), maxTokens: 450, schema: { name: 'mood', schema }, ...more }
}

describe('an answer in JSON', () => {
  it('follows the schema, and goes behind chat', async () => {
    await using server = await createVllmServer()
    await using model = aChatModel(server.url)
    const text = await model.complete(aStructuredRequest(), never)
    expect(JSON.parse(text)).toEqual({ quote: 'Say hello to Ada.', mood: 'glad' })
    expect(server.calls[0]?.body).toMatchObject({
      stream: true,
      temperature: 0,
      max_tokens: 450,
      priority: 10,
      response_format: { type: 'json_schema', json_schema: { name: 'mood', schema } },
      chat_template_kwargs: { enable_thinking: false },
    })
  })

  it('is left at once when it loses itself in white space', async () => {
    await using server = await createVllmServer()
    await using model = aChatModel(server.url)
    server.script({ json: { quote: 'hi' }, whitespaceLoop: 5_000, itlMs: 2 })
    const error = await model.complete(aStructuredRequest({ maxTokens: 30_000 }), never).catch(given => given)
    expect(error).toBeInstanceOf(UnfitAnswerError)
    expect(toldBy(error)).toMatch(/nothing but blanks/)
    await server.until(() => server.calls[0]?.outcome === 'aborted')
  })

  it('is free of thinking', async () => {
    await using server = await createVllmServer()
    await using model = aChatModel(server.url)
    server.script({ json: { quote: 'hi', mood: 'sad' }, reasoning: 'secret', leakThink: 'tags' })
    expect(JSON.parse(await model.complete(aStructuredRequest(), never))).toEqual({ quote: 'hi', mood: 'sad' })
  })

  it('fails when it is cut', async () => {
    await using server = await createVllmServer()
    await using model = aChatModel(server.url)
    server.script({ json: { quote: 'b'.repeat(99) }, invalidJson: 'truncated' })
    await expect(model.complete(aStructuredRequest(), never)).rejects.toThrow(/no whole JSON/)
  })

  it('is asked for without a priority once a server refused that', async () => {
    await using server = await chatServer((call, n) => {
      if (n === 0) return call.reply(400, '{"error":{"message":"Unrecognized request argument: priority","code":400}}')
      return call.start().send(role, delta('{"mood":"glad"}'), finish(), done).end()
    })
    await using model = aChatModel(server.url)
    expect(await model.complete(aStructuredRequest(), never)).toBe('{"mood":"glad"}')
    await model.complete(aStructuredRequest(), never)
    expect(server.chats.map(({ body }) => 'priority' in JSON.parse(body))).toEqual([true, false, false])
  })

  it('is a refusal where the schema is refused', async () => {
    await using server = await createVllmServer()
    await using model = aChatModel(server.url)
    const array = { type: 'array', items: { type: 'string' }, uniqueItems: true }
    const request = aStructuredRequest({ schema: { name: 'a', schema: array } })
    await expect(model.complete(request, never)).rejects.toBeInstanceOf(RefusedError)
  })

  it('ends with the reason of the signal', async () => {
    await using server = await createVllmServer()
    await using model = aChatModel(server.url)
    server.script({ fault: { kind: 'stall', at: 1 } })
    const leaving = new AbortController()
    const asked = model.complete(aStructuredRequest(), leaving.signal)
    leaving.abort(new Error('a reply waits'))
    await expect(asked).rejects.toThrow('a reply waits')
  })
})
