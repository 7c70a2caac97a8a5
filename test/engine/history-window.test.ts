import { describe, expect, it } from 'vitest'
import { leavingWindow, toQuestion } from '#src/engine/history-window.ts'

const [question, answer] = [{ role: 'person' }, { role: 'aeries' }] as const
const talk = (messages: number) => Array.from({ length: messages }, (_, i) => (i % 2 === 0 ? question : answer))

describe('leavingWindow', () => {
  it('lets a conversation grow to 20 messages and then restarts it at the 10 newest, with a question', () => {
    let window: readonly (typeof question | typeof answer)[] = []
    const sizes: number[] = []
    for (let turn = 0; turn < 25; turn++) {
      window = window.slice(leavingWindow(window, 1))
      expect(window[0] ?? question).toBe(question)
      sizes.push(window.length + 1)
      window = [...window, question, answer]
    }
    // Of ten one is the newest, and one an answer whose question would not be among them.
    expect(Math.max(...sizes)).toBe(19)
    expect(sizes.filter((size, i) => i > 0 && size < (sizes[i - 1] ?? 0))).toEqual([9, 9, 9])
  })

  it('counts what is asked', () => {
    expect(leavingWindow(talk(17), 3)).toBe(0)
    expect(leavingWindow(talk(17), 4)).toBe(12)
    expect(leavingWindow(talk(3), 30)).toBe(3)
  })
})

describe('toQuestion', () => {
  it('lets an answer leave with its question, and everything when no question stays', () => {
    expect(toQuestion([question, question, answer, question], 0)).toBe(0)
    expect(toQuestion([question, question, answer, question], 1)).toBe(1)
    expect(toQuestion([question, question, answer, question], 2)).toBe(3)
    expect(toQuestion([question, answer], 1)).toBe(2)
    expect(toQuestion([], 0)).toBe(0)
  })
})
