import { describe, expect, it } from 'vitest'
import type { Answer } from '#src/core/feedback.ts'
import { replyFacets } from '#src/observer/feedback/reply-facets.ts'

const words = (count: number) => Array.from({ length: count }, (_, at) => `word${at}`).join(' ')
const facetsOf = (text: string, sketch: Partial<Answer> = {}) =>
  replyFacets({ text, question: 'How are the tides?', before: [], ...sketch }).map(
    ({ key, value }) => `${key} ${value}`,
  )

describe('what stands out in an answer', () => {
  it.each([
    ['a word', 'Yes.', []],
    ['a paragraph', words(60), []],
    ['many words', words(100), ['reply_length long']],
    ['a list', '- one harbour\n- two harbours', ['reply_format bullets']],
    ['a numbered list', '1. one harbour\n2. two harbours', ['reply_format numbered']],
    ['a table', '| a | b |\n| - | - |\n| 1 | 2 |', ['reply_format table']],
    ['headings', '# One\nthis\n\n# Two\nthat', ['reply_format headings']],
    ['a list that is code', '```\n- one\n- two\n```', []],
    ['an unfinished list that is code', '```\n- one\n- two', []],
    ['emoji', 'The tide is high 🌊', ['emoji_use more']],
    ['letters', 'Dear Mira, I would like to say that the tide is high. Sincerely, Aeries', ['tone formal']],
    ['small talk', 'hey, yeah, gonna be cool', ['tone casual']],
  ])('is, of %s, %j', (_, text, facets) => {
    expect(facetsOf(text)).toEqual(facets)
  })

  it('is what is other than usual there: much longer, or much shorter', () => {
    const before = [words(30), words(40), words(35)]
    expect(facetsOf(words(70), { before })).toEqual(['reply_length long'])
    expect(facetsOf(words(70), { before: [words(60), words(70), words(65)] })).toEqual([])
    expect(facetsOf(words(15), { before })).toEqual(['reply_length short'])
    expect(facetsOf(words(15), { before: before.slice(0, 2) })).toEqual([])
  })

  it('is another language than they asked in', () => {
    const german = 'Die Flut ist hoch und das ist für die Schiffe auch nicht schlecht.'
    expect(facetsOf(german, { question: 'What is the state of the tide, and how is it for the ships?' })).toEqual([
      'language de',
    ])
    expect(facetsOf(german, { question: 'Wie ist die Flut und was ist mit den Schiffen?' })).toEqual([])
  })

  it('is two things at most, the length first', () => {
    expect(facetsOf(`hey 🌊\n- one\n- two\n${words(120)}`)).toEqual(['reply_length long', 'reply_format bullets'])
  })
})
