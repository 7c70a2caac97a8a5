import { describe, expect, it } from 'vitest'
import type { ModelEvent } from '#src/core/model.ts'
import { Answer } from '#src/vllm/answer.ts'
import { AnswerWatch } from '#src/vllm/answer-watch.ts'
import { Exchange } from '#src/vllm/exchange.ts'
import { IncomingAnswer } from '#src/vllm/incoming-answer.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { never } from './chat-client.ts'
import { delta, finish, role, sse, usage } from './raw-server.ts'

function anIncomingAnswer({ isTaken = true } = {}) {
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
  const incoming = new IncomingAnswer(answer, watch, clock, event => heard.push(event))
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
