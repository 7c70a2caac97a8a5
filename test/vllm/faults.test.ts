import { describe, expect, it } from 'vitest'
import type { Script } from '#playground/vllm-server/script.ts'
import { createVllmServer, type VllmServer } from '#playground/vllm-server/vllm-server.ts'
import { RefusedError, UnavailableError } from '#src/core/errors.ts'
import { ModelGoneError } from '#src/vllm/faults.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { aChatModel, aRequest, eventsOf, hear, never, toldBy } from './chat-client.ts'
import { heardOf, nothing, text, whole } from './faulty-answer.ts'

/** What came of an answer that broke after a few words: they stand, and it failed with words like these. */
async function expectCut(script: Script, message: RegExp): Promise<void> {
  const heard = await heardOf(script)
  expect(heard).toMatchObject({ end: undefined, error: expect.any(UnavailableError) })
  expect(toldBy(heard.error)).toMatch(message)
  expect(heard.text.length).toBeGreaterThan(3)
  expect(text.startsWith(heard.text)).toBe(true)
}

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
    await using model = aChatModel(server.url, { clock })
    const answer = eventsOf(model.stream(aRequest(), never))
    let heard = ''
    // Time may pass only once the words are there.
    while (server.calls[0]?.tokensSent !== 6 || heard !== server.calls[0].text) {
      const { value } = await answer.next()
      if (value?.type === 'text') heard += value.text
    }
    const more = answer.next().catch((error: unknown) => error)
    await clock.advance(15_000)
    expect(toldBy(await more)).toMatch(/silent for 15 s/)
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
