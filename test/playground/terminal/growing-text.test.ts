import { describe, expect, test } from 'vitest'
import { GrowingText } from '#playground/terminal/growing-text.ts'

const document = `Here is a tide table for “harbour”, with a word_that_is_much_longer_than_any_line_can_be in it.

\`\`\`python
def tide(hours):
    return 2.5 * math.cos(2 * math.pi * hours / 12.42)
\`\`\`

日本語のとても長い一文はどこでも折り返せます。 👩‍👩‍👧 🇩🇪 And so it ends.`

describe('GrowingText', () => {
  test('hands every line out once, the same whatever the steps in which the text grew', () => {
    const whole = new GrowingText()
    whole.take(document)
    whole.finish()
    const expected = whole.newLines(24)
    for (const step of [1, 2, 7, 31]) {
      const text = new GrowingText()
      const lines: string[] = []
      for (let end = step; end < document.length + step; end += step) {
        expect(text.take(withFenceClosed(document.slice(0, end)))).toBe('grown')
        lines.push(...text.newLines(24))
      }
      text.finish()
      lines.push(...text.newLines(24))
      expect(lines).toEqual(expected)
    }
  })

  test('holds the line back that still grows', () => {
    const text = new GrowingText()
    text.take('one two three')
    expect(text.newLines(8)).toEqual(['one two'])
    expect(text.lastLine(8)).toBe('three')
    text.take('one two three four')
    expect(text.newLines(8)).toEqual(['three'])
    text.finish()
    expect(text.newLines(8)).toEqual(['four'])
    expect(text.newLines(8)).toEqual([])
  })

  test('tells a text whose end was taken back from one that was rewritten, and goes on after each', () => {
    const text = new GrowingText()
    text.take('one\ntwo\nthree')
    text.newLines(80)
    expect(text.take('one')).toBe('shortened')
    expect(text.take('one\nmore')).toBe('grown')
    text.finish()
    expect(text.newLines(80)).toEqual(['', 'more'])
    expect(text.take('all new')).toBe('rewritten')
    text.finish()
    expect(text.newLines(80)).toEqual(['all new'])
  })

  test('begins a new line when a text goes on that seemed to be at its end', () => {
    const text = new GrowingText()
    text.take('It is')
    text.finish()
    expect(text.newLines(80)).toEqual(['It is'])
    expect(text.take('It is late.')).toBe('grown')
    text.finish()
    expect(text.newLines(80)).toEqual(['late.'])
  })
})

/** As an adapter shows a text whose fence is still open. */
function withFenceClosed(text: string): string {
  const fences = text.match(/^```/gm)?.length ?? 0
  // A line of back ticks may still become a fence: that far no adapter has closed anything.
  return fences % 2 === 0 || /\n`*$/.test(text) ? text.trim() : `${text}\n\`\`\``
}
