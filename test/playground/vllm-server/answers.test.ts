import { describe, expect, it } from 'vitest'
import { createVllmServer } from '#playground/vllm-server/vllm-server.ts'
import { chat, chatBody, deltasOf, type Json, recordsOf, textOf } from './wire.ts'

describe('stop strings', () => {
  it('are left out of the text, and told', async () => {
    await using server = await createVllmServer()
    server.script({ text: 'one two three four' })
    const { text } = await chat(server.url, { ...chatBody('q'), stop: ['three'] })
    expect(textOf(text)).toBe('one two ')
    expect(deltasOf(text).at(-1)).toMatchObject({ finish_reason: 'stop', stop_reason: 'three' })
  })

  it('hold back as many characters as they could still need', async () => {
    await using server = await createVllmServer()
    server.script({ tokens: ['I', "'m", ' sorry', ',', ' Ada', '.'] })
    const { text } = await chat(server.url, { ...chatBody('q'), stop: ['three'] })
    expect(deltasOf(text).map(choice => choice.delta.content)).toEqual(['', '', '', "I'm s", 'o', 'rry,', ' ', 'Ada.'])
  })
})

describe('structured answers', () => {
  const ask = (schema: Json, more: Json = {}) => ({
    ...chatBody('Ada said: please "keep it" short.'),
    response_format: { type: 'json_schema', json_schema: { name: 'a', schema } },
    ...more,
  })
  const nothing = { type: 'null' }
  const tree = { type: 'object', properties: { next: { anyOf: [{ $ref: '#/$defs/tree' }, nothing] } } }

  it.each([
    [
      { type: 'object', properties: { quote: { type: 'string' }, slot: { enum: ['tone', 'none'] } } },
      { quote: 'Ada said: please  keep it  short.', slot: 'tone' },
    ],
    [{ type: 'array', items: { type: 'integer', minimum: 3 }, minItems: 2 }, [3, 3]],
    [
      {
        type: 'object',
        properties: { a: { type: ['string', 'null'], maxLength: 3 }, b: { type: 'boolean' }, c: { const: 7 } },
      },
      { a: 'Ada', b: false, c: 7 },
    ],
    [{ oneOf: [{ type: 'object', properties: { kind: { const: 'x' } } }, nothing] }, { kind: 'x' }],
    [{ type: 'array', prefixItems: [{ type: 'string', format: 'date' }, nothing] }, ['2026-01-31', null]],
  ])('follow the schema %#', async (schema, expected) => {
    await using server = await createVllmServer()
    expect(JSON.parse(textOf((await chat(server.url, ask(schema))).text))).toEqual(expected)
  })

  it('end a recursion', async () => {
    await using server = await createVllmServer()
    const { text } = await chat(server.url, ask({ $defs: { tree }, ...tree }))
    expect(textOf(text)).toMatch(/^(?:\{"next":)+(?:null|\{\})\}+$/)
  })

  it('show no thinking, which the grammar leaves no room for', async () => {
    await using server = await createVllmServer()
    const { text } = await chat(server.url, ask({ type: 'object' }, { chat_template_kwargs: {} }))
    expect(textOf(text)).toBe('{}')
  })

  it('are any object when nothing more is asked for', async () => {
    await using server = await createVllmServer()
    expect(textOf((await chat(server.url, { ...chatBody('q'), response_format: { type: 'json_object' } })).text)).toBe(
      '{}',
    )
  })

  it('are what the script says, cut short, of another schema, or lost in white space', async () => {
    await using server = await createVllmServer()
    const json = { a: ['b', 'c'] }
    server.script(
      { json },
      { json, invalidJson: 'truncated' },
      { json, invalidJson: 'schema' },
      { json, whitespaceLoop: 50 },
    )
    const told = []
    for (let turn = 0; turn < 4; turn += 1) told.push((await chat(server.url, ask({ type: 'object' }))).text)
    expect(JSON.parse(textOf(told[0] ?? ''))).toEqual(json)
    expect(textOf(told[1] ?? '')).toBe('{"a":["b')
    expect(JSON.parse(textOf(told[2] ?? ''))).not.toHaveProperty('a')
    expect(textOf(told[3] ?? '')).toMatch(/^\{[\s]{200,}$/)
    expect(told.map(text => deltasOf(text).at(-1)?.finish_reason)).toEqual(['stop', 'length', 'stop', 'length'])
  })

  it('are refused in the stream for what the grammar cannot do, empty in an older release', async () => {
    await using server = await createVllmServer()
    const { text, status } = await chat(server.url, ask({ type: 'array', uniqueItems: true }))
    expect([status, recordsOf(text).at(-1)]).toEqual([200, '[DONE]'])
    await using older = await createVllmServer({ profile: '0.27', structuredBackend: 'auto' })
    const refused = await chat(older.url, ask({ type: 'array', uniqueItems: true }, { stream: false }))
    expect([refused.status, JSON.parse(refused.text).error.message]).toEqual([500, ''])
  })
})

it('ends a loop early for a client that asked for the detector', async () => {
  await using server = await createVllmServer()
  server.script({ repeatLoop: { text: 'again ', n: 40 } }, { repeatLoop: { text: 'again ', n: 40 } })
  const plain = await chat(server.url, chatBody('q'))
  const watched = await chat(server.url, { ...chatBody('q'), repetition_detection: { min_count: 4 } })
  expect([textOf(plain.text).split('again').length - 1, textOf(watched.text).split('again').length - 1]).toEqual([
    40, 4,
  ])
  expect(deltasOf(watched.text).at(-1)).toMatchObject({
    finish_reason: 'repetition',
    stop_reason: 'repetition_detected',
  })
})

describe('thinking', () => {
  it('comes as text unless it is switched off', async () => {
    await using server = await createVllmServer()
    expect(textOf((await chat(server.url, chatBody('q', { chat_template_kwargs: {} }))).text)).toMatch(
      /^<think>\n.+\n<\/think>\n\n/,
    )
    expect(textOf((await chat(server.url, chatBody('q'))).text)).not.toContain('think>')
    const effort = chatBody('q', { chat_template_kwargs: {}, reasoning_effort: 'none' })
    expect(textOf((await chat(server.url, effort)).text)).not.toContain('think>')
  })

  it('cannot be switched off where the template opens it in the prompt: only its end shows', async () => {
    await using server = await createVllmServer({ template: 'thinking-only' })
    const { text } = await chat(server.url, chatBody('q', { return_prompt_text: true }))
    expect(text).toContain('assistant\\n<think>\\n"')
    expect(textOf(text)).toMatch(/^The newest message[^<]+\n<\/think>\n\n/)
  })

  it('comes in its own field with a reasoning parser, and is counted', async () => {
    await using server = await createVllmServer({ reasoningParser: true })
    const body = chatBody('q', {
      chat_template_kwargs: { enable_thinking: true },
      stream_options: { include_usage: true },
    })
    const { text } = await chat(server.url, body)
    expect(textOf(text)).not.toContain('think>')
    expect(deltasOf(text).some(choice => choice.delta.reasoning)).toBe(true)
    expect(text).toMatch(/"reasoning_tokens":[1-9]/)
  })
})

describe('what a call remembers', () => {
  it('names the fields that the server took without a word', async () => {
    await using server = await createVllmServer()
    await chat(server.url, chatBody('q', { guided_json: {}, frobnicate: 1, top_k: 20, min_p: 0, priority: 0 }))
    expect(server.calls[0]?.ignored).toEqual(['guided_json', 'frobnicate'])
  })

  it('tells what came, what went, and when', async () => {
    await using server = await createVllmServer()
    server.script({ name: 'greeting', tokens: ['Hi', ' there'], itlMs: 2 })
    await chat(server.url, chatBody('q'), { 'x-request-id': 'turn-42' })
    const [call] = server.calls
    expect(call).toMatchObject({
      requestId: 'turn-42',
      script: 'greeting',
      outcome: 'finished',
      status: 200,
      finish: 'stop',
      tokensSent: 3,
      text: 'Hi there',
    })
    const times = [call?.receivedAt, call?.startedAt, call?.firstTokenAt, call?.endedAt]
    expect(times).toEqual([...times].sort((one, other) => Number(one) - Number(other)))
    expect(call?.headers['x-request-id']).toBe('turn-42')
  })
})

it('takes scripts in their order, each for the requests that it fits, as often as it says', async () => {
  await using server = await createVllmServer()
  server.script(
    { text: 'for tides', match: { question: 'tides' }, times: 'always' },
    { text: 'by rule', match: request => request.body['seed'] === 7 },
    { text: 'next' },
  )
  const told = []
  for (const more of [{}, { seed: 7 }, {}]) told.push(textOf((await chat(server.url, chatBody('q', more))).text))
  told.push(textOf((await chat(server.url, chatBody('the tides'))).text))
  expect([told[0], told[1], told[3]]).toEqual(['next', 'by rule', 'for tides'])
  expect(told[2]).toContain('stand-in')
})
