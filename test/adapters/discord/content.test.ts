import { describe, expect, it } from 'vitest'
import { contentOf, contentWithNote, shareOfMessage } from '#adapters/discord/content.ts'

describe('contentOf', () => {
  it('closes open fences and keeps links from unfolding', () => {
    expect(contentOf('look: https://example.org/x\n```js\nlet a')).toBe(
      'look: <https://example.org/x>\n```js\nlet a\n```',
    )
  })

  it('cuts blank ends, as Discord does', () => {
    expect(contentOf('\n  hello \n\n')).toBe('hello')
  })
})

describe('contentWithNote', () => {
  it('shows the note as small print of one line', () => {
    expect(contentWithNote({ text: 'The answer', note: 'cut off\nin the middle' })).toBe(
      'The answer\n-# cut off in the middle',
    )
    expect(contentWithNote({ text: '  ', note: 'stopped' })).toBe('-# stopped')
    expect(contentWithNote({ text: 'The answer', note: ' ' })).toBe('The answer')
    expect(contentWithNote({ text: ' ' })).toBe('')
  })

  it('never lets the note push the text over the limit', () => {
    const note = 'n'.repeat(300)
    for (const length of [1_700, 1_899, 1_990, 1_994, 1_995, 2_000]) {
      const text = 'x'.repeat(length)
      const content = contentWithNote({ text, note })
      expect(content.length).toBeLessThanOrEqual(2_000)
      expect(content.startsWith(text)).toBe(true)
    }
    expect(contentWithNote({ text: 'x'.repeat(1_990), note })).toMatch(/x\n-# n{5}…$/)
  })
})

describe('shareOfMessage', () => {
  it('measures what is really sent, in UTF-16 units, with room for a note', () => {
    expect(shareOfMessage('x'.repeat(1_900))).toBe(1)
    expect(shareOfMessage('x'.repeat(1_901))).toBeGreaterThan(1)
    expect(shareOfMessage('🙂'.repeat(951))).toBeGreaterThan(1)
    expect(shareOfMessage(`${'x'.repeat(1_900)}   `)).toBe(1)
    expect(shareOfMessage('```\nx')).toBe(9 / 1_900)
    expect(shareOfMessage('https://a.test')).toBe(16 / 1_900)
  })
})
