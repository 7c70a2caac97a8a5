import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ContextOverflowError, isAeriesError, RefusedError, UnavailableError } from '#src/core/errors.ts'
import { Answer, type AnswerKind, type Outcome } from '#src/vllm/answer.ts'
import { BlankRun } from '#src/vllm/blank-run.ts'
import { faultError } from '#src/vllm/faults.ts'
import type { BodyForm } from '#src/vllm/record-reader.ts'
import { readFault, readModels, readRecord, readTemplateOpensThinking } from '#src/vllm/wire.ts'
import { delta, done, finish, role, sse, usage } from './raw-server.ts'

type Told = Readonly<{ text: string; outcome: Outcome | undefined }>

function read(pieces: Iterable<Uint8Array>, form: BodyForm = 'stream', kind: AnswerKind = {}): Told {
  const answer = new Answer({ server: 'http://gpu:8000', model: 'm', form, opensThinking: false, kind })
  let text = ''
  for (const piece of pieces) {
    answer.feed(Buffer.from(piece))
    text += answer.takeText()
  }
  answer.close()
  return { text: text + answer.takeText(), outcome: answer.outcome }
}

/** Cuts bytes at these places. */
function cut(bytes: Buffer, places: readonly number[]): readonly Buffer[] {
  const at = [0, ...places.map(place => place % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length]
  return at.slice(1).map((end, n) => bytes.subarray(at[n], end))
}

/** Each answer comes to an outcome that the engine knows, whatever came. */
function expectKnown({ outcome }: Told): void {
  if (outcome?.type === 'end') return
  expect(outcome?.type).toBe('failed')
  const error = outcome?.type === 'failed' ? outcome.error : undefined
  const kinds = [UnavailableError, RefusedError, ContextOverflowError]
  expect(kinds.some(kind => error instanceof kind)).toBe(true)
}

const folder = new URL('../fixtures/wire/', import.meta.url)
/** Streams that a real vLLM sent. */
const streams = readdirSync(folder).flatMap(name => {
  const [head, ...chunks] = readFileSync(new URL(name, folder), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  const isStream = String(head.headers['content-type']).startsWith('text/event-stream')
  const body = chunks.map(({ body: part }) => part).join('')
  return isStream && body.length < 20_000 ? [Buffer.from(body)] : []
})
const anyStream = fc.constantFrom(...streams)
const places = fc.array(fc.nat(1_000_000), { maxLength: 12 })
const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })

describe('the bytes of an answer', () => {
  it('say word for word what their records say, of whatever signs the words are', () => {
    const token = fc.oneof(
      words,
      fc.constantFrom('"', '\\', '\n', '\\n', '", "', 'content', 'choices', ' ', ',', '{', '\u0001'),
    )
    fc.assert(
      fc.property(fc.array(token, { minLength: 1, maxLength: 12 }), places, (tokens, at) => {
        const said = ['Well, ', ...tokens, '.']
        const bytes = Buffer.from([role, ...said.map(word => delta(word)), finish(), usage, done].map(sse).join(''))
        const whole = { type: 'end', reason: 'stop', usage: expect.anything() }
        expect(read(cut(bytes, at))).toEqual({ text: said.join(''), outcome: whole })
      }),
    )
  })

  it('say the same wherever they are cut', () => {
    expect(streams.length).toBeGreaterThan(10)
    fc.assert(
      fc.property(anyStream, places, (bytes, at) => {
        expect(read(cut(bytes, at))).toEqual(read([bytes]))
      }),
      { numRuns: 300 },
    )
  })

  it('say the words of their records, cut at every place there is', () => {
    const said = ['Tea 🫖', ' für', ' 美羽 👩‍👩‍👧', '\r\n', ' a<b>c </i>']
    const bytes = Buffer.from([role, ...said.map(part => delta(part)), finish(), usage, done].map(sse).join(''))
    for (let at = 0; at <= bytes.length; at++) {
      const told = read([bytes.subarray(0, at), bytes.subarray(at)])
      expect(told).toMatchObject({ text: said.join(''), outcome: { type: 'end', reason: 'stop' } })
    }
  })

  it('say a character whole whose bytes come apart, with nothing between them', () => {
    const bytes = Buffer.from([role, delta('Tea 🫖'), finish(), usage, done].map(sse).join(''))
    const at = bytes.indexOf(0xf0) + 2
    const told = read([bytes.subarray(0, at), Buffer.alloc(0), bytes.subarray(at)])
    expect(told).toMatchObject({ text: 'Tea 🫖', outcome: { type: 'end' } })
  })

  it('say any words whole, in any framing', () => {
    const framing = fc.constantFrom('\n', '\r\n', '\r')
    fc.assert(
      fc.property(fc.array(words, { minLength: 1 }), framing, places, (parts, end, at) => {
        // What the filter leaves out on purpose is another test's.
        fc.pre(!/[<\uFFFD]/.test(parts.join('')) && /\w/.test(parts[0] ?? ''))
        const records = [role, ...parts.map(part => delta(part)), finish(), usage, done]
        const bytes = Buffer.from(records.map(sse).join('').replaceAll('\n', end))
        expect(read(cut(bytes, at))).toMatchObject({ text: parts.join(''), outcome: { type: 'end' } })
      }),
      { numRuns: 300 },
    )
  })

  it('cut off anywhere give no word that was not said, and no success without a finish', () => {
    fc.assert(
      fc.property(anyStream, fc.nat(1_000_000), (bytes, place) => {
        const whole = read([bytes])
        const end = place % bytes.length
        const told = read([bytes.subarray(0, end)])
        expectKnown(told)
        expect(whole.text.startsWith(told.text)).toBe(true)
        const isFinished = /"finish_reason":"/.test(bytes.subarray(0, end).toString())
        if (told.outcome?.type === 'end') expect(isFinished).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('that flip, vanish or come twice never throw', () => {
    const spoil = fc.record({
      at: fc.nat(1_000_000),
      length: fc.nat(40),
      how: fc.constantFrom('flip', 'drop', 'twice'),
    })
    fc.assert(
      fc.property(anyStream, fc.array(spoil, { minLength: 1, maxLength: 6 }), places, (bytes, spoils, at) => {
        let spoilt = Buffer.from(bytes)
        for (const { at: place, length, how } of spoils) {
          const from = place % (spoilt.length + 1)
          const [before, part, after] = [
            spoilt.subarray(0, from),
            spoilt.subarray(from, from + length),
            spoilt.subarray(from + length),
          ]
          if (how === 'drop') spoilt = Buffer.concat([before, after])
          else if (how === 'twice') spoilt = Buffer.concat([before, part, part, after])
          else spoilt = Buffer.concat([before, Buffer.from(part.map(byte => byte ^ 0x20)), after])
        }
        expectKnown(read(cut(spoilt, at)))
      }),
      { numRuns: 500 },
    )
  })

  it('of anything at all never throw, whatever is expected of them', () => {
    const kind = fc.record({ begun: fc.option(fc.string(), { nil: undefined }), json: fc.boolean() })
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        kind,
        fc.constantFrom<BodyForm>('stream', 'whole'),
        (bytes, wanted, form) => {
          expectKnown(read([bytes], form, wanted))
        },
      ),
      { numRuns: 500 },
    )
  })
})

/** A record with one of its values changed into something else, at any depth. */
function mutated(value: unknown, path: readonly number[], put: unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined || typeof value !== 'object' || value === null) return put
  if (Array.isArray(value)) {
    return value.length === 0
      ? put
      : value.map((item, n) => (n === step % value.length ? mutated(item, rest, put) : item))
  }
  const entries = Object.entries(value)
  if (entries.length === 0) return put
  return Object.fromEntries(
    entries.flatMap(([key, item], n) => {
      if (n !== step % entries.length) return [[key, item]]
      const next = mutated(item, rest, put)
      return next === undefined ? [] : [[key, next]]
    }),
  )
}

const anything = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom<unknown>(null, '', 0, -1, 1e308, true, [], {}, [null], [[]], 'stop', '[DONE]'),
  fc.jsonValue({ maxDepth: 2 }),
)
const samples = [
  role,
  delta('Tea'),
  finish('stop', ' it is.'),
  usage,
  { error: { message: 'no', type: 'BadRequestError', param: null, code: 400 } },
  { object: 'error', message: "This model's maximum context length is 4096 tokens.", code: 400 },
  { data: [{ id: 'm', max_model_len: 4_096 }] },
  { token_strs: ['<think>', 'Ċ'] },
]

describe('the JSON of the wire', () => {
  it('with any value changed is read as far as it goes, and never throws', () => {
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.array(fc.nat(9), { maxLength: 5 }), anything, (sample, path, put) => {
        const body = JSON.stringify(mutated(sample, path, put)) ?? ''
        for (const event of readRecord(body) ?? [])
          expect(event.type).toMatch(/^(role|text|reasoning|finish|usage|error|done)$/)
        const fault = readFault(body)
        expect(typeof fault.message).toBe('string')
        for (const status of [200, 400, 404, 503]) expect(isAeriesError(faultError('s', 'm', status, fault))).toBe(true)
        for (const { contextLength } of readModels(body) ?? []) expect(contextLength ?? 0).not.toBeNaN()
        readTemplateOpensThinking(body)
      }),
      { numRuns: 2_000 },
    )
  })

  it('with any value changed in the middle of an answer spoils no word of the others', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { maxLength: 5 }), anything, (path, put) => {
        const changed = mutated(delta('?'), path, put)
        const records = [role, delta('Tea'), changed ?? '', delta(' it is.'), finish(), usage, done]
        const told = read([Buffer.from(records.map(record => sse(record as object)).join(''))])
        expectKnown(told)
        expect(told.text.startsWith('Tea')).toBe(true)
        if (told.outcome?.type === 'end' && !JSON.stringify(changed ?? '').includes('finish_reason":"'))
          expect(told.text.endsWith(' it is.')).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })

  it('lost in blanks is told wherever it is cut, and JSON that has blanks is not', () => {
    const value = fc.json({ maxDepth: 3 })
    fc.assert(
      fc.property(value, fc.nat(4), places, (json, indent, at) => {
        const shown = JSON.stringify(JSON.parse(json), undefined, indent)
        const run = new BlankRun(true)
        expect(cut(Buffer.from(shown), at).some(piece => run.push(piece.toString('latin1')))).toBe(false)
        const lost = new BlankRun(true)
        expect(cut(Buffer.from(`{${' \n'.repeat(30)}`), at).some(piece => lost.push(piece.toString()))).toBe(true)
      }),
    )
  })
})
