import { createParser } from 'eventsource-parser'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Script } from '#playground/vllm-server/script.ts'
import { createVllmServer, type VllmServer } from '#playground/vllm-server/vllm-server.ts'
import { chat, chatBody, deltasOf, rawChat, recordsOf, textOf } from './wire.ts'

const text = 'Grüße 🫠 aus 北京, “so” long.'
const body = chatBody('q', { stream_options: { include_usage: true } })

let server: VllmServer
beforeEach(async () => {
  server = await createVllmServer()
})
afterEach(() => server.close())

async function told(script: Script): Promise<string> {
  server.script({ text, ...script })
  return (await chat(server.url, body)).text
}

/** What a reader of server-sent events makes of it. */
function read(sent: string): string {
  const events: string[] = []
  createParser({ onEvent: event => events.push(event.data) }).feed(sent)
  return textOf(
    events
      .filter(data => data !== '')
      .map(data => `data: ${data.replaceAll('\n', '')}\n\n`)
      .join(''),
  )
}

describe('framing', () => {
  it.each([
    ['lf', /^data: \{[^\r\n]*\}\n\ndata: /],
    ['crlf', /^data: \{[^\r\n]*\}\r\n\r\ndata: /],
    ['cr', /^data: \{[^\r\n]*\}\r\rdata: /],
    ['nospace', /^data:\{[^\r\n]*\}\n\ndata:/],
    ['multiline', /^data: \{\ndata: {2}"id": "[^\n]*",\ndata: {2}"object"/],
  ] as const)('is %s, and says the same', async (framing, looks) => {
    const sent = await told({ framing })
    expect(sent).toMatch(looks)
    // A lone CR at the very end leaves a reader waiting for an LF, so it is given one.
    expect(read(`${sent}\n`)).toBe(text)
  })

  it('begins with a byte order mark', async () => {
    server.script({ text, bom: true })
    const { bytes } = await rawChat(server.port, body)
    expect(bytes.includes(Buffer.from('\uFEFFdata: {"id"'))).toBe(true)
  })

  it('mixes in comments and empty pings while it waits', async () => {
    server.script({ tokens: ['a', 'b'], itlMs: 600_000, comments: 5 })
    const { body: sent } = await rawChat(server.port, body, { after: 'event: ping\ndata:\n\n', quietMs: 1 })
    expect(sent.toString()).toMatch(/: keep-alive\n\nevent: ping\ndata:\n\n/)
    expect(read(sent.toString())).toBe('a')
  })
})

describe('packets', () => {
  // Several writes may share a packet on a busy machine; one write can never be several.
  it.each([
    ['perByte', 400],
    [7, 60],
    ['midUtf8', 5],
  ] as const)('are cut: %s', async (splitBytes, least) => {
    server.script({ tokens: [text], splitBytes })
    const { packets, body: sent } = await rawChat(server.port, body)
    expect(packets.length).toBeGreaterThan(least)
    expect(textOf(sent.toString())).toBe(text)
  })

  it('end inside a character when they shall', async () => {
    server.script({ tokens: ['🫠🫠🫠'], splitBytes: 'midUtf8' })
    const { bytes } = await rawChat(server.port, body)
    expect(bytes.includes(Buffer.from([0xf0, 0x0d, 0x0a]))).toBe(true) // the first byte of 🫠, then a chunk's end
  })

  it('is one when a proxy holds everything back', async () => {
    server.script({ tokens: ['a', 'b', 'c'], itlMs: 15, coalesce: 'all' })
    const sent = await rawChat(server.port, body)
    const withRecords = sent.packets.filter(packet => packet.includes('data: '))
    expect(withRecords).toHaveLength(1)
  })

  it('come one by one at the pace of the card', async () => {
    server.script({ tokens: ['a', 'b', 'c'], itlMs: 25 })
    const { packets } = await rawChat(server.port, body)
    expect(packets.filter(packet => packet.includes('data: ')).length).toBeGreaterThanOrEqual(2)
  })
})

describe('oddities of a record', () => {
  it('has the role on every record, or on none', async () => {
    const every = deltasOf(await told({ role: 'every' }))
    expect(every.every(choice => choice.delta.role === 'assistant')).toBe(true)
    const none = deltasOf(await told({ role: 'none' }))
    expect(none.some(choice => choice.delta.role)).toBe(false)
  })

  it('has an empty finish_reason, or none, before the last', async () => {
    const empty = deltasOf(await told({ interiorFinish: 'empty' })).slice(1, -1)
    expect(empty.every(choice => choice.finish_reason === '')).toBe(true)
    const absent = deltasOf(await told({ interiorFinish: 'absent' })).slice(1, -1)
    expect(absent.some(choice => 'finish_reason' in choice)).toBe(false)
  })

  it('changes its id in the middle', async () => {
    const records = recordsOf(await told({ changingIds: true })).filter(record => typeof record === 'object')
    expect(new Set(records.map(record => record['id'])).size).toBeGreaterThan(3)
  })

  it('carries text and finish_reason together', async () => {
    const last = deltasOf(await told({ tokens: ['a', 'b'], finishCarriesText: true })).at(-1)
    expect([last?.delta.content, last?.finish_reason]).toEqual(['b', 'stop'])
  })

  it.each(['abort', 'repetition', 'length'] as const)('finishes by %s', async finish => {
    const last = deltasOf(await told({ finish })).at(-1)
    expect([last?.finish_reason, last?.stop_reason]).toEqual([
      finish,
      finish === 'repetition' ? 'repetition_detected' : null,
    ])
  })

  it('never finishes', async () => {
    const sent = await told({ finish: null })
    expect(textOf(sent)).toBe(text)
    expect(deltasOf(sent).some(choice => choice.finish_reason)).toBe(false)
    expect(recordsOf(sent).at(-1)).toBe('[DONE]')
  })

  it('has usage on every record, at the end only, or nowhere', async () => {
    const count = async (usage: boolean | 'continuous') =>
      recordsOf(await told({ tokens: ['a', 'b'], usage })).filter(
        record => typeof record === 'object' && record['usage'],
      ).length
    expect([await count('continuous'), await count(true), await count(false)]).toEqual([5, 1, 0])
  })

  it('brings several tokens now and then, as speculative decoding does', async () => {
    const deltas = deltasOf(await told({ tokens: [...'abcdefghij'], burst: { every: 2, tokens: 3 } })).slice(1, -1)
    expect(deltas.map(choice => choice.delta.content)).toEqual(['a', 'b', 'cde', 'f', 'ghi', 'j'])
  })

  it('is empty in between', async () => {
    const deltas = deltasOf(await told({ tokens: ['a', 'b', 'c'], emptyDeltas: 2 })).slice(1, -1)
    expect(deltas.filter(choice => choice.delta.content === '')).toHaveLength(2)
  })
})

describe('thinking', () => {
  it('comes in the field', async () => {
    const deltas = deltasOf(await told({ tokens: ['x'], reasoning: 'well then' }))
    expect(deltas.map(choice => choice.delta.reasoning ?? '').join('')).toBe('well then')
  })

  it('comes in the field of old', async () => {
    const sent = await told({ tokens: ['x'], reasoning: 'well', reasoningField: 'reasoning_content' })
    expect(deltasOf(sent)[1]?.delta).toEqual({ reasoning_content: 'well' })
  })

  it('leaks into the text, in tags or with the closing tag only', async () => {
    expect(textOf(await told({ reasoning: 'well', leakThink: 'tags' }))).toBe(`<think>\nwell\n</think>\n\n${text}`)
    expect(textOf(await told({ reasoning: 'well', leakThink: 'bareClose' }))).toBe(`well\n</think>\n\n${text}`)
  })

  it('is all that comes', async () => {
    const deltas = deltasOf(await told({ text: '', reasoning: 'only this' }))
    expect(deltas.map(choice => choice.delta.content ?? '').join('')).toBe('')
  })
})
