import { describe, expect, it } from 'vitest'
import { observerAnswer } from '#playground/vllm-server/voice/observer-answer.ts'
import { readStandingLines } from '#playground/vllm-server/voice/standing-lines.ts'
import { answerSchema, readAnswer } from '#src/observer/claims/observer-answer.ts'
import { observerPrompt } from '#src/observer/claims/observer-prompt.ts'
import { phraseOf } from '#src/observer/phrases.ts'

const { schema } = answerSchema('whole')

function observed(...texts: readonly string[]) {
  const exchanges = texts.map(text => ({ said: [{ text }], reply: { text: 'I like short answers. Call me Otto.' } }))
  const answer = readAnswer(JSON.stringify(observerAnswer(schema, observerPrompt(exchanges))), 'whole')
  return answer?.claims.map(({ slot, value, quote }) => [slot, value, quote])
}

describe('the stand-in as an observer', () => {
  it('tells of every exchange what its asker said of themself, and nothing of the reply or the instructions', () => {
    expect(observed('How are the tides?')).toEqual([])
    expect(observed('Please call me Mo. And keep it short!', 'I live in Bergen.\nWhy?')).toEqual([
      ['call_me', 'Mo', 'Please call me Mo.'],
      ['reply_length', 'short', 'And keep it short!'],
      ['location', 'Bergen', 'I live in Bergen.'],
    ])
  })

  it('leaves other schemas alone', () => {
    expect(observerAnswer({ type: 'object', properties: { city: { type: 'string' } } }, [])).toBeUndefined()
  })

  it.each([
    ['reply_length', 'short', { length: 'short' }],
    ['reply_length', 'long', { length: 'long' }],
    ['reply_format', 'bullets', { shape: 'bullets' }],
    ['reply_format', 'prose', { shape: 'prose' }],
    ['language', 'de', { language: 'de' }],
    ['call_me', 'Mo', { name: 'Mo' }],
  ] as const)('obeys the line that a brief has for %s %s', (slot, value, standing) => {
    expect(readStandingLines(phraseOf({ slot, value, polarity: 1 }) ?? '')).toEqual(standing)
  })

  it('writes no bullets for whom they are not for', () => {
    const line = phraseOf({ slot: 'reply_format', value: 'bullets', polarity: -1 })
    expect(readStandingLines(line ?? '')).toEqual({ shape: 'prose' })
  })
})
