import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sameText } from '#bench/delivered/same-text.ts'
import { growParts, noParts } from '#src/markdown/grow-parts.ts'
import type { Measure } from '#src/markdown/split-part.ts'
import { nastyAnswer, seededRandom } from '#test/support/nasty-answer.ts'
import { allOf, faultInAnswers, grown, likeDiscord, openFenceIn } from './delivery.ts'

const discord = likeDiscord(2_000)

describe('growParts', () => {
  it('delivers 10,000 random answers whole, in messages that fit and close, as Discord takes them', {
    timeout: 240_000,
  }, () => {
    expect(faultInAnswers(10_000, discord)).toBeUndefined()
  })

  it('cuts at the same places however the text is dealt into deltas', () => {
    const answers = fc.nat(5_000).map(seed => nastyAnswer(seed))
    fc.assert(
      fc.property(answers, fc.nat(), fc.integer({ min: 1, max: 3_000 }), (text, seed, most) => {
        const piecewise = grown(text, discord.measure, seededRandom(seed), most)
        const atOnce = growParts(growParts(noParts, text, discord.measure), '', discord.measure)
        expect(allOf(piecewise)).toEqual(allOf(atOnce))
      }),
      { numRuns: 300, seed: 1 },
    )
  })

  it('only grows, fits and closes at every single character of a nasty answer', () => {
    const { measure, render } = likeDiscord(400)
    let before = noParts
    for (const character of everythingNasty) {
      const parts = growParts(before, character, measure)
      const shown = render(parts.live)
      expect(measure(parts.live)).toBeLessThanOrEqual(1)
      expect(openFenceIn(shown)).toBeUndefined()
      expect(parts.frozen.slice(0, before.frozen.length)).toEqual(before.frozen)
      if (parts.frozen.length === before.frozen.length) expect(parts.live).toBe(before.live + character)
      before = parts
    }
    expect(sameText(everythingNasty, allOf(before).map(render))).toEqual({ same: true })
  })

  it('measures a part some dozen times, not at every token', () => {
    let measured = 0
    const counting: Measure = part => {
      if (part.length > 100) measured += 1
      return discord.measure(part)
    }
    const parts = grown('word '.repeat(4_000), counting, seededRandom(1), 8)
    expect(parts.frozen.length).toBe(9)
    expect(measured).toBeLessThan(100 * parts.frozen.length)
  })

  it('notices when lines fill a message sooner than letters do, in steps and in one', () => {
    const byLines: Measure = part => Math.max(part.length / 2_000, part.split('\n').length / 20)
    const text = 'a\n\nb\n- c\n'.repeat(100)
    for (const most of [1, 2, 24, 3_000]) {
      const parts = grown(text, byLines, seededRandom(1), most)
      expect(allOf(parts).every(part => byLines(part.trim()) <= 1)).toBe(true)
      expect(allOf(parts).join('')).toBe(text)
    }
  })

  it('measures a table at every row, since one row may make all of them wider', () => {
    const widest = (part: string) => Math.max(...part.split('\n').map(line => line.length))
    const drawn: Measure = part => (widest(part) * part.split('\n').length) / 2_000
    const rows = Array.from({ length: 60 }, (_, row) => `| ${'x'.repeat(row)} |\n`)
    let parts = growParts(noParts, '| a |\n|---|\n', drawn)
    for (const row of rows) {
      parts = growParts(parts, row, drawn)
      // What ended with the row before fits.
      expect(drawn(parts.live.slice(0, -row.length))).toBeLessThanOrEqual(1)
    }
    expect(parts.frozen.length).toBeGreaterThan(0)
  })

  it('keeps a flood of blank lines in one part, since they are not sent', () => {
    const parts = growParts(noParts, `a${'\n'.repeat(20_000)}`, discord.measure)
    expect(parts.frozen).toEqual([])
    expect(growParts(parts, 'b', discord.measure)).toMatchObject({ frozen: [parts.live], live: 'b' })
  })

  it('waits for the other half of a surrogate pair', () => {
    const full = growParts(noParts, 'x'.repeat(2_000), discord.measure)
    const half = growParts(full, '\ud83d', discord.measure)
    expect(half.frozen).toEqual([])
    expect(growParts(half, '\ude00', discord.measure)).toMatchObject({ frozen: ['x'.repeat(2_000)], live: '😀' })
    expect(growParts(noParts, `${'x'.repeat(2_500)}\ud83d`, discord.measure).live).toBe(`${'x'.repeat(500)}\ud83d`)
  })
})

const everythingNasty = [
  'Intro with `code`, **bold** and https://a.io/b_(c). '.repeat(4),
  '# Heading\r\n\r\nText 👨‍👩‍👧‍👦 e\u0301 🇩🇪 日本語。',
  '```js title="x"\nlet a = `b`\n\n``\n// ```\n```',
  '````md\n```js\ncode()\n```\n````',
  '~~~\ntildes\n```\n~~~',
  '- item\n  ```py\n  x = 1\nstuck out\n  ```\n  1. deep\n     ```\n     y\n     ```',
  '> quote\n> ```\n> quoted code\n> > more\nno quote',
  '| a | b |\n|---|---|\n| c `|` d | e |\n| f | g |',
  `${'long'.repeat(150)} ${'`'.repeat(60)} ${'\n'.repeat(50)}`,
  `\`\`\`${'info'.repeat(120)}\n${'minified();'.repeat(60)}\n\`\`\``,
  '<!channel> <@U1> &amp; \\* [open](https://a.io/long',
  '```never closed\ncode\n``',
].join('\n\n')
