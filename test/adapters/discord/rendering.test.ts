import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { contentOf, shareOfMessage } from '#adapters/discord/content.ts'
import { sameText } from '#bench/delivered/same-text.ts'
import { growParts, noParts } from '#src/markdown/grow-parts.ts'
import { allOf, faultInAnswers, type Platform } from '#test/markdown/delivery.ts'
import { missedChanges } from '#test/markdown/missed-changes.ts'
import { richAnswer } from '#test/markdown/rich-answer.ts'
import { nastyAnswer } from '#test/support/nasty-answer.ts'

const golden = new URL('../../markdown/golden/', import.meta.url)

const discord: Platform = {
  limit: 1_900,
  render: part => contentOf(part, 'freeze'),
  measure: part => shareOfMessage(part, 'freeze'),
  isOpen: shown => codeIn(shown) === undefined,
}

describe('what Discord is sent in the end', () => {
  it.each(readdirSync(golden).filter(file => !file.endsWith('.discord.md')))(
    'looks like the golden file of %s, and no word is lost',
    file => {
      const text = readFileSync(new URL(file, golden), 'utf8')
      const shown = contentOf(text, 'final')
      expect(shown).toBe(readFileSync(new URL(file.replace('.md', '.discord.md'), golden), 'utf8').trimEnd())
      expect(sameText(text, [shown])).toEqual({ same: true })
    },
  )

  it('is all that was said, in messages that fit, for 1,800 answers no model should write', () => {
    expect(faultInAnswers(1_800, discord, seed => nastyAnswer(seed, { maxLength: 8_000 }))).toBeUndefined()
  })

  it('is all that was said, in messages that fit, for 200 answers full of what it does not show', () => {
    expect(faultInAnswers(200, discord, richAnswer)).toBeUndefined()
  })

  it('misses less than one of 1,000 changed characters when it is compared', () => {
    const counts = { tried: 0, missed: 0 }
    for (let seed = 0; seed < 800; seed += 1) {
      const text = nastyAnswer(seed, { maxLength: 4_000 })
      const sent = allOf(growParts(noParts, text, discord.measure)).map(discord.render)
      missedChanges(seed, text, sent, counts)
    }
    expect(counts.tried).toBeGreaterThan(4_000)
    expect(counts.missed / counts.tried).toBeLessThan(0.001)
  })

  it('is right at every single character of a growing answer', () => {
    for (let end = 1; end <= everythingNasty.length; end += 1) {
      const text = everythingNasty.slice(0, end)
      const shown = contentOf(text, 'final')
      expect(discord.isOpen?.(shown)).toBe(false)
      expect(sameText(text, [shown])).toEqual({ same: true })
      // Live it is what the model wrote.
      expect(sameText(text, [contentOf(text, 'interim')])).toEqual({ same: true })
    }
  })

  it('has the code that a model meant, and no other', () => {
    const text = readFileSync(new URL('code.md', golden), 'utf8')
    expect(codeIn(contentOf(text, 'final'))).toEqual([
      ['js', 'title="a.js" {1,3}\nconst a = `b`'],
      ['python', 'print("```")'],
      ['markdown', '```js\nnested()\n```'],
      ['sh', '  ls | wc'],
      ['', '# no heading\n| no | table |\n|---|---|\n- [ ] no task\n---'],
      ['', 'left open'],
    ])
  })
})

/**
 * Language and content of what Discord shows as code: three backticks open it, the next three close it, wherever they
 * stand but for code within a line. Undefined if some is left open.
 */
function codeIn(content: string): readonly (readonly string[])[] | undefined {
  const code: string[][] = []
  const mark = /\\[\s\S]|(`{1,2})(?!`)[\s\S]*?[^`]\1(?!`)|```/g
  for (let found = mark.exec(content); found; found = mark.exec(content)) {
    if (found[0] !== '```') continue
    const end = content.indexOf('```', mark.lastIndex)
    if (end === -1) return undefined
    const [, language = '', body = ''] =
      /^(?:([a-z0-9_+\-.#]+)\n)?\n*([\s\S]*?)\n* *$/i.exec(content.slice(mark.lastIndex, end)) ?? []
    code.push([language, body.replaceAll('\u200b', '')])
    mark.lastIndex = end + 3
  }
  return code
}

const everythingNasty = [
  '#### Head __x__ ##\nA\n===\n- [ ] t\n+ [x] u',
  '| a | 漢字 |\n|:--|--:|\n| b `c|d` | -5 |\n| [e](https://f.io) | **g** |',
  '~~~js t="u"\n```\n~~~',
  '> ````md\n> ```\n> | a |',
  '![i](https://j.io) [k.io](https://l.io) m[^1] || ``` n',
  '***\n\n>>> o\n1. | p |\n   |---|\n   | q |\n~~~~\nr\n~~',
].join('\n\n')
