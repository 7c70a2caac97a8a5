import { describe, expect, it } from 'vitest'
import type { Script } from '#playground/vllm-server/script.ts'
import { createVllmServer } from '#playground/vllm-server/vllm-server.ts'
import { ContextOverflowError } from '#src/core/errors.ts'
import { composePrompt } from '#src/engine/compose-prompt.ts'
import { ModelGoneError } from '#src/vllm/faults.ts'
import { HeardAnswer } from '#src/vllm/heard-answer.ts'
import { VllmServer } from '#src/vllm/vllm-server.ts'
import { anEvent, dm } from '#test/support/an-event.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { aChatModel, aRequest, hear, never, toldBy } from './chat-client.ts'
import { heardOf, nothing, text, whole } from './faulty-answer.ts'

describe('what a model says', () => {
  it('20 an answer that ran into its length says so', async () => {
    expect(await heardOf({ finish: 'length' })).toMatchObject({ text, end: { reason: 'length' } })
  })

  it('21 an answer that the server ended for repeating itself says so', async () => {
    expect(await heardOf({ finish: 'repetition' })).toMatchObject({ text, end: { reason: 'repetition' } })
  })

  it('21 blanks without an end are a loop', async () => {
    const blanks = { tokens: ['Tea', ...Array<string>(60).fill(`\n${' '.repeat(39)}`)] }
    const heard = await heardOf({ ...blanks, text: undefined })
    expect(heard).toMatchObject({ end: { reason: 'repetition' } })
    expect(heard.text.trim()).toBe('Tea')
    expect(await heardOf({ ...blanks, tokens: blanks.tokens.slice(1), text: undefined })).toMatchObject(nothing)
  })

  it('22 an answer without a word is none', async () => {
    for (const blank of ['', ' \n\n ']) {
      const heard = await heardOf({ text: blank })
      expect(heard).toMatchObject(nothing)
      expect(toldBy(heard.error)).toMatch(/without a word/)
    }
  })

  it('23 JSON that is lost in white space is left early, and half or broken JSON is none', async () => {
    expect(await jsonOf({ json: { a: ' \n '.repeat(40) } })).toMatchObject({ end: { reason: 'stop' } })
    const lost = await jsonOf({ json: { a: 1 }, whitespaceLoop: 500 })
    expect(toldBy(lost.error)).toMatch(/nothing but blanks.*disable_any_whitespace/)
    expect(lost.text.length).toBeLessThan(100)
    expect(toldBy((await jsonOf({ json: { a: 'b'.repeat(99) }, invalidJson: 'truncated' })).error)).toMatch(/length/)
    expect(toldBy((await jsonOf({ text: 'I am fine.' })).error)).toMatch(/no whole JSON/)
  })

  it('24 JSON that came as thinking is the answer', async () => {
    expect(await jsonOf({ text: '', reasoning: '{"a":1}' })).toMatchObject({ text: '{"a":1}', end: { reason: 'stop' } })
    expect(await jsonOf({ text: '', reasoning: 'What if' })).toMatchObject(nothing)
  })

  it('25 thinking that leaks into the text is left out, however it is split', async () => {
    const leak: Script = { reasoning: 'secret', leakThink: 'tags' }
    expect(await heardOf(leak)).toMatchObject(whole)
    expect(await heardOf({ ...leak, splitBytes: 'perByte' })).toMatchObject(whole)
    await using server = await createVllmServer({ template: 'thinking-only' })
    await using model = aChatModel(server.url)
    await model.refresh(never)
    server.script({ text, splitBytes: 'perByte' })
    expect(await hear(model)).toMatchObject(whole)
  })

  it('26 thinking alone is no answer', async () => {
    for (const script of [
      { text: '', reasoning: 'secret' },
      { text: '', reasoning: 'secret', leakThink: 'tags' },
    ] as const) {
      const heard = await heardOf(script)
      expect(heard).toMatchObject(nothing)
      expect(toldBy(heard.error)).toMatch(/only thought.*enable_thinking/)
    }
  })

  it('27 the prompt asks for the language of the question', () => {
    const asked = [anEvent({ text: 'Wie geht es dir?', surface: {} as never })]
    const persona = { name: 'Aeries', voice: 'You are Aeries.' }
    const when = { now: new Date(0), timeZone: 'UTC', budget: 4_000 }
    const { messages } = composePrompt({ persona, place: dm, history: [], asked, quotes: [], unread: [], ...when })
    expect(messages[0]?.content).toMatch(/in its language/)
  })

  it('28 a character that was never finished is left out', async () => {
    expect(await heardOf({ text: `${text}\uFFFD\uFFFD`, finish: 'length' })).toMatchObject({ text })
  })

  it('29 control tokens are no words', async () => {
    expect(await heardOf({ text: `<|im_start|>${text}<|im_end|><|endoftext|>` })).toMatchObject(whole)
  })
})

describe('a server that changes', () => {
  it('31 a model that is gone is told apart from a server that is', async () => {
    await using server = await createVllmServer()
    const log = new KeptLog()
    await using model = aChatModel(server.url, { log })
    await server.setState({ model: 'another' })
    const { error } = await hear(model)
    expect(error).toBeInstanceOf(ModelGoneError)
    expect((error as Error).message).toMatch(/does not serve Qwen\/Qwen3-8B: set VLLM_MODEL/)
    await expect(model.refresh(never)).rejects.toThrow(/known to be away.*does not serve Qwen\/Qwen3-8B/)
    expect(log.lines).toContainEqual(
      expect.objectContaining({
        event: 'model is not served',
        fields: expect.objectContaining({ served: ['another'] }),
      }),
    )
  })

  it('32 a context that has shrunk is learnt from the refusal', async () => {
    for (const profile of ['0.10', '0.27', '0.32', 'rust'] as const) {
      await using server = await createVllmServer({ profile })
      await using model = aChatModel(server.url)
      await model.refresh(never)
      expect(model.contextLength()).toBe(40_960)
      await server.setState({ maxModelLen: 300 })
      const long = aRequest({ messages: [{ role: 'user', content: 'word '.repeat(2_000) }] })
      expect((await hear(model, long)).error).toBeInstanceOf(ContextOverflowError)
      expect(model.contextLength()).toBe(300)
    }
  })

  it('34 words are taken in while nobody asks for them', async () => {
    await using server = await createVllmServer()
    await using model = aChatModel(server.url)
    server.script({ text: 'word '.repeat(400), itlMs: 0.1 })
    const texts: string[] = []
    for await (const event of model.stream(aRequest({ maxTokens: 1_000 }), never)) {
      if (event.type === 'text') texts.push(event.text)
      await server.until(() => server.calls[0]?.outcome === 'finished')
    }
    expect(texts.join('')).toBe('word '.repeat(400))
    expect(texts.length).toBeLessThan(200)
  })
})

/** An answer that has to be JSON, as the learning side asks for it. */
async function jsonOf(script: Script) {
  await using server = await createVllmServer()
  const timers = { connectMs: 1_000, connectTriesWithinMs: 2_500, firstContentMs: 1, idleMs: 1, totalMs: 1 }
  const parts = { apiKey: undefined, contextLength: 4_096, timers, clock: new ManualClock(), log: new KeptLog() }
  await using client = new VllmServer({ url: server.url, model: 'Qwen/Qwen3-8B', ...parts })
  server.script(script)
  const schema = { type: 'json_schema', json_schema: { name: 'a', schema: { type: 'object' } } }
  const { messages } = aRequest()
  const body = JSON.stringify({ model: 'Qwen/Qwen3-8B', messages, stream: true, response_format: schema })
  const asked = { body, headers: {}, json: true }
  const stream = (_: unknown, signal: AbortSignal) =>
    new HeardAnswer((hear, ended) => client.answer(asked, hear, ended), signal)
  return await hear({ ...silentModel, stream })
}

const silentModel = { contextLength: () => 0, available: async () => {} }
