import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ModelEvent } from '#src/core/model.ts'
import { Answer } from '#src/vllm/answer.ts'
import { AnswerWatch } from '#src/vllm/answer-watch.ts'
import { Exchange } from '#src/vllm/exchange.ts'
import { IncomingAnswer } from '#src/vllm/incoming-answer.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { never } from './chat-client.ts'
import { delta, finish, role, sse, usage } from './raw-server.ts'

function anIncomingAnswer({ isTaken = true, isRead = true } = {}) {
  const clock = new ManualClock()
  const limits = { firstContentMs: 30_000, idleMs: 15_000, totalMs: 120_000 }
  const watch = new AnswerWatch('http://gpu:8000', clock, limits, never)
  const answer = new Answer({ server: 'http://gpu:8000', model: 'm', form: 'stream', opensThinking: false })
  const body = new Exchange()
  let cut = false
  const abort = () => {
    cut = true
  }
  body.onRequestStart({ abort, aborted: false, paused: false, reason: null, pause() {}, resume() {} })
  body.onResponseStart(undefined, 200, {})
  const heard: ModelEvent[] = []
  // Who reads at once has each packet for itself.
  const read = (event: ModelEvent) => heard.push(event.type === 'text' ? { type: 'text', text: event.text } : event)
  const incoming = new IncomingAnswer(answer, watch, clock, isRead ? read : event => heard.push(event))
  const bring = (...bytes: readonly string[]) => body.onResponseData(undefined, Buffer.from(bytes.join('')))
  const take = () => incoming.take(body)
  if (isTaken) void take()
  return { clock, watch, answer, body, incoming, heard, bring, take, isCut: () => cut }
}

describe('IncomingAnswer', () => {
  it.each([
    ['a role', sse(role)],
    ['a comment', ': ping\n\n'],
    ['a ping', 'event: ping\ndata: {}\n\n'],
    ['a record that is no JSON', 'data: x\n\n'],
    ['an empty delta', sse(delta(''))],
  ])('takes no sign of life from %s', async (_, bytes) => {
    const { clock, watch, bring } = anIncomingAnswer()
    await clock.advance(20_000)
    bring(bytes)
    await clock.advance(10_000)
    expect(watch.signal.reason).toMatchObject({ message: expect.stringMatching(/no word within 30 s/) })
  })

  it.each([
    ['a word', sse(delta('Tea'))],
    ['a word of thinking', sse(delta(null, { delta: { reasoning: 'secret' } }))],
  ])('takes %s for a sign of life', async (_, bytes) => {
    const { clock, watch, bring } = anIncomingAnswer()
    await clock.advance(20_000)
    bring(bytes)
    await clock.advance(14_999)
    expect(watch.signal.aborted).toBe(false)
    await clock.advance(1)
    expect(watch.signal.reason).toMatchObject({ message: expect.stringMatching(/silent for 15 s/) })
  })

  it('tells what each packet brought, also those that came before anybody took them, and then how it came out', async () => {
    const { heard, bring, take } = anIncomingAnswer({ isTaken: false })
    bring(sse(role), sse(delta('Tea')), sse(delta(' it')))
    const outcome = take()
    expect(heard).toEqual([{ type: 'text', text: 'Tea it' }])
    bring(sse(delta(' is.')), sse(finish()), sse(usage))
    expect(heard.at(-1)).toEqual({ type: 'text', text: ' is.' })
    expect(await outcome).toMatchObject({ type: 'end', reason: 'stop' })
  })

  it('lets words that nobody reads grow, and tells of the next ones once they are read', () => {
    const { heard, bring } = anIncomingAnswer({ isRead: false })
    bring(sse(delta('Tea')))
    bring(sse(delta(' it')))
    expect(heard).toHaveLength(1)
    expect(heard[0]).toMatchObject({ type: 'text', text: 'Tea it' })
    bring(sse(delta(' is.')))
    expect(heard[0]).toMatchObject({ text: 'Tea it' })
    expect(heard[1]).toMatchObject({ type: 'text', text: ' is.' })
  })

  it('hears of the end, of faults and of signs of life although nobody reads its words', async () => {
    const { clock, watch, bring, incoming, body } = anIncomingAnswer({ isRead: false })
    bring(sse(delta('Tea')))
    await clock.advance(14_000)
    bring(sse(delta(' it')))
    await clock.advance(14_000)
    expect(watch.signal.aborted).toBe(false)
    const outcome = incoming.take(body)
    bring(sse({ error: { message: 'EngineCore', code: 500 } }))
    expect(await outcome).toMatchObject({ type: 'failed' })
  })

  it('keeps the words that nobody had read when it was given up', () => {
    const { heard, bring, incoming } = anIncomingAnswer({ isRead: false })
    bring(sse(delta('Tea')))
    bring(sse(delta(' it')))
    incoming[Symbol.dispose]()
    expect(heard.map(event => event.type === 'text' && event.text)).toEqual(['Tea it'])
  })

  it('says the same to who reads at once, now and then, or never before the end', () => {
    const said = [...'a "b" <think>c</think> \n\n```d```'.split(' '), '\\', 'é', '👩‍🚀', '    ']
    const anyWords = fc.array(fc.constantFrom(...said), { minLength: 1, maxLength: 30 })
    const anyEnd = fc.constantFrom([finish(), usage], [], [{ error: { message: 'EngineCore', code: 500 } }])
    fc.assert(
      fc.property(
        anyWords,
        anyEnd,
        fc.infiniteStream(fc.nat(400)),
        fc.infiniteStream(fc.boolean()),
        (words, end, cuts, reads) => {
          const bytes = Buffer.from([role, delta('Well '), ...words.map(word => delta(word)), ...end].map(sse).join(''))
          const told = (isDue: () => boolean) => {
            const { heard, body, answer } = anIncomingAnswer({ isRead: false })
            let text = ''
            const read = () => {
              for (const event of heard.splice(0)) if (event.type === 'text') text += event.text
            }
            for (let at = 0; at < bytes.length; ) {
              const next = at + (cuts.next().value ?? 1)
              body.onResponseData(undefined, bytes.subarray(at, next))
              at = next
              if (isDue()) read()
            }
            body.onResponseEnd()
            read()
            return { text, outcome: answer.outcome }
          }
          const atOnce = told(() => true)
          expect(atOnce.text).toContain('Well')
          expect(told(() => reads.next().value ?? true)).toEqual(atOnce)
          expect(told(() => false)).toEqual(atOnce)
        },
      ),
    )
  })

  it('waits for the usage 50 ms, and takes it when it comes', async () => {
    for (const ms of [49, 50]) {
      const { clock, answer, bring } = anIncomingAnswer()
      bring(sse(delta('Tea')), sse(finish()))
      await clock.advance(ms)
      bring(sse(usage))
      expect(answer.outcome).toMatchObject({ type: 'end', usage: ms === 49 ? { promptTokens: 5 } : undefined })
    }
  })

  it('closes an unfinished body, and lets a finished one end by itself', async () => {
    const cut = anIncomingAnswer()
    cut.bring(sse(delta('Tea')))
    cut.incoming[Symbol.dispose]()
    expect(cut.isCut()).toBe(true)

    const whole = anIncomingAnswer()
    whole.bring(sse(delta('Tea')), sse(finish()), sse(usage))
    whole.incoming[Symbol.dispose]()
    await whole.clock.advance(999)
    expect(whole.isCut()).toBe(false)
    await whole.clock.advance(1)
    expect(whole.isCut()).toBe(true)
  })

  it('survives whatever comes late', () => {
    const { answer, body, incoming, bring } = anIncomingAnswer()
    bring(sse(delta('Tea')), sse({ error: { message: 'EngineCore', code: 500 } }))
    expect(answer.outcome).toMatchObject({ type: 'failed' })
    incoming[Symbol.dispose]()
    body.onResponseError(undefined, new Error('late'))
    bring(sse(delta('Tea')))
    body.onResponseEnd()
    expect(answer.outcome).toMatchObject({ type: 'failed', error: { cause: { message: 'EngineCore' } } })
  })
})
