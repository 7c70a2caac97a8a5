import { describe, expect, it } from 'vitest'
import { blocksOf, contentOf, fallbackOf } from '#adapters/slack/content.ts'

describe('a notification', () => {
  it.each([
    ['the words of a short text', 'Hello to you', 'Hello to you'],
    ['one line', 'Hello\n\nto  you', 'Hello to you'],
    ['no call', '<!channel> & <@U1>', '&lt;!channel&gt; &amp; &lt;@U1&gt;'],
  ])('is %s', (_, text, words) => {
    expect(fallbackOf(text)).toBe(words)
  })

  it.each(['word '.repeat(100), '<'.repeat(500), '👍'.repeat(200), '&<>'.repeat(80)])('is short: %s', text => {
    const words = fallbackOf(text)
    expect(words.length).toBeLessThanOrEqual(150)
    expect(words).toMatch(/…$/)
    expect(words.isWellFormed()).toBe(true)
    expect(words.replace(/&(?:amp|lt|gt);/g, '')).not.toMatch(/[<>&]/)
  })
})

describe('the blocks of a message', () => {
  it('are the words, a note told apart from them, and under an end what it was worth', () => {
    const types = (phase: 'interim' | 'freeze' | 'final', note?: string) =>
      blocksOf('Hello', { phase, ...(note !== undefined && { note }) }).map(({ type }) => type)
    expect(types('interim')).toEqual(['markdown'])
    expect(types('freeze')).toEqual(['markdown'])
    expect(types('final')).toEqual(['markdown', 'context_actions'])
    expect(types('final', 'It broke off.')).toEqual(['markdown', 'context', 'context_actions'])
  })

  it('close a fence that is open', () => {
    expect(contentOf('```ts\nconst a = 1', undefined)).toBe('```ts\nconst a = 1\n```')
  })
})
