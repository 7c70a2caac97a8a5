import { describe, expect, it } from 'vitest'
import type { Dialect, Hazard, Lack } from '#src/markdown/dialect.ts'
import { renderMarkdown } from '#src/markdown/render-markdown.ts'
import { nastyAnswer } from '#test/support/nasty-answer.ts'
import { richAnswer } from './rich-answer.ts'

const everything: Dialect = {
  name: 'everything',
  headings: 6,
  tables: 'native',
  lacks: new Set(),
  hazards: new Set(),
}

function lacking(lack: Lack): Dialect {
  return { ...everything, name: `no ${lack}`, lacks: new Set([lack]) }
}

function endangered(hazard: Hazard): Dialect {
  return { ...everything, name: `some ${hazard}`, hazards: new Set([hazard]) }
}

function drawing(columns: number): Dialect {
  return { ...everything, name: `${columns} columns`, tables: { columns } }
}

describe('renderMarkdown', () => {
  it('leaves everything to a chat that shows everything', () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const text = richAnswer(seed)
        .replaceAll('\r', '')
        .replaceAll(/[ #]+$/gm, '')
      expect(renderMarkdown(text, everything)).toBe(text)
    }
  })

  it.each<[Lack, string, string]>([
    ['rule', 'a\n\n- - -\n\n> ***', 'a\n\n────────────────────────\n\n> ────────────────────────'],
    ['rule', '```\n---\n```', '```\n---\n```'],
    ['task', '- [ ] a\n  1. [x] b\n- [X] c\n- [] d', '- ☐ a\n  1. ☑ b\n- ☑ c\n- [] d'],
    ['plus-bullet', '+ a\n  + b\n\n1 + 2', '- a\n  - b\n\n1 + 2'],
    ['underscored-strong', '__A__ ___b c___ `__d__` __ e __f g__', '**A** _**b c**_ `__d__` __ e **f g**'],
    ['underscored-strong', 'in __init__.py and __name__', 'in \\_\\_init\\_\\_.py and \\_\\_name\\_\\_'],
    ['underlined-heading', 'a\n===\n\n> b\n> ---', '# a\n\n> ## b'],
    ['underlined-heading', 'a\n-\n\na\nb\n---', 'a\n-\n\na\nb\n────────────────────────'],
    ['image', '![a](b "c") ![](d) [![e](f)](g)', 'a (b "c") d [e (f)](g)'],
    ['footnote', 'a[^1] b[^c d] `[^2]`\n\n[^1]: e', 'a[1] b[^c d] `[^2]`\n\n[1]: e'],
    ['fence', '~~~js\na\n~~~', '```js\na\n```'],
    ['fence', '`````md\n```js\n````\n`````', '```md\n``\u200b`js\n``\u200b``\n```'],
    ['fence', '```js {1} a.js\nb\n```', '```js\n{1} a.js\nb\n```'],
    ['fence', '> ``` {.r}\n> a\n> ```', '> ```\n> {.r}\n> a\n> ```'],
    ['fence', '> ```\n> a\n\nb', '> ```\n> a\n> ```\n\nb'],
    ['fence', `\`\`\`\na\n${'~'.repeat(3)}\n${'`'.repeat(33)}\nb`, `\`\`\`\na\n~~~\n\`\`\`\n${'\\`'.repeat(33)}\nb`],
    ['fence', 'a ` b\n\nc ` `d`', 'a \\` b\n\nc ` `d\\`'],
    ['fence', '\\\\` b', '\\\\\\` b'],
    ['fence', '\\``a ``` b `', '\\``a ``` b `'],
    ['fence', 'https://a.io/\\` b', 'https://a.io/\\` b'],
    ['fence', '[](```)', '[](\\`\\`\\`)'],
    ['plus-bullet', '\ufeff+ a', '\ufeff+ a'],
    ['plus-bullet', 'a\r+ b', 'a\n- b'],
    ['underscored-strong', 'http://__a__{b}', 'http://__a__{b}'],
    ['footnote', 'http://[^1]', 'http://[^1]'],
    ['image', '![a]()', '![a]()'],
    ['image', '![a [b]\nc](d)', 'a [b]\nc (d)'],
    ['fence', 'a ``` b\n\n`` ``` ``\n\n\\``` ````', 'a \\`\\`\\` b\n\n`` ``` ``\n\n\\`\\`\\` \\`\\`\\`\\`'],
    ['math', 'so\n\\[\na_1 = b\n\\]\nand $$c^2$$', 'so\n```\na_1 = b\n```\nand `c^2`'],
    ['math', '> \\[ a_1 \\]\n\n- \\(b\\) **$c_1$**', '> ```\n> a_1\n> ```\n\n- `b` **`c_1`**'],
    ['math', '$5 or $6_000 in $A_B or `$c_1$`', '$5 or $6_000 in $A_B or `$c_1$`'],
    ['math', '$d$ f\\(e\\) \\\\(g\\) `h`$i_1$', '$d$ f\\(e\\) \\\\(g\\) `h`$i_1$'],
    ['math', '\\[1\\]\n\n\\(a __b__ c\\) $d', '\\[1\\]\n\n`a __b__ c` $d'],
    ['line-break', 'a<br>b<br />\nc `<br>`\n\n<br>', 'a\nb\nc `<br>`\n\n<br>'],
    ['line-break', '> - a<br>b\n\n## c<BR/>d', '> - a\n>   b\n\n## c / d'],
    ['line-break', '| a |\n|---|\n| b<br>c<br> |', '| a |\n|---|\n| b / c|'],
  ])('does without %s: %j', (lack, text, shown) => {
    expect(renderMarkdown(text, lacking(lack))).toBe(shown)
  })

  it.each<[Hazard, string, string]>([
    ['spoiler', 'a || b ||| c `||`', 'a |\\| b |\\|\\| c `||`'],
    ['endless-quote', '>>> a\n\nb >>> c\n>>>d', '> >> a\n\nb >>> c\n>>>d'],
    [
      'disguised-link',
      '[https://a.io](https://b.io) [x](https://b.io)',
      'https://a.io (https://b.io) [x](https://b.io)',
    ],
    ['disguised-link', '[https://a.io](https://a.io)1', '<https://a.io>1'],
    ['disguised-link', '[a.io](https://a.io.b.io)', 'a.io (https://a.io.b.io)'],
    ['disguised-link', '[me@a.io](https://b.io) `[a.io](b)`', 'me@a.io (https://b.io) `[a.io](b)`'],
    [
      'disguised-link',
      '[[a.io]](https://b.io) [a**.**io](https://b.io) [a\u200b.io](https://b.io)',
      '[a.io] (https://b.io) a**.**io (https://b.io) a\u200b.io (https://b.io)',
    ],
    [
      'disguised-link',
      '[www.a.io/x](https://a.io/x) [b.a.io](https://a.io)',
      '[www.a.io/x](https://a.io/x) b.a.io (https://a.io)',
    ],
    [
      'disguised-link',
      '[app.ts](https://a.io) [e.g. this](https://a.io)',
      '[app.ts](https://a.io) [e.g. this](https://a.io)',
    ],
  ])('guards against %s: %j', (hazard, text, shown) => {
    expect(renderMarkdown(text, endangered(hazard))).toBe(shown)
  })

  it('does without all that it has to within the words of an image', () => {
    const dialect: Dialect = {
      ...everything,
      name: 'poor',
      lacks: new Set(['image', 'fence', 'underscored-strong']),
      hazards: new Set(['spoiler']),
    }
    expect(renderMarkdown('![a || __B__](https://a.io "c || d") ![```](https://b.io)', dialect)).toBe(
      'a |\\| **B** (https://a.io "c |\\| d") \\`\\`\\` (https://b.io)',
    )
  })

  it('shows headings that are too deep as bold lines', () => {
    const shallow = { ...everything, name: 'shallow', headings: 2 }
    expect(renderMarkdown('## a ##\n### b *c* **d** #\n- #### e\n###\n#### `**f**`', shallow)).toBe(
      '## a\n**b *c* d**\n- **e**\n###\n**`**f**`**',
    )
  })

  it('draws a table that fits, by the width of what people see', () => {
    const table = '| a | *b* | c |\n|---|--:|:-:|\n| 漢字 | -1 | x |\n| 👍🏽 | `y\\|z` | **long** | d |'
    const drawn = [
      '```',
      'a    │   b │  c   │',
      '─────┼─────┼──────┼──',
      '漢字 │  -1 │  x   │',
      '👍🏽   │ y|z │ long │ d',
      '```',
    ].join('\n')
    expect(renderMarkdown(`Look:\n${table}\nRight?`, drawing(21))).toBe(`Look:\n${drawn}\nRight?`)
    expect(renderMarkdown(table, drawing(20))).toBe(
      '**a**: 漢字\n- ***b***: -1\n- **c**: x\n**a**: 👍🏽\n- ***b***: `y|z`\n- **c**: **long**\n- d',
    )
  })

  it('lists a table with links, which code would not open', () => {
    expect(renderMarkdown('| a | b |\n|---|---|\n| c | https://d.io |', drawing(60))).toBe(
      '**a**: c\n- **b**: https://d.io',
    )
  })

  it('loses no column: what no row reaches is drawn at any width', () => {
    expect(renderMarkdown('| a | b |\n|---|---|', drawing(1))).toBe('```\na │ b\n──┼──\n```')
    expect(renderMarkdown('| a | b |\n|---|---|\n| c |', drawing(1))).toContain('a │ b')
  })

  it('draws formulas and line breaks of a table without their marks', () => {
    const lacks = new Set(['math', 'line-break'] as const)
    const dialect: Dialect = { ...drawing(20), name: 'drawn', lacks }
    expect(renderMarkdown('| a |\n|---|\n| $b_1$ |\n| \\(c\\)<br>d |', dialect)).toBe('```\na\n─────\nb_1\nc / d\n```')
  })

  it('keeps a table in its quote, and code out of the indent of its list', () => {
    expect(renderMarkdown('> | a |\n> |---|\n> | b |', drawing(60))).toBe('> ```\n> a\n> ───\n> b\n> ```')
    expect(renderMarkdown('- | a |\n  |---|\n  | b |', drawing(60))).toBe('- ```\na\n───\nb\n```')
    expect(renderMarkdown('- | a | b |\n  |---|---|\n  | c | d |', drawing(1))).toBe('- **a**: c\n  - **b**: d')
  })

  it('takes as long for plain paragraphs as looking through them does', () => {
    const text = nastyAnswer(4, { maxLength: 20_000 }).replaceAll(/[^\p{L}\p{N}\n .,]/gu, '')
    expect(renderMarkdown(text, lacking('rule'))).toBe(text)
  })
})
