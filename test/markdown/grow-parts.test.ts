import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { closeOpenFences } from '#src/markdown/close-open-fences.ts'
import { growParts, noParts, type Parts } from '#src/markdown/grow-parts.ts'
import { sameText } from '#src/markdown/same-text.ts'
import type { Measure } from '#src/markdown/split-part.ts'
import { suppressLinkPreviews } from '#src/markdown/suppress-link-previews.ts'
import { nastyAnswer, seededRandom } from '#test/support/nasty-answer.ts'

type Platform = Readonly<{ name: string; limit: number; render: (part: string) => string; measure: Measure }>

const discord: Platform = aPlatform('Discord', 2_000, part => suppressLinkPreviews(closeOpenFences(part)))
const slack: Platform = aPlatform('Slack', 3_900, part =>
  closeOpenFences(part).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
)

function aPlatform(name: string, limit: number, render: (part: string) => string): Platform {
  return { name, limit, render, measure: part => render(part).length / limit }
}

describe('growParts', () => {
  it.each([discord, slack])(
    'delivers 10,000 random answers to $name whole, in parts that fit and close',
    { timeout: 60_000 },
    platform => {
      for (let seed = 0; seed < 10_000; seed += 1) {
        const text = nastyAnswer(seed)
        const fault = faultOf(text, platform, grown(text, platform.measure, seededRandom(seed)))
        if (fault !== undefined) expect({ seed, fault }).toBeUndefined()
      }
    },
  )

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
    const { measure, render } = aPlatform('small', 400, discord.render)
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

/** The parts after random deltas; what the whole way must keep is checked on the way. */
function grown(text: string, measure: Measure, random: () => number, most = 24): Parts {
  let parts = noParts
  for (let at = 0; at < text.length; ) {
    const end = at + 1 + Math.floor(random() * most)
    const next = growParts(parts, text.slice(at, end), measure)
    if (next.frozen !== parts.frozen && parts.frozen.some((part, index) => part !== next.frozen[index])) {
      throw new Error(`a frozen part changed at ${at}`)
    }
    parts = next
    at = end
  }
  return growParts(parts, '', measure)
}

function allOf({ frozen, live }: Parts): readonly string[] {
  return [...frozen, live]
}

function faultOf(text: string, { render, limit }: Platform, parts: Parts): unknown {
  const sent = allOf(parts).map(render)
  if (sent.some(part => part.length > limit)) return 'a part is too long'
  if (sent.some(part => openFenceIn(part.replaceAll('&gt;', '>')) !== undefined)) return 'a fence is open'
  const borders = bordersIn(text, allOf(parts))
  if (borders === undefined) return 'the parts are not the text'
  const torn = borders.find(border => tearsGrapheme(text, border, limit))
  if (torn !== undefined) return `a grapheme is torn at ${torn}`
  const same = sameText(text, sent)
  return same.same || text.trim() === '' ? undefined : same
}

/**
 * Where the parts begin in the text, found by putting them together without the line that reopens a fence; undefined if
 * they are not the text to the letter.
 */
function bordersIn(text: string, parts: readonly string[]): readonly number[] | undefined {
  const borders: number[] = []
  let at = 0
  for (const [index, part] of parts.entries()) {
    if (index > 0) borders.push(at)
    const reopened = index === 0 ? 0 : (/^[ >]*(?:`{3,}|~{3,})[^\n]*\n/.exec(part)?.[0].length ?? 0)
    const quote = /^[ >]*/.exec(part.slice(reopened))?.[0].length ?? 0
    const added = [0, ...Array.from({ length: quote + 1 }, (_, marks) => reopened + marks)]
    const whole = added.map(length => part.slice(length)).find(words => text.startsWith(words, at))
    if (whole === undefined) return undefined
    at += whole.length
  }
  return at === text.length ? borders : undefined
}

const segmenter = new Intl.Segmenter()

/** A grapheme that alone is nearly a message long may be torn. */
function tearsGrapheme(text: string, at: number, limit: number): boolean {
  let start = at - 1
  while (start > 0 && text.charCodeAt(start) > 0x7e) start -= 1
  const grapheme = segmenter.segment(text.slice(Math.max(start, 0), at + 8)).containing(at - Math.max(start, 0))
  const begins = grapheme === undefined || grapheme.index === at - Math.max(start, 0)
  return !begins && at - Math.max(start, 0) - grapheme.index < limit / 10
}

/** The line of a fence that is left open, read in the plainest way there is. */
function openFenceIn(part: string): string | undefined {
  let open: { line: string; run: string; quotes: number } | undefined
  for (const line of part.split(/\r?\n/)) {
    const quotes = /^[ \t>]*/.exec(line)?.[0].replaceAll(/[ \t]/g, '').length ?? 0
    if (open && quotes < open.quotes) open = undefined
    const marks = /^((?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*)(`{3,}|~{3,})(.*)$/.exec(line)
    const [, prefix = '', run = '', info = ''] = marks ?? []
    if (!marks) continue
    if (open) {
      const closes =
        run.startsWith(open.run) && info.trim() === '' && /^[ \t>]*$/.test(prefix) && quotes === open.quotes
      if (closes) open = undefined
    } else if (prefix.length <= 32 && run.length <= 32 && !(run.startsWith('`') && info.includes('`'))) {
      open = { line, run, quotes: prefix.replaceAll(/[^>]/g, '').length }
    }
  }
  return open?.line
}
