import { describe, expect, it } from 'vitest'
import { closeOpenFences } from '#src/markdown/close-open-fences.ts'

describe('closeOpenFences', () => {
  it.each([
    ['text without a fence stays', 'a `b` c', 'a `b` c'],
    ['blank ends are cut', '\n  a \n\n', 'a'],
    ['an open fence is closed', '```js\na()', '```js\na()\n```'],
    ['a line break before the closer is not doubled', '```js\na()\n', '```js\na()\n```'],
    ['an opener alone is closed too', 'See:\n```', 'See:\n```\n```'],
    ['tildes are closed by tildes', '~~~\na\n```\nb', '~~~\na\n```\nb\n~~~'],
    ['a longer fence is closed by as many markers', '````md\n```js\na\n```\n', '````md\n```js\na\n```\n````'],
    ['a closed fence stays', '```\na\n```\nb', '```\na\n```\nb'],
    ['more markers than opened it close it', '```\na\n`````', '```\na\n`````'],
    ['a closer that has begun is completed', '```\na\n``', '```\na\n```'],
    ['a code line of markers is not taken for one', '```\na\n``\n', '```\na\n``\n```'],
    ['a marker with words behind it closes nothing', '```\na\n``` b', '```\na\n``` b\n```'],
    ['backticks behind the opening ones make inline code', '```a``` b', '```a``` b'],
    ['a fence in a list is closed at its indent', '- x\n  ```js\n  a', '- x\n  ```js\n  a\n  ```'],
    ['a fence behind a list marker is closed at its indent', '1. ```js\n   a', '1. ```js\n   a\n   ```'],
    [
      'code may stick out of its list item',
      '1. x\n   ```sh\nnpm i\n   ```\n2. y',
      '1. x\n   ```sh\nnpm i\n   ```\n2. y',
    ],
    ['a quoted fence is closed within the quote', '> ```\n> a', '> ```\n> a\n> ```'],
    ['a quoted fence ends with its quote', '> ```\n> a\nb', '> ```\n> a\nb'],
    ['CR LF is understood', '```js\r\na\r\n```\r\nb', '```js\r\na\r\n```\r\nb'],
    ['a long row of backticks is no fence', `${'`'.repeat(40)}\na`, `${'`'.repeat(40)}\na`],
  ])('%s', (_, text, shown) => {
    expect(closeOpenFences(text)).toBe(shown)
  })
})
