import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Fault } from '#playground/vllm-server/script.ts'
import { createVllmServer, type VllmServer } from '#playground/vllm-server/vllm-server.ts'
import { chat, chatBody, deltasOf, rawChat, recordsOf, textOf } from './wire.ts'

const tokens = ['one', ' two', ' three', ' four', ' five', ' six']
const body = chatBody('q', { stream_options: { include_usage: true } })

let server: VllmServer
beforeEach(async () => {
  server = await createVllmServer()
})
afterEach(() => server.close())

function strike(fault: Fault): void {
  server.script({ tokens, fault })
}

describe('a socket that breaks', () => {
  it('ends with FIN in the middle of a record, after the tokens before it', async () => {
    strike({ kind: 'fin', at: 2 })
    const { bytes, body: sent, end } = await rawChat(server.port, body)
    expect(end).toBe('fin')
    expect(textOf(sent.toString())).toBe('one two')
    expect(bytes.toString()).toMatch(/4000\r\ndata: \{"id":"chatcmpl-$/)
    expect(server.calls[0]).toMatchObject({ outcome: 'broken', tokensSent: 2, text: 'one two' })
  })

  it('looks to a client like a connection closed from the other side', async () => {
    strike({ kind: 'fin', at: 2 })
    await expect(chat(server.url, body)).rejects.toThrow(/other side closed/)
  })

  it('is reset after the tokens before it were read', async () => {
    strike({ kind: 'rst', at: 3 })
    const { body: sent, end } = await rawChat(server.port, body)
    expect(end).toBe('reset')
    expect(textOf(sent.toString())).toBe('one two three')
    strike({ kind: 'rst', at: 3 })
    await expect(chat(server.url, body)).rejects.toMatchObject({ code: 'ECONNRESET' })
  })

  it.each(['fin', 'rst'] as const)('breaks before any header: %s', async kind => {
    strike({ kind, at: 'headers' })
    const { bytes, end } = await rawChat(server.port, body)
    expect([bytes.length, end]).toEqual([0, kind === 'fin' ? 'fin' : 'reset'])
  })

  it('ends without a trace of it when only the closing tells the end', async () => {
    server.script({ tokens, closeDelimited: true, fault: { kind: 'fin', at: 2 } })
    const answer = await chat(server.url, body)
    expect(answer.headers['transfer-encoding']).toBeUndefined()
    expect(answer.text).toMatch(/ two.*\n\ndata: \{"id":"chatcmpl-$/)
  })
})

describe('silence', () => {
  it('lasts until the client leaves', async () => {
    strike({ kind: 'stall', at: 1 })
    const { body: sent, end } = await rawChat(server.port, body, { after: '"content":"one"' })
    expect([textOf(sent.toString()), end]).toEqual(['one', 'open'])
    await server.until(() => server.calls[0]?.outcome === 'aborted')
    expect(server.calls[0]).toMatchObject({ tokensSent: 1 })
    expect(server.calls[0]?.abortedAt).toBeGreaterThan(server.calls[0]?.receivedAt ?? Number.POSITIVE_INFINITY)
  })

  it('comes before the first record, the headers out', async () => {
    strike({ kind: 'stall', at: 'first' })
    const { bytes, end } = await rawChat(server.port, body, { after: '\r\n\r\n' })
    expect(bytes.toString()).toMatch(/^HTTP\/1.1 200 OK\r\n[\s\S]*\r\n\r\n$/)
    expect(end).toBe('open')
  })

  it('comes before the headers', async () => {
    strike({ kind: 'stall', at: 'headers' })
    const { bytes, end } = await rawChat(server.port, body, { after: server.until(() => server.calls[0]) })
    expect([bytes.length, end]).toEqual([0, 'open'])
  })

  it('passes after a while, and the answer goes on', async () => {
    strike({ kind: 'stall', at: 2, forMs: 40 })
    const before = performance.now()
    expect(textOf((await chat(server.url, body)).text)).toBe(tokens.join(''))
    expect(performance.now() - before).toBeGreaterThanOrEqual(39)
  })

  it('passes when it is told that all is well, and the answer goes on', async () => {
    strike({ kind: 'hold', at: 2 })
    const answer = chat(server.url, body)
    await server.until(() => server.calls[0]?.tokensSent === 2)
    await server.setState({ health: 'ok' })
    expect(textOf((await answer).text)).toBe(tokens.join(''))
  })

  it('does not come at all when that was told before its time', async () => {
    server.script({ tokens, itlMs: 30, fault: { kind: 'hold', at: 2 } })
    const answer = chat(server.url, body)
    await server.until(() => server.calls[0])
    await server.setState({ health: 'ok' })
    expect(textOf((await answer).text)).toBe(tokens.join(''))
  })

  it('comes at a time instead of a token', async () => {
    server.script({ tokens, itlMs: [0, 0, 60_000], fault: { kind: 'errorRecord', at: { ms: 30 } } })
    const answer = await chat(server.url, body)
    expect(textOf(answer.text)).toBe('one two three')
    expect(recordsOf(answer.text).at(-2)).toHaveProperty('error')
  })
})

describe('records that should not be', () => {
  it('are an error and [DONE], with no usage, in the encoding of errors', async () => {
    strike({ kind: 'errorRecord', at: 2 })
    const { text } = await chat(server.url, body)
    expect(textOf(text)).toBe('one two')
    expect(text.split('\n\n').slice(-3)).toEqual([
      'data: {"error": {"message": "EngineCore encountered an issue. See stack trace (above) for the root cause.", "type": "InternalServerError", "param": null, "code": 500}}',
      'data: [DONE]',
      '',
    ])
  })

  it('are an error of the script’s own words, escaped', async () => {
    strike({ kind: 'errorNoDone', at: 1, error: { status: 400, type: 'BadRequestError', message: 'zu groß 🫠' } })
    const { text } = await chat(server.url, body)
    expect(text).toMatch(/data: \{"error": \{"message": "zu gro\\u00df \\ud83e\\udee0", .*"code": 400\}\}\n\n$/)
    expect(text).not.toContain('[DONE]')
  })

  it('are an HTTP error when the fault comes before the headers', async () => {
    strike({ kind: 'errorRecord', at: 'headers' })
    const answer = await chat(server.url, body)
    expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([500, 500])
  })

  it('are no JSON, and the answer goes on', async () => {
    strike({ kind: 'badJson', at: 2 })
    const { text } = await chat(server.url, body)
    expect(text).toContain('\n\ndata: : keep-alive\n\n')
    expect(textOf(text.replace('data: : keep-alive\n\n', ''))).toBe(tokens.join(''))
  })

  it('have no choices or no delta, and the answer goes on', async () => {
    strike({ kind: 'emptyChoices', at: 2 })
    const { text } = await chat(server.url, body)
    const odd = recordsOf(text).filter(record => typeof record === 'object' && !('usage' in record))
    const choices = odd.map(record => (typeof record === 'object' ? record['choices'] : record))
    expect(choices).toEqual(expect.arrayContaining([[], null, undefined, [{ index: 0, finish_reason: null }]]))
    expect(textOf(text)).toBe(tokens.join(''))
  })

  it('come twice from the fault on', async () => {
    strike({ kind: 'duplicateRecords', at: 4 })
    expect(textOf((await chat(server.url, body)).text)).toBe('one two three four five five six six')
  })
})

describe('an end that is none', () => {
  it('is clean, with neither finish_reason nor [DONE]', async () => {
    strike({ kind: 'eofClean', at: 3 })
    const { text, status } = await chat(server.url, body)
    expect([status, textOf(text), text.includes('[DONE]')]).toEqual([200, 'one two three', false])
    expect(deltasOf(text).every(choice => choice.finish_reason === null)).toBe(true)
  })

  it('is [DONE] without a finish_reason', async () => {
    strike({ kind: 'doneWithoutFinish', at: 3 })
    const { text } = await chat(server.url, body)
    expect(recordsOf(text).at(-1)).toBe('[DONE]')
    expect(deltasOf(text).some(choice => choice.finish_reason)).toBe(false)
  })
})

describe('a gateway', () => {
  it('answers with HTML and 502', async () => {
    strike({ kind: 'htmlBody', at: 'headers' })
    const answer = await chat(server.url, body)
    expect([answer.status, answer.headers['content-type']]).toEqual([502, 'text/html'])
    expect(answer.text).toContain('<h1>502 Bad Gateway</h1>')
  })

  it('breaks into a stream with HTML', async () => {
    strike({ kind: 'htmlBody', at: 2 })
    const answer = await chat(server.url, body)
    expect(answer.status).toBe(200)
    expect(answer.text).toMatch(/ two[\s\S]*<\/html>\r\n$/)
  })

  it('answers with one JSON body though a stream was asked for', async () => {
    strike({ kind: 'plainJson200', at: 'headers' })
    const answer = await chat(server.url, body)
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/json'])
    expect(JSON.parse(answer.text).choices[0].message.content).toBe(tokens.join(''))
  })

  it('answers with any status, body and headers', async () => {
    server.script({ http: { status: 429, body: { error: 'slow down' }, retryAfter: 3, headers: { 'x-gate': 'a' } } })
    const answer = await chat(server.url, body)
    expect([answer.status, answer.text]).toEqual([429, '{"error":"slow down"}'])
    expect(answer.headers).toMatchObject({ 'retry-after': '3', 'x-gate': 'a', 'content-type': 'application/json' })
  })

  it('answers with nothing at all', async () => {
    server.script({ http: { status: 503, contentType: '' } })
    expect(await chat(server.url, body)).toMatchObject({ status: 503, text: '' })
  })
})

it('strikes an answer that is not streamed before anything is said', async () => {
  strike({ kind: 'rst', at: 3 })
  await expect(chat(server.url, chatBody('q', { stream: false }))).rejects.toMatchObject({ code: 'ECONNRESET' })
})
