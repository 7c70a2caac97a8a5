import { describe, expect, it } from 'vitest'
import { mannerOf } from '#src/observer/claims/manner.ts'

describe('mannerOf', () => {
  it.each([
    ['Dear Aeries, could you please check this? Kind regards', { formality: 'formal', isLowercase: false }],
    ['hey can u check that pls, thx', { formality: 'casual', isLowercase: true }],
    ['Tea is ready.', { formality: undefined, hasCode: false, jargonRate: 0, emojiRate: 0 }],
    ['Run `npm ci` first', { hasCode: true }],
    ['```\nlet a = 1\n```\nwhy?', { hasCode: true, words: 1 }],
    ['Tea 🫖 🫖', { words: 1, emojiRate: 2 }],
  ])('reads %s', (text, manner) => {
    expect(mannerOf(text)).toMatchObject(manner)
  })

  it('finds the words of a trade', () => {
    expect(mannerOf('The API of userStore.ts broke in v1.2 with --force').jargonRate).toBeGreaterThan(0.3)
    expect(mannerOf('The kitchen of my aunt is as warm as always').jargonRate).toBe(0)
  })

  it('reads only their own words', () => {
    expect(mannerOf('> Dear Sir, kind regards\nok').formality).toBeUndefined()
  })
})
