import type { Readable } from 'node:stream'
import { ReadStream, type WriteStream } from 'node:tty'
import { completions, hintFor } from './commands.ts'
import { LineEditor } from './line-editor.ts'
import { createPaint, type Paint } from './paint.ts'
import type { Paper } from './paper.ts'
import { Pipe } from './pipe.ts'
import { pipedLines } from './piped-lines.ts'
import { Screen } from './screen.ts'
import type { Seat } from './seat.ts'
import type { TypedLine } from './typed-line.ts'

/** What faces the person: where lines come from, and where they go. */
export type Face = Disposable &
  Readonly<{
    paper: Paper
    paint: Paint
    lines: AsyncIterable<TypedLine>
    /** Aborted when the person goes, by Ctrl-C or Ctrl-D. The end of a pipe is no such thing. */
    left: AbortSignal
  }>

type FaceParts = Readonly<{ input: Readable; output: WriteStream; seat: Seat; people: readonly string[] }>

/** A screen with a prompt where there is a terminal at both ends, otherwise plain lines. */
export function openFace(parts: FaceParts, signal: AbortSignal): Face {
  const { input } = parts
  return input instanceof ReadStream && parts.output.isTTY ? openScreen(parts, input, signal) : openPipe(parts, signal)
}

function openPipe({ input, output }: FaceParts, signal: AbortSignal): Face {
  const leaving = new AbortController()
  const lines = pipedLines(input, AbortSignal.any([signal, leaving.signal]))
  const paper = new Pipe(output)
  const dispose = () => {
    leaving.abort()
    input.destroy()
  }
  return { paper, paint: createPaint(output), lines, left: leaving.signal, [Symbol.dispose]: dispose }
}

function openScreen({ output, seat, people }: FaceParts, input: ReadStream, signal: AbortSignal): Face {
  const paint = createPaint(output)
  const leaving = new AbortController()
  const editor = new LineEditor({
    input,
    onKey: () => screen.redraw(),
    onLeave: () => leaving.abort(),
    complete: line => completions(line, people),
  })
  const screen = new Screen({ output, paint, typed: () => editor.typed, prompt: () => seat.label, hint: hintFor })
  const redraw = () => screen.redraw()
  output.on('resize', redraw)
  signal.addEventListener('abort', () => editor.close(), { once: true })
  const dispose = () => {
    output.removeListener('resize', redraw)
    editor[Symbol.dispose]()
    screen[Symbol.dispose]()
  }
  return { paper: screen, paint, lines: editor.lines, left: leaving.signal, [Symbol.dispose]: dispose }
}
