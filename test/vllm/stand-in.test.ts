import { describe, expect, it } from 'vitest'
import type { Script } from '#playground/vllm-server/script.ts'
import { createVllmServer } from '#playground/vllm-server/vllm-server.ts'
import { ContextOverflowError, RefusedError, UnavailableError } from '#src/core/errors.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { aChatModel, aRequest, hear, never } from './chat-client.ts'

const text = 'Grüße, 美羽! 🫖🫠 Tea it is.'
const unavailable = expect.any(UnavailableError)

async function heardOf(script: Script) {
  await using server = await createVllmServer()
  await using model = aChatModel(server.url)
  server.script({ text, ...script })
  return await hear(model)
}

describe('an answer of the stand-in', () => {
  const oddities: readonly (readonly [string, Script])[] = [
    ...(['lf', 'crlf', 'cr', 'multiline', 'nospace'] as const).flatMap(framing =>
      (['perByte', 'midUtf8', 7] as const).map(
        splitBytes => [`framed by ${framing}, split ${splitBytes}`, { framing, splitBytes }] as const,
      ),
    ),
    ['a byte order mark', { bom: true }],
    ['comments between', { comments: 1, itlMs: 2 }],
    ['empty deltas', { emptyDeltas: 9 }],
    ['several tokens in one delta', { burst: { every: 2, tokens: 3 } }],
    ['text in its finish', { finishCarriesText: true }],
    ['an empty finish_reason in between', { interiorFinish: 'empty' }],
    ['no finish_reason in between', { interiorFinish: 'absent' }],
    ['a role on every chunk', { role: 'every' }],
    ['no role at all', { role: 'none' }],
    ['changing ids', { changingIds: true }],
    ['everything at once', { coalesce: 'all' }],
    ['no chunks, closed at its end', { closeDelimited: true }],
    ['usage on every chunk', { usage: 'continuous' }],
    ['a record that is no JSON', { fault: { kind: 'badJson', at: 3 } }],
    ['records without choices', { fault: { kind: 'emptyChoices', at: 3 } }],
    ['one JSON body', { fault: { kind: 'plainJson200', at: 'headers' } }],
    ['thinking in a field', { reasoning: 'secret' }],
    ['thinking in the old field', { reasoning: 'secret', reasoningField: 'reasoning_content' }],
    ['thinking in tags', { reasoning: 'secret', leakThink: 'tags' }],
    ['thinking in tags, byte for byte', { reasoning: 'secret', leakThink: 'tags', splitBytes: 'perByte' }],
  ]

  it.each(oddities)('comes through whole with %s', async (_, script) => {
    expect(await heardOf(script)).toMatchObject({
      text,
      end: { reason: 'stop', usage: { promptTokens: expect.any(Number) } },
    })
  })

  it('ends without usage', async () => {
    expect(await heardOf({ usage: false })).toEqual({
      text,
      end: { reason: 'stop', usage: undefined },
      error: undefined,
    })
  })

  it.each(['length', 'repetition'] as const)('ends by %s', async finish => {
    expect(await heardOf({ finish })).toMatchObject({ end: { reason: finish } })
  })

  it.each(['0.10', '0.27', '0.32', 'rust'] as const)(
    'comes through from release %s, and so do refusals',
    async profile => {
      await using server = await createVllmServer({ profile, maxModelLen: 300 })
      await using model = aChatModel(server.url)
      server.script({ text })
      expect(await hear(model)).toMatchObject({ text, end: { reason: 'stop' } })
      const long = aRequest({ messages: [{ role: 'user', content: 'word '.repeat(2_000) }] })
      expect(await hear(model, long)).toMatchObject({ error: expect.any(ContextOverflowError) })
      expect(model.contextLength()).toBe(300)
      await using other = aChatModel(server.url, { model: 'other' })
      expect(await hear(other)).toMatchObject({ error: { message: expect.stringMatching(/VLLM_MODEL/) } })
    },
  )
})

describe('a broken answer of the stand-in', () => {
  it.each<readonly [string, Script]>([
    ['a close', { fault: { kind: 'fin', at: 4 } }],
    ['a reset', { fault: { kind: 'rst', at: 4 } }],
    ['an error record', { fault: { kind: 'errorRecord', at: 4 } }],
    ['an error record alone', { fault: { kind: 'errorNoDone', at: 4 } }],
    ['a page', { fault: { kind: 'htmlBody', at: 4 } }],
    ['a clean end', { fault: { kind: 'eofClean', at: 4 } }],
    ['[DONE] alone', { fault: { kind: 'doneWithoutFinish', at: 4 } }],
    ['a shutdown', { finish: 'abort' }],
    ['no finish', { finish: null }],
  ])('keeps its words after %s', async (_, script) => {
    const heard = await heardOf(script)
    expect(heard).toMatchObject({ end: undefined, error: unavailable })
    expect(heard.text).not.toBe('')
    expect(text.startsWith(heard.text)).toBe(true)
  })

  it.each<readonly [string, Script]>([
    ['a close', { fault: { kind: 'fin', at: 'first' } }],
    ['a reset', { fault: { kind: 'rst', at: 'first' } }],
    ['an error record', { fault: { kind: 'errorRecord', at: 'first' } }],
    ['a page of a gateway', { fault: { kind: 'htmlBody', at: 'headers' } }],
    ['a full queue', { http: { status: 503, body: { error: 'busy' } } }],
    ['no words', { text: '' }],
    ['blank words', { text: ' \n\n ' }],
    ['thinking alone', { text: '', reasoning: 'secret' }],
    ['thinking alone in tags', { text: '', reasoning: 'secret', leakThink: 'tags' }],
  ])('says nothing after %s at its begin', async (_, script) => {
    expect(await heardOf(script)).toMatchObject({ text: '', end: undefined, error: unavailable })
  })

  it('is stopped when it repeats itself without an end', async () => {
    const heard = await heardOf({ fault: { kind: 'duplicateRecords', at: 2 } })
    expect(heard).toMatchObject({ end: { reason: 'stop' }, error: undefined })
  })
})

describe('a template that thinks by itself', () => {
  it('shows no thinking, from the first answer on once the server was asked', async () => {
    await using server = await createVllmServer({ template: 'thinking-only' })
    await using model = aChatModel(server.url)
    await model.refresh(never)
    server.script({ text }, { text, splitBytes: 'perByte' })
    for (let n = 0; n < 2; n++) expect(await hear(model)).toMatchObject({ text, end: { reason: 'stop' } })
  })

  it('shows none from the second answer on where nobody could ask', async () => {
    await using server = await createVllmServer()
    await using model = aChatModel(server.url)
    server.script({ text, reasoning: 'secret', leakThink: 'bareClose', times: 3 })
    await hear(model)
    for (let n = 0; n < 2; n++) expect(await hear(model)).toMatchObject({ text, end: { reason: 'stop' } })
  })

  it('streams where the server has a parser for it', async () => {
    await using server = await createVllmServer({ template: 'thinking-only', reasoningParser: true })
    await using model = aChatModel(server.url)
    await model.refresh(never)
    server.script({ text })
    expect(await hear(model)).toMatchObject({ text, end: { reason: 'stop' } })
  })
})

describe('the weather of the stand-in', () => {
  it('asleep or hung is found out by the first word that does not come, and frees its slot', async () => {
    const clock = new ManualClock()
    await using server = await createVllmServer()
    await using model = aChatModel(server.url, { clock })
    for (const patch of [{ asleep: true }, { asleep: false, health: 'hang' }] as const) {
      await server.setState(patch)
      const before = server.calls.length
      const heard = hear(model)
      const call = await server.until(() => server.calls[before])
      await clock.advance(30_000)
      expect(await heard).toMatchObject({ error: { message: expect.stringMatching(/no word within 30 s/) } })
      await server.until(() => call.outcome === 'aborted')
    }
    expect(server.waiting + server.running).toBe(0)
  })

  it('dead is told at once', async () => {
    await using server = await createVllmServer()
    await using model = aChatModel(server.url)
    await server.setState({ health: 'dead' })
    expect(await hear(model)).toMatchObject({ error: unavailable })
    await server.setState({ health: 'ok' })
    server.script({ text })
    expect(await hear(model)).toMatchObject({ text })
  })

  it('dead is not taken for one that answers because it lists its models, once it has failed some', async () => {
    await using server = await createVllmServer()
    const clock = new ManualClock()
    await using model = aChatModel(server.url, { clock })
    await server.setState({ health: 'dead' })
    for (let n = 0; n < 3; n++) await hear(model)
    const isSeenAgain = model.available(never)
    await clock.advance(1_000)
    await isSeenAgain
    await expect(model.refresh(never)).rejects.toBeInstanceOf(UnavailableError)
    const isBack = model.available(never)
    await clock.advance(5_000)
    await isBack
    await server.setState({ health: 'ok' })
    await model.refresh(never)
    server.script({ text })
    expect(await hear(model)).toMatchObject({ text })
  })

  it('guarded is opened by the key alone', async () => {
    await using server = await createVllmServer({ apiKey: 'sesame' })
    server.script({ text })
    await using stranger = aChatModel(server.url)
    expect(await hear(stranger)).toMatchObject({ error: expect.any(RefusedError) })
    await expect(stranger.refresh(never)).rejects.toThrow(/VLLM_API_KEY/)
    await using friend = aChatModel(server.url, { apiKey: 'sesame' })
    expect(await hear(friend)).toMatchObject({ text })
  })

  it('lets an answer that nobody wants go', async () => {
    await using server = await createVllmServer()
    await using model = aChatModel(server.url)
    server.script({ text: 'word '.repeat(500), itlMs: 5 })
    for await (const _ of model.stream(aRequest(), never)) break
    await server.until(() => server.calls[0]?.outcome === 'aborted')
    expect(server.running).toBe(0)
  })

  it('tells its context length', async () => {
    await using server = await createVllmServer({ maxModelLen: 2_345 })
    await using model = aChatModel(server.url)
    await model.refresh(never)
    expect(model.contextLength()).toBe(2_345)
  })
})
