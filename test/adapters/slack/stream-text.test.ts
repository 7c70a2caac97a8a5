import { describe, expect, it } from 'vitest'
import { addressesOf, settledStreamText, streamText } from '#adapters/slack/stream-text.ts'
import { closeOpenFences } from '#src/markdown/close-open-fences.ts'
import { nastyAnswer } from '#test/support/nasty-answer.ts'

const none: ReadonlySet<string> = new Set()

describe('addresses in a stream', () => {
  it.each([
    ['see https://a.example/x.', 'see `https://a.example/x`.'],
    ['[here](https://a.example/x)', '[here](`https://a.example/x`)'],
    ['<https://a.example/x> is it', '`https://a.example/x` is it'],
    ['at www.a.example, or', 'at `www.a.example`, or'],
    ['(https://a.example/w_(x))', '(`https://a.example/w_(x)`)'],
    ['in `https://a.example` code', 'in `https://a.example` code'],
    ['```\nhttps://a.example\n```', '```\nhttps://a.example\n```'],
    ['```\nhttps://a.example\n```\nhttps://b.example', '```\nhttps://a.example\n```\n`https://b.example`'],
    ['an open ` and https://a.example', 'an open ` and `https://a.example`'],
    ['`https://a.example', '` `https://a.example`'],
    ['https://a.example/?a=1&lt=2', '`https://a.example/?a=1&lt=2`'],
    ['no <!channel> there', 'no &lt;!channel> there'],
  ])('%s', (text, shown) => {
    expect(streamText(text, none)).toBe(shown)
  })

  it('stay links when the asker wrote them', () => {
    const allowed = addressesOf('what is on https://a.example/x, and why?')
    expect(streamText('https://a.example/x but https://b.example', allowed)).toBe(
      'https://a.example/x but `https://b.example`',
    )
    expect(streamText('<https://a.example/x>', allowed)).toBe('<https://a.example/x>')
  })
})

describe('what a stream can be given so far', () => {
  it.each([
    ['all of a plain text', 'Once upon a time', 'Once upon a time'],
    ['no blanks at the end', 'Once \n', 'Once'],
    ['not the beginning of an address', 'see http', 'see'],
    ['not an address that may go on', 'see https://a.exa', 'see'],
    ['an address that has ended', 'see https://a.example or', 'see `https://a.example` or'],
    ['no address of which a backtick may make code', '`x https://a.example or', '`x'],
    ['no bracket that may become a link', 'a <htt', 'a'],
    ['a bracket that is none', 'a < b', 'a &lt; b'],
    ['no escape by halves', 'a &l', 'a'],
    ['an ampersand that is one', 'a & b', 'a & b'],
    ['words without blanks between them', '世界和平', '世界和平'],
  ])('%s', (_, text, shown) => {
    expect(settledStreamText(text, none)).toBe(shown)
  })

  it('is never taken back, whatever comes', () => {
    const nasty = Array.from({ length: 300 }, (_, seed) => nastyAnswer(seed, { maxLength: 3_000 }))
    const answers = [...withAddresses, ...nasty]
    for (const answer of answers) {
      const whole = streamText(closeOpenFences(answer), none)
      let before = ''
      for (let end = 1; end <= answer.length; end += Math.ceil(answer.length / 300)) {
        const settled = settledStreamText(answer.slice(0, end), none)
        expect(settled.startsWith(before), `${before} ⊄ ${settled}`).toBe(true)
        expect(whole.startsWith(settled), `${settled} ⊄ ${whole}`).toBe(true)
        before = settled
      }
    }
  })
})

const withAddresses = [
  'Look at https://a.example/one(two), `code https://b.example` and <https://c.example>.\n\n[d](https://d.example) www.e.example',
  'An `open tick, then https://a.example\n\nnew paragraph https://b.example and ``two https://c.example`` ticks',
  '```js\nfetch("https://a.example")\n```\nthen https://b.example/?x=1&y=2 & <!channel> <@U1>',
  '`https://a.example/x`` and on`` it goes',
  'an odd `<https://c.example>`` and more',
  '```https://a.example/x` is no fence\n```',
  '> ```<https://c.example>` nor is this',
  '1. https://a.example\n2. **https://b.example**\n> https://c.example\n~~~\nhttps://d.example',
]
