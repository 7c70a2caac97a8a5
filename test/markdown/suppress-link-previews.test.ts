import { parse, postprocess, preprocess } from 'micromark'
import { gfm } from 'micromark-extension-gfm'
import { describe, expect, it } from 'vitest'
import { sameText } from '#bench/delivered/same-text.ts'
import { suppressLinkPreviews } from '#src/markdown/suppress-link-previews.ts'
import { nastyAnswer } from '#test/support/nasty-answer.ts'

describe('suppressLinkPreviews', () => {
  it.each([
    ['see https://a.io/b?c=d for more', 'see <https://a.io/b?c=d> for more'],
    ['HTTP://A.IO', '<HTTP://A.IO>'],
    ['(https://a.io/b).', '(<https://a.io/b>).'],
    ['https://a.io/b_(c), and', '<https://a.io/b_(c)>, and'],
    ['**https://a.io**', '**<https://a.io>**'],
    ['||https://a.io||', '||<https://a.io>||'],
    ['[a](https://a.io)', '[a](<https://a.io>)'],
    ['[a](https://a.io/.) b', '[a](<https://a.io/.>) b'],
    ['[a](https://a.io "t") b', '[a](<https://a.io> "t") b'],
    ['[a](https://a.io)[b](https://b.io)', '[a](<https://a.io>)[b](<https://b.io>)'],
    ['![a](https://a.io/p.png)', '![a](<https://a.io/p.png>)'],
    ['[r]: https://a.io', '[r]: <https://a.io>'],
    ['xhttps://a.io', 'x<https://a.io>'],
    ['an open ` and https://a.io', 'an open ` and <https://a.io>'],
    ['- `a\n- https://a.io `b', '- `a\n- <https://a.io> `b'],
    ['\\`https://a.io\\`', '\\`<https://a.io>\\`'],
    ['\\https://a.io', '\\<<https://a.io>'],
    ['\\<https://a.io>', '\\<<https://a.io>>'],
    ['<https://a.io', '<<https://a.io>'],
    ['https://a', '<https://a>'],
  ])('wraps %j', (text, shown) => {
    expect(suppressLinkPreviews(text)).toBe(shown)
  })

  it.each([
    '<https://a.io>',
    '[a](<https://a.io>)',
    '`https://a.io`',
    '``a ` https://a.io``',
    '`two\nlines https://a.io`',
    '```\nhttps://a.io\n```',
    '> ```\n> https://a.io\n> ```',
    '```\nhttps://a.io',
    'https://',
    'no address: //',
  ])('leaves %j', text => {
    expect(suppressLinkPreviews(text)).toBe(text)
  })

  it('adds brackets and nothing else, and nothing the second time, whatever the answer', () => {
    for (let seed = 0; seed < 2_000; seed += 1) {
      const text = `${nastyAnswer(seed, { maxLength: 4_000 })} https://a.io/${seed}`
      const shown = suppressLinkPreviews(text)
      expect(suppressLinkPreviews(shown)).toBe(shown)
      expect(sameText(text, [shown])).toEqual({ same: true })
    }
  })

  it('leaves no address that a parser of its own would link', () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const text = nastyAnswer(seed, { maxLength: 2_000 }).replaceAll(/```|~~~/g, '')
      expect(bareAddresses(suppressLinkPreviews(text))).toEqual([])
    }
  })

  it('wraps an address at every step of its growth', () => {
    const text = 'See https://a.io/b.html and [c](https://c.io/d) now'
    for (let end = 'See https://a'.length; end <= text.length; end += 1) {
      const shown = suppressLinkPreviews(text.slice(0, end))
      expect(shown).toMatch(/^See <https:\/\/a[^ >]*>/)
      expect(shown.replaceAll(/[<>]/g, '')).toBe(text.slice(0, end))
    }
  })
})

const linked = new Set<string>(['literalAutolinkHttp', 'resourceDestinationRaw'])

/** The web addresses that a reader of this markdown could click without a bracket before them. */
function bareAddresses(text: string): readonly string[] {
  const events = postprocess(
    parse({ extensions: [gfm()] })
      .document()
      .write(preprocess()(text, undefined, true)),
  )
  return events
    .filter(([kind, { type }]) => kind === 'enter' && linked.has(type))
    .map(([, token]) => text.slice(token.start.offset, token.end.offset))
    .filter(address => /^https?:/i.test(address))
}
