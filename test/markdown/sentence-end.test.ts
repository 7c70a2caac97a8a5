import { describe, expect, it } from 'vitest'
import { sentenceEnd } from '#src/markdown/sentence-end.ts'

describe('sentenceEnd', () => {
  it.each([
    'Sure.',
    'Sure! I',
    'Really? Yes',
    'Wait…',
    'Hmm...',
    'He said "yes." And',
    '**Done.**',
    'In 2024. Then',
    'Good morning\n',
    '- first point\n',
    'I like e.g. tea. And',
    '好的。',
    'はい！',
    '👋\n',
  ])('finds one in %j', text => {
    expect(sentenceEnd(text)).toBe(true)
  })

  it.each([
    '',
    'Sure',
    '1.',
    '1. ',
    '12. Take',
    'e.g.',
    'Tools, e.g. hammers',
    'Dr. Who',
    'It costs 3.',
    'It costs 3.14',
    'See example.com for',
    'the U.S. has',
    '![x](y)',
    '\n\n',
    '- \n',
    '```js\n',
    '---\n',
    'Vgl. z.B. das',
  ])('finds none in %j', text => {
    expect(sentenceEnd(text)).toBe(false)
  })
})
