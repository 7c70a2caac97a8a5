import { describe, expect, it } from 'vitest'
import { answerOf } from '#bench/chaos/checker/answer-of.ts'
import { voice } from '#bench/chaos/voice.ts'

function said(content: string, ...more: readonly { role: string; content: string }[]) {
  return voice({ messages: [{ role: 'user', content }, ...more], continueFinalMessage: more.length > 0 }).text
}

describe('the voice of the chaos', () => {
  it('answers the newest of the questions, and none that is only quoted', () => {
    const context = '<context>\nQuoted from you:\n> About q00009: ...\n</context>'
    expect(said(`what about q00001?\nand q00002?\n\n${context}`)).toBe(answerOf('q00002'))
  })

  it('goes on from its own beginning, so that both are the whole', () => {
    const whole = answerOf('q00003')
    const begun = whole.slice(0, 50)
    expect(begun + said('q00003', { role: 'assistant', content: begun })).toBe(whole)
  })

  it('has another answer for another seed, and for a question that was edited', () => {
    const ask = (content: string, seed?: number) =>
      voice({ messages: [{ role: 'user', content }], continueFinalMessage: false, seed }).text
    expect(ask('q00003', 2)).toBe(answerOf('q00003', { take: 2 }))
    expect(ask('q00003 (q00003 was edited)', 1)).toBe(answerOf('q00003', { take: 1, isEdited: true }))
    const all = [0, 1, 2].flatMap(take => [true, false].map(isEdited => answerOf('q00003', { take, isEdited })))
    expect(new Set(all).size).toBe(6)
  })

  it('goes on from what it began with another seed, and before the question was edited', () => {
    const whole = answerOf('q00003', { take: 1 })
    const begun = whole.slice(0, 50)
    const messages = [
      { role: 'user', content: 'q00003 (q00003 was edited)' },
      { role: 'assistant', content: begun },
    ]
    expect(begun + voice({ messages, continueFinalMessage: true, seed: 3 }).text).toBe(whole)
  })

  it('shows when it is to go on from the words of another answer', () => {
    expect(said('q00003', { role: 'assistant', content: answerOf('q00004').slice(0, 50) })).toContain('other words')
  })

  it('says to each name something else, with nothing that a platform shows in another way', () => {
    const answers = Array.from({ length: 500 }, (_, i) => answerOf(`q${String(i).padStart(5, '0')}`))
    expect(new Set(answers).size).toBe(500)
    expect(answers.filter(text => /[*_`~|<>#@\\[\]]/.test(text))).toEqual([])
    expect(answers.some(text => text.length > 2_000)).toBe(true)
  })
})
