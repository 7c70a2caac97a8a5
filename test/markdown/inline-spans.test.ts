import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inlineSpans } from '#src/markdown/inline-spans.ts'

const bits = 'www. WWW. ww. http:// https:/ ://x mailto: xmpp: me@ @ a x.org / : . é & \\ ( ) ! #'.split(' ')

describe('inlineSpans', () => {
  it('finds every address, also where it parses nothing for want of a sign', () => {
    const texts = fc.array(fc.constantFrom(...bits, ' ', '\n'), { maxLength: 12 }).map(parts => `${parts.join('')} so`)
    fc.assert(
      fc.property(texts, text => {
        // A backtick makes it parse whatever stands before.
        const parsed = inlineSpans(`${text} \``).filter(({ end }) => end <= text.length)
        expect(inlineSpans(text)).toEqual(parsed)
      }),
      { numRuns: 2_000 },
    )
  })

  it('finds addresses of both kinds', () => {
    const text = 'see WWW.x.org or me@x.org'
    expect(inlineSpans(text).map(({ start, end }) => text.slice(start, end))).toEqual(['WWW.x.org', 'me@x.org'])
  })
})
