import { PassThrough } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { completions } from '#playground/terminal/commands.ts'
import { LineEditor } from '#playground/terminal/line-editor.ts'

test('lines are edited, recalled and completed, and Ctrl-C ends them', async () => {
  const { press, lines, ended } = anEditor()
  await press('helo', left, 'l', '\r')
  expect((await lines.next()).value).toEqual({ text: 'hello', follows: false })
  await press(up, ' there', '\r')
  expect((await lines.next()).value.text).toBe('hello there')
  await press('/rea', '\t', '👍', '\r')
  expect((await lines.next()).value.text).toBe('/react 👍')
  await press('and @ae', '\t', '?', '\r')
  expect((await lines.next()).value.text).toBe('and @Aeries ?')
  await press('half a line', ctrlC)
  expect((await lines.next()).done).toBe(true)
  expect(ended()).toBe(true)
})

const left = '\u001b[D'
const up = '\u001b[A'
const ctrlC = '\u0003'

function anEditor() {
  const keys = new PassThrough()
  let ended = false
  const editor = new LineEditor({
    input: keys,
    onKey: () => {},
    onLeave: () => {
      ended = true
    },
    complete: line => completions(line, ['Aeries', 'Mira']),
  })
  onTestFinished(() => editor[Symbol.dispose]())
  // One chunk a key, as a terminal sends them: readline takes a longer one for something pasted.
  const press = async (...strokes: readonly string[]) => {
    for (const stroke of strokes) {
      keys.write(stroke)
      await setImmediate()
    }
  }
  return { press, lines: editor.lines[Symbol.asyncIterator](), ended: () => ended }
}
