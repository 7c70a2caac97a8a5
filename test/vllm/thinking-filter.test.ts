import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AnswerEnd, ThinkingFilter } from '#src/vllm/thinking-filter.ts'
import { workMs } from '#test/support/work-ms.ts'

type Seen = Readonly<{ shown: string; lesson: unknown }>

function filtered(parts: readonly string[], how: AnswerEnd = 'whole', opened = false): Seen {
  const filter = new ThinkingFilter(opened)
  const shown = parts.map(part => filter.push(part)).join('') + filter.end(how)
  return { shown, lesson: filter.lesson }
}

/** The text in two parts, at every place, and one character at a time. */
function splits(text: string): readonly (readonly string[])[] {
  const inTwo = Array.from({ length: text.length + 1 }, (_, at) => [text.slice(0, at), text.slice(at)])
  return [...inTwo, text.split('')]
}

const spellings = ['think', 'thinking', 'thought', 'reasoning', 'REASONING_SCRATCHPAD', 'Thinking']

describe('ThinkingFilter', () => {
  it.each([
    ['a block at the start', '<think>\nShe wants tea.\n</think>\n\nTea it is.', 'Tea it is.'],
    ['an empty block', '<think>\n\n</think>\n\nTea it is.', 'Tea it is.'],
    ['a block after blank lines', '\n\n<think>secret</think>Tea it is.', 'Tea it is.'],
    ['a block in the middle', 'Tea it is.\n<think>secret</think>\nOr not.', 'Tea it is.\n\nOr not.'],
    ['two blocks', '<think>secret</think><think>secret</think>Tea it is.', 'Tea it is.'],
    ['a block in a block', '<think>secret<think>secret</think>secret</think>Tea it is.', 'Tea it is.'],
    ['an opener said while thinking', '<think>the <think> tag</think>Tea it is.', 'Tea it is.'],
    ['a block that is never closed', 'Tea it is.\n<think>secret', 'Tea it is.\n'],
    ['nothing but an unclosed block', '<think>secret', ''],
    ['a block in the middle of a line', 'Tea. <think>secret</think>It is.', 'Tea. It is.'],
    ['an opener that is a word', 'The <think> tag is odd.', 'The <think> tag is odd.'],
    ['tags in backticks', 'Write `<think>` and `</think>`.', 'Write `<think>` and `</think>`.'],
    ['tags in a fence', 'So:\n```\n<think>\nx\n</think>\n```\nDone.', 'So:\n```\n<think>\nx\n</think>\n```\nDone.'],
    ['a block behind a fence', '```\nx\n```\n<think>secret</think>Done.', '```\nx\n```\nDone.'],
    ['other tags', '<b>Tea</b> it <thin> is</thin>.', '<b>Tea</b> it <thin> is</thin>.'],
    ['a comparison', 'a < b <| c', 'a < b <| c'],
    ['control tokens', 'Tea<|im_end|> it is.<|endoftext|>', 'Tea it is.'],
    ['a cut character at the end', 'Tea it is \uFFFD\uFFFD', 'Tea it is '],
    ['a broken character in the middle', 'Tea \uFFFD it is', 'Tea \uFFFD it is'],
    ['half a surrogate pair at the end', 'Tea \uD83E', 'Tea '],
    ['an emoji', 'Tea 🫖.', 'Tea 🫖.'],
    ['indented code as the first line', '\n\n    tea()', '    tea()'],
    ['blanks alone', ' \n\t\u200B ', ''],
    ['an unfinished mark at the end', 'Tea </thi', 'Tea </thi'],
  ])('shows the same of %s, wherever it is split', (_, text, shown) => {
    for (const parts of splits(text)) expect({ parts, ...filtered(parts) }).toMatchObject({ parts, shown })
  })

  it.each(spellings)('knows <%s>', name => {
    for (const parts of splits(`<${name}>secret</${name}>\nTea.`)) expect(filtered(parts).shown).toBe('Tea.')
  })

  it('never shows thinking whose end was cut away', () => {
    expect(filtered(['Tea. <think>secret'], 'broken').shown).toBe('Tea. ')
    expect(filtered(['<think>a<think>b</think>secret'], 'broken').shown).toBe('')
    expect(filtered(['secret'], 'broken', true).shown).toBe('')
  })

  it('gives out what follows the last closer when an opener was only said', () => {
    expect(filtered(['<think>the <think> tag</think>', 'Tea it is.']).shown).toBe('Tea it is.')
  })

  describe('when a closer comes without an opener', () => {
    it('drops all that was not shown yet, and learns', () => {
      expect(filtered(['secret\n</think>\n\nTea.'])).toEqual({ shown: 'Tea.', lesson: 'opens thinking' })
      expect(filtered(['  \n', '</think>\n\nTea.'])).toEqual({ shown: 'Tea.', lesson: 'opens thinking' })
    })

    it('cannot take back what was shown', () => {
      expect(filtered(['so ', 'secret</think>', '\n\nTea.'])).toEqual({
        shown: 'so \n\nTea.',
        lesson: 'opens thinking',
      })
    })
  })

  describe('when the template opens thinking', () => {
    it('holds everything until the closer', () => {
      for (const parts of splits('secret\nsecret\n</think>\n\nTea.')) {
        expect(filtered(parts, 'whole', true)).toEqual({ shown: 'Tea.', lesson: 'opens thinking' })
      }
    })

    it('takes an opener that comes anyway for the same block', () => {
      for (const parts of splits('<think>\nsecret</think>Tea.'))
        expect(filtered(parts, 'whole', true).shown).toBe('Tea.')
    })

    it('gives out a whole answer that has no closer, and learns', () => {
      for (const parts of splits('Tea it is.')) {
        expect(filtered(parts, 'whole', true)).toEqual({ shown: 'Tea it is.', lesson: 'opens none' })
      }
    })

    it('streams when the server tells thinking apart', () => {
      const filter = new ThinkingFilter(true)
      filter.separated()
      expect(filter.push('Tea.')).toBe('Tea.')
      expect(filter.lesson).toBe('opens none')
    })
  })

  it('shows plain text as it comes', () => {
    const filter = new ThinkingFilter(false)
    expect(['Tea', ' it', ' is', '.'].map(part => filter.push(part))).toEqual(['Tea', ' it', ' is', '.'])
  })

  it('takes its time from how much comes, not from how many blanks came before', async () => {
    const filter = new ThinkingFilter(false)
    const took = await workMs(() => {
      for (let i = 0; i < 200_000; i++) filter.push(i % 2 === 0 ? ' ' : '\n')
      expect(filter.push('Tea.')).toBe('Tea.')
    })
    // It takes some ten milliseconds; were each blank to look at all before it, a minute.
    expect(took).toBeLessThan(4_000)
  })

  it('shows the same however the text is split', () => {
    const piece = fc.constantFrom(
      ...['<think>', '</think>', '<|im_end|>', 'tea', ' ', '\n', '`', '```\n', '<', '\uFFFD', '🫖', 'think>', '</'],
    )
    // A closer without an opener drops only what was not shown, so it alone depends on the split.
    const text = fc.array(piece, { maxLength: 12 }).map(pieces => pieces.join(''))
    fc.assert(
      fc.property(text, fc.boolean(), (text, opened) => {
        const whole = filtered([text], 'whole', opened)
        fc.pre(opened ? text.split('</think>').length <= 2 : whole.lesson === undefined)
        expect(filtered(text.split(''), 'whole', opened).shown).toBe(whole.shown)
      }),
      { numRuns: 2_000 },
    )
  })
})
