import { describe, expect, it } from 'vitest'
import { unreadOf } from '#adapters/discord/unread.ts'
import { workMs } from '#test/support/work-ms.ts'
import { aMessage } from './a-message.ts'

const links = (content: string) => unreadOf(aMessage({ content }))

describe('the links of a message', () => {
  it.each([
    ['see https://a.test/b.', 'the link https://a.test/b'],
    ['(https://a.test/?b=c)...', 'the link https://a.test/?b=c'],
    ['**<https://a.test>**', 'the link https://a.test'],
    ["'https://a.test/b.c'", 'the link https://a.test/b.c'],
  ])('are told without the end of the sentence: %s', (content, told) => {
    expect(links(content)).toEqual([told])
  })

  // A linear reading takes a few milliseconds, one by the square of the length many seconds.
  it.each([
    `https://a${'.'.repeat(100_000)}x`,
    `https://a${'.x'.repeat(50_000)}`,
    'https://'.repeat(12_500),
    'http'.repeat(25_000),
    'https://a. '.repeat(9_000),
  ])('are found fast in a hostile message (%#)', async content => {
    expect(await workMs(() => expect(links(content).length).toBeLessThanOrEqual(1))).toBeLessThan(500)
  })
})
