import { describe, expect, test } from 'vitest'
import { Screen, type Typed } from '#playground/terminal/screen.ts'
import { ATerminal } from './a-terminal.ts'

describe('Screen', () => {
  test('keeps what stays above what changes, and the prompt below both', () => {
    const { screen, terminal } = aScreen()
    screen.print(['one'])
    screen.live(['growing', 'typing'])
    screen.print(['two', 'three'])
    expect(terminal.shown).toEqual(['one', 'two', 'three', 'growing', 'typing', '', 'Mira in dm ›'])
    screen.live([])
    expect(terminal.shown).toEqual(['one', 'two', 'three', '', 'Mira in dm ›'])
  })

  test('leaves what is being typed alone while lines arrive, with the cursor in its place', () => {
    const { screen, terminal, type } = aScreen()
    type({ line: 'hello', cursor: 2 })
    screen.print(['somebody speaks'])
    expect(terminal.shown).toEqual(['somebody speaks', '', 'Mira in dm › hello'])
    expect(terminal.cursor).toEqual({ row: 2, column: 'Mira in dm › he'.length })
  })

  test('shows a hint for what is typed', () => {
    const { terminal, type } = aScreen()
    type({ line: '/re', cursor: 3 })
    expect(terminal.shown).toEqual(['  a hint for /re', 'Mira in dm › /re'])
  })

  test.each(['a'.repeat(100), '日本語'.repeat(30), `${'👩‍👩‍👧 '.repeat(20)}`])(
    'keeps a long line in one row: %s',
    line => {
      const { screen, terminal, type } = aScreen()
      for (const cursor of [line.length, 0, line.length / 2]) {
        type({ line, cursor })
        screen.print(['more'])
        expect(terminal.shown.at(-2)).toBe('')
        expect(terminal.shown.at(-1)).toMatch(/^Mira in dm › /)
      }
      expect(terminal.shown).toHaveLength(5)
    },
  )

  test('leaves nothing of the prompt behind', () => {
    const { screen, terminal } = aScreen()
    screen.live(['growing'])
    screen.print(['one'])
    screen[Symbol.dispose]()
    screen.print(['last words'])
    expect(terminal.shown).toEqual(['one', 'last words', ''])
  })
})

function aScreen() {
  const terminal = new ATerminal(40)
  let typed: Typed = { line: '', cursor: 0 }
  const screen = new Screen({
    output: terminal,
    paint: (_, text) => text,
    typed: () => typed,
    prompt: () => 'Mira in dm',
    hint: line => (line.startsWith('/') ? `a hint for ${line}` : undefined),
  })
  const type = (next: Typed) => {
    typed = next
    screen.redraw()
  }
  return { screen, terminal, type }
}
