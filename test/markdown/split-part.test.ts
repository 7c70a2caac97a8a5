import { describe, expect, it } from 'vitest'
import { closeOpenFences } from '#src/markdown/close-open-fences.ts'
import { growParts, noParts } from '#src/markdown/grow-parts.ts'
import { splitPart } from '#src/markdown/split-part.ts'

const upTo = (limit: number) => (text: string) => closeOpenFences(text).length / limit
const words = (count: number) => 'word '.repeat(count).trim()

describe('splitPart', () => {
  it('leaves a part that fits', () => {
    expect(splitPart(words(20), upTo(99))).toBeUndefined()
  })

  it.each([
    ['between paragraphs rather than lines', `${words(12)}\n\n`, `${words(4)}\n${words(20)}`],
    ['between lines rather than sentences', `${words(12)}\n`, `${words(4)}. ${words(20)}`],
    ['after a sentence rather than a word', `${words(12)}. `, words(20)],
    ['after a sentence without spaces', `${'漢字'.repeat(40)}。`, '漢字'.repeat(40)],
    ['at a space rather than in a word', `${words(14)} `, 'x'.repeat(90)],
    ['before a heading', `${words(12)}\n`, `# A heading\n\n${words(20)}`],
    ['before code rather than in it', `${words(12)}\n\n`, `\`\`\`js\na()\n\nb()\n\n${'c()\n'.repeat(9)}\`\`\``],
    ['before a link rather than in it', `${words(15)} `, '[two words](https://a.io/b) and more of it'],
    ['before code with spaces rather than in it', `${words(15)} `, '`a code span with spaces` and more of it'],
    ['before emphasis rather than in it', `${words(15)} `, '**these words stay together** and more of it'],
    ['before emphasis that is not closed yet', `${words(15)} `, '**these words stay together and more'],
    ['before a table rather than behind its head', `${words(12)}\n`, `| a | b |\n|---|---|\n| ${words(10)} | c |`],
    ['before an item rather than behind its marker', `${words(16)}\n`, `- ${'x'.repeat(90)}`],
    ['between items', `- ${words(5)}\n- ${words(5)}\n`, `- ${words(10)}`],
    ['not behind an abbreviation', `${words(15)} e.g. word word `, 'x'.repeat(30)],
    ['not so that the next message begins like a list', `${words(19)} `, 'abc - more words here'],
    ['not before three backticks in a line', `${words(15)} `, `word \`\`\`${'b'.repeat(40)}\`\`\``],
    ['not between a space and what combines with it', `${words(15)} `, `word \u0301${'x'.repeat(40)}`],
  ])('cuts %s', (_, head, tail) => {
    expect(splitPart(head + tail, upTo(99))).toEqual({ head, tail })
  })

  it.each([
    ['', '| a | b |\n|---|:-----:|\n', '| a | b |\n|---|:-:|\n'],
    ['that is quoted', '> | a | b |\n> |---|---|\n', '> | a | b |\n> |---|---|\n'],
    ['in a list', '- | a | b |\n  |---|---|\n', '  | a | b |\n  |---|---|\n'],
    ['with a very long head not', `| a | ${'b'.repeat(240)} |\n|---|---|\n`, ''],
  ])('cuts between the rows of a table and repeats its head: one %s', (_, head, again) => {
    const margin = /^[ >-]*/.exec(head)?.[0].replace('-', ' ') ?? ''
    const row = `${margin}| word word | c |\n`
    const split = splitPart(head + row.repeat(20), upTo(head.length + 95))
    const rows = Math.floor(95 / row.length)
    expect(split).toEqual({ head: head + row.repeat(rows), tail: again + row.repeat(20 - rows) })
  })

  it('repeats no head before what is no row', () => {
    const table = `| a | b |\n|---|---|\n${'| word word | c |\n'.repeat(4)}`
    expect(splitPart(`${table}text | with a bar\n${words(9)}`, upTo(table.length + 4))?.tail).toMatch(/^text/)
    expect(splitPart(`${table}\n| ${words(9)} |`, upTo(table.length + 4))?.tail).toMatch(/^\| word/)
  })

  it('keeps a heading with its first paragraph', () => {
    const text = `${words(11)}\n\n## Heading\n\n${words(20)}`
    expect(splitPart(text, upTo(99))?.tail).toBe(`## Heading\n\n${words(20)}`)
  })

  it('fills at least half of the message when it can', () => {
    const text = `Short.\n\n${words(40)}`
    expect(splitPart(text, upTo(99))?.head.length).toBeGreaterThan(90)
  })

  it('cuts behind what a reader has seen, even if a better place is before it', () => {
    const text = `${words(12)}\n\n${words(20)}`
    expect(splitPart(text, upTo(99))?.head).toBe(`${words(12)}\n\n`)
    expect(splitPart(text, upTo(99), 80)?.head.length).toBeGreaterThanOrEqual(80)
  })

  it('rather makes a short message than tear a link', () => {
    const link = `[${words(14)}](https://a.io)`
    expect(splitPart(`${words(6)} ${link}`, upTo(99))?.tail).toBe(link)
  })

  it.each([
    ['with its language', '```js\n', '```js\n'],
    ['with its length, without a title', '````md title="x"\n', '````md\n'],
    ['with its marker', '~~~\n', '~~~\n'],
    ['without an endless info string', `\`\`\`${'x '.repeat(40)}\n`, '```x\n'],
    ['with its indent', '- a\n  ```js\n', '  ```js\n'],
    ['with at most the indent that a fence may have', '1. a\n   - b\n     ```js\n', '   ```js\n'],
    ['behind a list marker', '- ```js\n', '  ```js\n'],
  ])('reopens a fence %s', (_, opener, reopened) => {
    const split = splitPart(`${opener}${'a();\n'.repeat(60)}`, upTo(250))
    expect(split?.head).toMatch(/a\(\);\n$/)
    expect(split?.tail.startsWith(`${reopened}a();\n`)).toBe(true)
  })

  it('reopens a quoted fence within its quote, also in the middle of a line', () => {
    const byLine = splitPart(`> \`\`\`js\n${'> a();\n'.repeat(60)}`, upTo(250))
    const inLine = splitPart(`> \`\`\`js\n> ${'a();'.repeat(90)}`, upTo(250))
    expect(byLine?.tail).toMatch(/^> ```js\n> a\(\);\n/)
    expect(inLine?.tail).toMatch(/^> ```js\n> \S*a\(\);/)
  })

  it('does not let markers within a line of code close the fence that it reopens, nor end a head', () => {
    const split = splitPart(`\`\`\`js\n${'word '.repeat(48)}\`\`\`${'x'.repeat(90)}`, upTo(260))
    expect(split?.tail).toMatch(/^```js\nword `{3}x+$/)
    const marks = splitPart(`\`\`\`\`\n\`\`\`\` ${'x'.repeat(400)}`, upTo(260))
    expect(marks?.head).toMatch(/^`{4}\n`{4} x+$/)
  })

  it('counts the closing fence', () => {
    const measure = upTo(300)
    const split = splitPart(`\`\`\`js\n${'x'.repeat(400)}`, measure)
    expect(split && measure(split.head)).toBe(1)
    expect(split && closeOpenFences(split.head)).toMatch(/x\n```$/)
  })

  it('keeps graphemes whole, but for one that is longer than a message', () => {
    const family = '👨‍👩‍👧‍👦'
    const grown = growParts(noParts, family.repeat(60), upTo(300))
    expect(grown.frozen.every(part => part.length % family.length === 0)).toBe(true)

    const flood = growParts(noParts, `e${'\u0301'.repeat(1_000)}`, upTo(300))
    expect(flood.frozen.map(part => part.length)).toEqual([300, 300, 300])
  })

  it('never parts CR from LF', () => {
    const { frozen, live } = growParts(noParts, `${words(17)}\r\n`.repeat(20), upTo(300))
    expect([...frozen, live].some(part => part.startsWith('\n'))).toBe(false)
  })
})
