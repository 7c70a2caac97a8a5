import { describe, expect, it } from 'vitest'
import { contentOf, contentWithNote, shareOfMessage } from '#adapters/discord/content.ts'

describe('contentOf', () => {
  it('closes open fences and keeps links from unfolding', () => {
    expect(contentOf('look: https://example.org/x\n```js\nlet a', 'interim')).toBe(
      'look: <https://example.org/x>\n```js\nlet a\n```',
    )
  })

  it('cuts blank ends, as Discord does', () => {
    expect(contentOf('\n  hello \n\n', 'first')).toBe('hello')
  })

  it('shows what a model wrote as long as it writes, and what Discord can show once it is over', () => {
    const text = '#### Done\n- [x] all'
    expect([contentOf(text, 'first'), contentOf(text, 'interim')]).toEqual([text, text])
    expect([contentOf(text, 'freeze'), contentOf(text, 'final')]).toEqual(['**Done**\n- ☑ all', '**Done**\n- ☑ all'])
  })

  it('stays with the words as written where a better form would be longer than a message', () => {
    const table = `| ${'name'.repeat(9)} | b |\n|---|---|\n${`| ${'x'.repeat(60)} | y |\n`.repeat(25)}`.trim()
    expect(shareOfMessage(table, 'final')).toBeGreaterThan(1)
    expect(contentOf(table, 'final')).toBe(table)
  })
})

describe('contentWithNote', () => {
  const phase = 'final'

  it('shows the note as small print of one line', () => {
    expect(contentWithNote({ text: 'The answer', note: 'cut off\nin the middle', phase })).toBe(
      'The answer\n-# cut off in the middle',
    )
    expect(contentWithNote({ text: '  ', note: 'stopped', phase })).toBe('-# stopped')
    expect(contentWithNote({ text: 'The answer', note: ' ', phase })).toBe('The answer')
    expect(contentWithNote({ text: ' ', phase })).toBe('')
  })

  it('never lets the note push the text over the limit', () => {
    const note = 'n'.repeat(300)
    for (const length of [1_700, 1_899, 1_990, 1_994, 1_995, 2_000]) {
      const text = 'x'.repeat(length)
      const content = contentWithNote({ text, note, phase })
      expect(content.length).toBeLessThanOrEqual(2_000)
      expect(content.startsWith(text)).toBe(true)
    }
    expect(contentWithNote({ text: 'x'.repeat(1_990), note, phase })).toMatch(/x\n-# n{5}…$/)
  })
})

describe('shareOfMessage', () => {
  it('measures what is really sent, in UTF-16 units, with room for a note', () => {
    expect(shareOfMessage('x'.repeat(1_900), 'interim')).toBe(1)
    expect(shareOfMessage('x'.repeat(1_901), 'interim')).toBeGreaterThan(1)
    expect(shareOfMessage('🙂'.repeat(951), 'interim')).toBeGreaterThan(1)
    expect(shareOfMessage(`${'x'.repeat(1_900)}   `, 'interim')).toBe(1)
    expect(shareOfMessage(`\`\`\`\n${'x'.repeat(500)}`, 'interim')).toBe(508 / 1_900)
    expect(shareOfMessage(`https://a.test/${'x'.repeat(500)}`, 'interim')).toBe(517 / 1_900)
  })

  it('measures a tall message by its lines', () => {
    expect(shareOfMessage('x\n'.repeat(40), 'interim')).toBe(1)
    expect(shareOfMessage('x\n'.repeat(41), 'interim')).toBeGreaterThan(1)
    expect(shareOfMessage('', 'interim')).toBe(0)
  })

  it('takes the longer of both forms for what will be left in another one than it is read in', () => {
    const table = '| a | b |\n|---|---|\n| wide | wide |'
    expect(shareOfMessage(table, 'freeze')).toBeGreaterThan(shareOfMessage(table, 'interim'))
    const links = '[https://a.io/x](https://a.io/x)'.repeat(9)
    expect(shareOfMessage(links, 'freeze')).toBe(shareOfMessage(links, 'interim'))
  })
})
