import { describe, expect, it } from 'vitest'
import { sameText } from '#bench/delivered/same-text.ts'
import { closeOpenFences } from '#src/markdown/close-open-fences.ts'
import { growParts, noParts } from '#src/markdown/grow-parts.ts'
import { suppressLinkPreviews } from '#src/markdown/suppress-link-previews.ts'
import { missedChanges } from '#test/markdown/missed-changes.ts'
import { nastyAnswer } from '#test/support/nasty-answer.ts'

const table = '| Name | Age |\n|:---|---:|\n| Ann-Marie | -5 |\n| Bo & Co | 42 |'

describe('sameText', () => {
  it.each<[string, string, readonly string[], (readonly string[])?]>([
    ['one message', 'Hello there.', ['Hello there.']],
    ['messages that were trimmed at a border', ' a\n\nb c\n', ['a', 'b', 'c']],
    ['a border within a word', 'abcdef', ['abc', 'def']],
    ['CR LF', 'a\r\nb', ['a\nb']],
    ['a fence closed and reopened', '```js\na()\nb()\n```', ['```js\na()\n```', '```js\nb()\n```']],
    ['a fence cut within a line', '```js\na(b)\n```', ['```js\na(\n```', '```js\nb)\n```']],
    ['a fence reopened in a list', '- x\n  ```js\n  a\n  b\n  ```', ['- x\n  ```js\n  a\n  ```', '```js\n  b\n  ```']],
    ['a quoted fence cut within a line', '> ```\n> ab\n> ```', ['> ```\n> a\n> ```', '> ```\n> b\n> ```']],
    ['a quoted fence cut where its quote ends', '> ```\n> a\nb', ['> ```\n> a\n> ```', 'b']],
    ['two fences of the answer itself', '```js\na\n```\n```js\nb\n```', ['```js\na\n```', '```js\nb\n```']],
    ['a fence that the answer left open', '```js\na()', ['```js\na()\n```']],
    ['a closer that the answer left half', '```js\na()\n``', ['```js\na()\n```']],
    ['escaped text', 'a < b && c &lt; d', ['a &lt; b &amp;&amp; c &amp;lt; d']],
    ['text that is not escaped', 'a < b &amp; c', ['a < b &amp; c']],
    ['an escaped quoted fence', '> ```\n> a\n> b', ['&gt; ```\n&gt; a\n&gt; ```', '&gt; ```\n&gt; b\n&gt; ```']],
    ['a wrapped address', 'see https://a.io/b?c&d.', ['see <https://a.io/b?c&amp;d>.']],
    ['an address that was wrapped already', 'see <https://a.io>', ['see <https://a.io>']],
    ['an address cut by a border', 'https://a.io/bcd', ['<https://a.io/b>', 'cd']],
    ['a heading in bold', '# One *two*\nthree', ['**One two**\nthree']],
    ['an underlined heading', 'One\n===\nthree', ['**One**\nthree']],
    [
      'a table as code',
      `a\n\n${table}\n\nb`,
      ['a\n\n```\nName      | Age\n----------+----\nAnn-Marie |  -5\nBo & Co   |  42\n```\n\nb'],
    ],
    ['a table over two messages', table, ['| Name | Age |\n|:---|---:|\n| Ann-Marie | -5 |', '| Bo & Co | 42 |']],
    [
      'a table that goes on under its head',
      table,
      [
        '```\nName      │ Age\n──────────┼────\nAnn-Marie │  -5\n```',
        '```\nName    │ Age\n────────┼────\nBo & Co │  42\n```',
      ],
    ],
    ['a table as a list', table, ['**Name**: Ann-Marie\n- **Age**: -5\n**Name**: Bo & Co\n- **Age**: 42']],
    [
      'a table as a list of two messages',
      table,
      ['**Name**: Ann-Marie\n- **Age**: -5', '**Name**: Bo & Co\n- **Age**: 42'],
    ],
    [
      'a table first as code, then as a list',
      table,
      ['```\nName │ Age\nAnn-Marie │ -5\n```', '**Name**: Bo & Co\n- **Age**: 42'],
    ],
    ['one column as a list', '| A: |\n|---|\n| b |\n| - c |', ['**A:**\n- b\n- - c']],
    ['a quoted table as code', '> | a |\n> |---|\n> | b |', ['> ```\n> a\n> ───\n> b\n> ```']],
    ['other fences as three backticks', '~~~js\na\n~~~\n````\nb\n````', ['```js\na\n```\n```\nb\n```']],
    ['a fence with a title', '```js a.js \nb\n```', ['```js\na.js\nb\n```']],
    ['backticks in code kept apart', '````\n```\n````', ['```\n``\u200b`\n```']],
    ['a quoted fence that got its closer', '> ~~~\n> a\nb', ['> ```\n> a\n> ```\nb']],
    ['a fence of tildes left open', '~~~\na\n~~', ['```\na\n```']],
    ['a rule', 'a\n\n***\n\nb', ['a\n\n──────\n\nb']],
    ['tasks and bullets', '- [ ] a\n+ [x] b', ['- ☐ a\n- ☑ b']],
    ['a link beside its words', '[a.io](https://b.io/c "d")', ['a.io (<https://b.io/c> "d")']],
    ['a link that is its own words', '[https://a.io](https://a.io)', ['<https://a.io>']],
    ['an image', '![a](https://b.io/c.png) ![](https://d.io)', ['a (https://b.io/c.png) https://d.io']],
    ['other marks for the same', '__a__ b || c [^1] `` ` ``', ['**a** b |\\| c [1] `` ` ``']],
    ['line breaks of every kind', 'a\r\r\n- [ ] b', ['a\n\n- ☐ b']],
    ['a heading that ends with an address', '#### https://a.io/#', ['**<https://a.io/#>**']],
    ['a task in a quote in a list', '+ > - [x] a', ['- > - ☑ a']],
    ['a table with a backslash before its bar', 'a \\\\| b\n-|-', ['```\na \\ │ b\n────┼──\n```']],
    ['a link with a link in its words', '[[a.io](b)](c) ![d [e]](f)', ['[a.io (b)](c) d [e] (f)']],
    ['formulas', 'a $b_1$ \\(c\\)\n\\[\nd\n=\ne\n\\]', ['a `b_1` `c`\n```\nd\n=\ne\n```']],
    ['a formula in a heading', '#### a \\(b\\) $c_1$', ['**a `b` `c_1`**']],
    ['a formula that ends a heading', '#### $b_1$\n* c', ['**`b_1`**\n* c']],
    ['line breaks by a tag', '> a<br>b\n\n# c<br>d', ['> a\n> b\n\n# c / d']],
    ['stray backticks', 'use ``` here', ['use \\`\\`\\` here']],
    ['a file with the rest', 'one\n\ntwo\n\nthree', ['one'], ['two\n\nthree']],
  ])('takes %s for the same', (_, generated, delivered, files) => {
    expect(sameText(generated, delivered, files)).toEqual({ same: true })
  })

  it.each<[string, string, readonly string[]]>([
    ['a blank answer', ' \n', ['']],
    ['nothing delivered', 'a', []],
    ['a lost end', 'a b c', ['a b']],
    ['a doubled end', 'a b', ['a b', 'b']],
    ['a doubled part', 'a\n\nb', ['a', 'a', 'b']],
    ['parts in the wrong order', 'a\n\nb', ['b', 'a']],
    ['a lost blank within a part', '```\n  a\n  b\n```', ['```\n  a\n b\n```']],
    ['a fence that nothing called for', 'a\nb', ['```\na\nb\n```']],
    ['a lost language of a reopened fence', '```js\na\nb', ['```js\na\n```', '```\nb\n```']],
    ['a fence closed and not reopened', '```js\na\nb', ['```js\na\n```', 'b']],
    ['a bracket that is not closed', 'see https://a.io now', ['see <https://a.io now']],
    ['brackets around other things', 'see a now', ['see <a> now']],
    ['a lost word of a heading', '# One two\nthree', ['**One**\nthree']],
    ['a lost column name', table, ['**Name**: Ann-Marie\n- -5\n**Name**: Bo & Co\n- **Age**: 42']],
    ['a lost row of a list', table, ['**Name**: Ann-Marie\n- **Age**: -5']],
    ['a table head repeated in one message', table, [table.replace('| Bo', '| Name | Age |\n| Bo')]],
    ['a table head repeated where no row goes on', `${table}\n\na`, [table, '| Name | Age |\n|---|---|\na']],
    ['an opener that lost a mark', '````\na\n````', ['```\na\n````']],
    ['a closer that lost a mark', '````\na\n````', ['````\na\n```']],
    ['a task done that was not', '- [ ] a', ['- ☑ a']],
    ['a lost address', '[a.io](https://b.io)', ['a.io']],
    ['another address', '[a.io](https://b.io)', ['a.io (https://c.io)']],
    ['a rule where there is none', 'a\nb', ['a\n──────\nb']],
    ['a lost dollar', 'costs $5 or $6 a_b', ['costs 5 or $6 a_b']],
    ['a lost letter of a formula', '$a_1$', ['`a_`']],
    ['a lost cell', `${table}\nc`, [`${table.replace('-5', '')}\nc`]],
  ])('does not take %s for the same', (_, generated, delivered) => {
    expect(sameText(generated, delivered)).toMatchObject({ same: false })
  })

  it('says where they differ', () => {
    expect(sameText('one two\n\nthree four', ['one two', 'thee four'])).toEqual({
      same: false,
      at: 11,
      generated: 'ree four',
      delivered: 'ee four',
    })
  })

  it('finds a single lost, doubled or swapped character in 999 of 1,000 random answers at least', () => {
    const counts = { tried: 0, missed: 0 }
    for (let seed = 0; seed < 2_500; seed += 1) tryChanges(seed, counts)
    expect(counts.tried).toBeGreaterThan(10_000)
    expect(counts.missed / counts.tried).toBeLessThan(0.001)
  })

  it('says no to a long answer of headings without trying every way there is', () => {
    const text = '# a\n'.repeat(5_000)
    expect(sameText(`${text}b`, [text])).toMatchObject({ same: false, at: text.length - 1 })
  })
})

function tryChanges(seed: number, counts: { tried: number; missed: number }): void {
  const text = nastyAnswer(seed, { maxLength: 8_000 })
  const render = seed % 2 === 0 ? (part: string) => suppressLinkPreviews(closeOpenFences(part)) : escaped
  const { frozen, live } = growParts(noParts, text, part => render(part).length / 1_900)
  missedChanges(seed, text, [...frozen, live].map(render), counts)
}

function escaped(part: string): string {
  return closeOpenFences(part).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
