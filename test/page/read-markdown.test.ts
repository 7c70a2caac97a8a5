import { describe, expect, it } from 'vitest'
import { readMarkdown } from '#page/read-markdown.ts'
import { plainText } from '#page/rich.ts'

const text = (words: string) => ({ type: 'text', text: words })

describe('readMarkdown', () => {
  it('reads what GitHub has: tables, lists, code, struck words', () => {
    expect(readMarkdown('| a | b |\n|---|---|\n| 1 | ~~2~~ |')).toEqual([
      {
        type: 'table',
        head: [[text('a')], [text('b')]],
        rows: [[[text('1')], [{ type: 'strike', children: [text('2')] }]]],
        align: [undefined, undefined],
      },
    ])
    const align = [undefined, 'left', 'center', 'right']
    expect(readMarkdown('| a | b | c | d |\n|---|:--|:-:|--:|\n| 1 | 2 | 3 | 4 |')).toMatchObject([{ align }])
    expect(readMarkdown('3. one\n4. `two`')).toEqual([
      {
        type: 'list',
        start: 3,
        items: [
          [{ type: 'paragraph', children: [text('one')] }],
          [{ type: 'paragraph', children: [{ type: 'code', text: 'two' }] }],
        ],
      },
    ])
    expect(readMarkdown('```js\nlet a\n```')).toEqual([{ type: 'code', language: 'js', text: 'let a' }])
  })

  it('tells what of a list is done', () => {
    const list = readMarkdown('- [x] sow\n- [ ] reap\n- rest')
    const item = (...children: readonly unknown[]) => [{ type: 'paragraph', children }]
    expect(list).toMatchObject([
      {
        items: [
          item({ type: 'check', isDone: true }, text('sow')),
          item({ type: 'check', isDone: false }, text('reap')),
          item(text('rest')),
        ],
      },
    ])
    expect(plainText(list)).toBe('Done: sow\nTo do: reap\nrest')
  })

  it('keeps a line break, as people who chat mean it', () => {
    expect(readMarkdown('one\ntwo')).toEqual([
      { type: 'paragraph', children: [text('one'), { type: 'break' }, text('two')] },
    ])
  })

  it('takes nothing for HTML and follows no address that could run', () => {
    const words = '<img src=x onerror=alert(1)> [here](javascript:alert(1)) ![there](data:text/html,x)'
    const read = JSON.stringify(readMarkdown(words))
    expect(read).not.toContain('"type":"link"')
    expect(plainText(readMarkdown(words))).toBe(words)
  })

  it('makes of every beginning of a nasty text something that can be shown', () => {
    const nasty =
      '# a\n> **b _c `d` ~~e\n- [x](http://a.example "t") ![i](j)\n```\n|a|\n|-|\n<b>\n[^1]: f\n&amp; \\* \u{1F9D1}‍\u{1F680}'
    for (let end = 0; end <= nasty.length; end++) expect(() => readMarkdown(nasty.slice(0, end))).not.toThrow()
  })
})
