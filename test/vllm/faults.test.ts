import { describe, expect, it } from 'vitest'
import type { Script } from '#playground/vllm-server/script.ts'
import { createVllmServer, type VllmServer } from '#playground/vllm-server/vllm-server.ts'
import { ContextOverflowError, RefusedError, UnavailableError } from '#src/core/errors.ts'
import { composePrompt } from '#src/engine/compose-prompt.ts'
import { ModelGoneError } from '#src/vllm/faults.ts'
import { HeardAnswer } from '#src/vllm/heard-answer.ts'
import { VllmServer as Client } from '#src/vllm/vllm-server.ts'
import { anEvent, dm } from '#test/support/an-event.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { aChatModel, aRequest, hear, never, toldBy } from './chat-client.ts'

const text = 'Grüße, 美羽! 🫖🫠 Tea it is.'
const whole = { text, end: { reason: 'stop' }, error: undefined }
const nothing = { text: '', end: undefined, error: expect.any(UnavailableError) }

async function heardOf(...scripts: readonly Script[]) {
  await using server = await createVllmServer()
  await using model = aChatModel(server.url)
  server.script(...scripts.map(script => ({ text, ...script })))
  return await hear(model)
}

/** What came of an answer that broke after a few words: they stand, and it failed with words like these. */
async function expectCut(script: Script, message: RegExp): Promise<void> {
  const heard = await heardOf(script)
  expect(heard).toMatchObject({ end: undefined, error: expect.any(UnavailableError) })
  expect(toldBy(heard.error)).toMatch(message)
  expect(heard.text.length).toBeGreaterThan(3)
  expect(text.startsWith(heard.text)).toBe(true)
}

/** An answer that has to be JSON, as the learning side asks for it. */
async function jsonOf(script: Script) {
  await using server = await createVllmServer()
  const timers = { connectMs: 1_000, connectTriesWithinMs: 2_500, firstContentMs: 1, idleMs: 1, totalMs: 1 }
  const parts = { apiKey: undefined, contextLength: 4_096, timers, clock: new ManualClock(), log: new KeptLog() }
  await using client = new Client({ url: server.url, model: 'Qwen/Qwen3-8B', ...parts })
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

/** A question to a server with a time of its own, and the call once it is there. */
async function asking(server: VllmServer, clock: ManualClock) {
  const model = aChatModel(server.url, { clock })
  const before = server.calls.length
  const heard = hear(model)
  const call = await server.until(() => server.calls[before])
  return { heard, call, [Symbol.asyncDispose]: () => model[Symbol.asyncDispose]() }
}

describe('bytes and records', () => {
  it('1 a character that is split between two packets arrives whole', async () => {
    expect(await heardOf({ splitBytes: 'midUtf8' })).toMatchObject(whole)
    expect(await heardOf({ splitBytes: 'perByte' })).toMatchObject(whole)
  })

  it('2 a record may be split anywhere, and many may come at once', async () => {
    expect(await heardOf({ splitBytes: 7 })).toMatchObject(whole)
    expect(await heardOf({ coalesce: 'all' })).toMatchObject(whole)
  })

  it('3 any framing of the standard is read: CRLF, CR, a byte order mark, many lines, no space', async () => {
    for (const framing of ['crlf', 'cr', 'multiline', 'nospace'] as const)
      expect(await heardOf({ framing, bom: true })).toMatchObject(whole)
  })

  it('4 comments, pings and empty data are no words', async () => {
    expect(await heardOf({ comments: 1, itlMs: 2 })).toMatchObject(whole)
  })

  it('5 a gateway’s comments among the data are left out, and a stream of nothing else is given up', async () => {
    const raw = Array(9).fill('data: : PROCESSING').join('\n\n').slice('data: '.length)
    expect(await heardOf({ fault: { kind: 'badJson', at: 3, raw } })).toMatchObject(whole)
    await expectCut({ fault: { kind: 'badJson', at: 5, raw: 'a\n\ndata: b\n\ndata: c\n\ndata: d' } }, /no JSON/)
  })

  it('6 choices that are empty, null or missing are metadata', async () => {
    expect(await heardOf({ fault: { kind: 'emptyChoices', at: 2 } })).toMatchObject(whole)
  })

  it('7 an empty finish_reason is none, and a role may come again', async () => {
    for (const interiorFinish of ['empty', 'absent'] as const)
      expect(await heardOf({ interiorFinish, role: 'every' })).toMatchObject(whole)
  })

  it('8 text in the record of the finish belongs to the answer', async () => {
    expect(await heardOf({ finishCarriesText: true })).toMatchObject(whole)
  })
})

describe('answers that break', () => {
  it('9 [DONE] without a finish_reason is no end', () =>
    expectCut({ fault: { kind: 'doneWithoutFinish', at: 6 } }, /\[DONE\] without a finish_reason/))

  it('10 an error that comes first in the stream means what its code says', async () => {
    const error = (status: number, type: string, message: string) =>
      heardOf({ fault: { kind: 'errorRecord', at: 'first', error: { status, type, message } } })
    expect(await error(503, 'Service Unavailable', 'busy')).toMatchObject(nothing)
    expect((await error(400, 'BadRequestError', 'no')).error).toBeInstanceOf(RefusedError)
    expect((await error(404, 'NotFoundError', 'The model `x` does not exist.')).error).toBeInstanceOf(ModelGoneError)
    const tooLong = await error(400, 'BadRequestError', "This model's maximum context length is 300 tokens.")
    expect(tooLong.error).toMatchObject({ contextLength: 300 })
  })

  it('11 an error in the middle, with [DONE] behind it, keeps the words and fails', () =>
    expectCut({ fault: { kind: 'errorRecord', at: 6 } }, /EngineCore/))

  it('12 an error alone, or an end without either, keeps the words and fails', async () => {
    await expectCut({ fault: { kind: 'errorNoDone', at: 6 } }, /EngineCore/)
    await expectCut({ fault: { kind: 'eofClean', at: 6 } }, /its end was clean/)
    await expectCut({ fault: { kind: 'eofClean', at: 6 }, closeDelimited: true }, /its end was clean/)
  })

  it('13 a closed or reset connection in the middle keeps the words and fails', async () => {
    await expectCut({ fault: { kind: 'fin', at: 6 } }, /broke off/)
    await expectCut({ fault: { kind: 'rst', at: 6 } }, /broke off/)
  })

  it('14 a connection that breaks before a byte came is replaced at once', async () => {
    await using server = await createVllmServer()
    await using model = aChatModel(server.url)
    server.script({ text }, { fault: { kind: 'rst', at: 'headers' } }, { text })
    for (let n = 0; n < 2; n++) expect(await hear(model)).toMatchObject(whole)
    expect(server.calls.map(({ outcome }) => outcome)).toEqual(['finished', 'broken', 'finished'])
  })

  it('30 what a server gives up when it is stopped keeps its words and fails', () =>
    expectCut({ finish: 'abort' }, /finish_reason abort/))
})

describe('silence', () => {
  it('15 a server that takes the request and says nothing is left after 30 s, and its slot is free', async () => {
    for (const patch of [{ health: 'hang' }, { asleep: true }] as const) {
      const clock = new ManualClock()
      await using server = await createVllmServer()
      await server.setState(patch)
      await using it = await asking(server, clock)
      await clock.advance(30_000)
      expect(await it.heard).toMatchObject(nothing)
      expect(toldBy((await it.heard).error)).toMatch(/no word within 30 s/)
      await server.until(() => it.call.outcome === 'aborted')
      expect(server.running + server.waiting).toBe(0)
    }
  })

  it('16 a stall in the middle is left after 15 s, and a shorter one is waited for', async () => {
    const clock = new ManualClock()
    await using server = await createVllmServer()
    server.script({ text, fault: { kind: 'stall', at: 6 } }, { text, fault: { kind: 'stall', at: 6, forMs: 30 } })
    await using stalled = await asking(server, clock)
    await server.until(() => stalled.call.tokensSent === 6)
    // The words are on their way: time may pass only once they are there.
    await new Promise(resolve => setTimeout(resolve, 20))
    await clock.advance(15_000)
    const heard = await stalled.heard
    expect(toldBy(heard.error)).toMatch(/silent for 15 s/)
    expect(heard.text).toBe(stalled.call.text)
    await using short = await asking(server, new ManualClock())
    expect(await short.heard).toMatchObject(whole)
  })

  it('17 an answer that a proxy holds back arrives, and the operator hears of the proxy', async () => {
    const [clock, log] = [new ManualClock(), new KeptLog()]
    await using server = await createVllmServer()
    await server.setState({ health: 'hang' })
    server.script({ text: 'Tea. '.repeat(40), coalesce: 'all' })
    await using model = aChatModel(server.url, { clock, log })
    const heard = hear(model)
    await server.until(() => server.calls[0])
    await clock.advance(2_500)
    await server.setState({ health: 'ok' })
    expect(await heard).toMatchObject({ text: 'Tea. '.repeat(40), end: { reason: 'stop' } })
    expect(log.lines).toMatchObject([
      { event: 'answer came all at once', fields: { cure: expect.stringMatching(/proxy_buffering off/) } },
    ])
  })
})

describe('gateways', () => {
  it('18 bodies that are HTML, plain or empty are never shown, and known by their status', async () => {
    for (const http of [
      { status: 502, body: '<html>nginx secret</html>', contentType: 'text/html' },
      { status: 503, contentType: '' },
      { status: 504, body: 'upstream secret' },
      { status: 200, body: '<!doctype html>secret', contentType: 'text/html' },
    ]) {
      const heard = await heardOf({ http })
      expect(heard).toMatchObject(nothing)
      expect((heard.error as Error).message).not.toContain('secret')
      expect((heard.error as Error).message).toMatch(http.status === 200 ? /HTML page/ : String(http.status))
    }
  })

  it('19 one JSON body where a stream was asked for is the whole answer', async () => {
    expect(await heardOf({ fault: { kind: 'plainJson200', at: 'headers' } })).toMatchObject(whole)
  })

  it('33 ids that change and records that come twice end all the same', async () => {
    expect(await heardOf({ changingIds: true })).toMatchObject(whole)
    expect(await heardOf({ fault: { kind: 'duplicateRecords', at: 4 } })).toMatchObject({ end: { reason: 'stop' } })
  })

  it('a wait that a gateway asks for is told along with the fault', async () => {
    const { error } = await heardOf({ http: { status: 429, body: { error: 'slow down' }, retryAfter: 7 } })
    expect((error as Error).cause).toMatchObject({ status: 429, retryAfterMs: 7_000 })
  })
})

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
    await model.refresh(never)
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
