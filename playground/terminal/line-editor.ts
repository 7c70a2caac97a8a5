import { createInterface, type Interface } from 'node:readline'
import { PassThrough, type Readable, Writable } from 'node:stream'
import type { Typed } from './screen.ts'
import type { TypedLine } from './typed-line.ts'

type EditorParts = Readonly<{
  input: Readable
  /** Called after every key. */
  onKey(): void
  /** Ctrl-C, Ctrl-D, or the terminal is gone. */
  onLeave(): void
  complete(line: string): readonly string[]
}>

/**
 * readline's keys, history and completion, without its drawing: the screen draws, because lines come and grow above the
 * prompt while somebody types. Ctrl-C and Ctrl-D end the lines.
 */
export class LineEditor implements Disposable {
  readonly #reader: Interface
  readonly #lines = new PassThrough({ objectMode: true })
  readonly #input: Readable
  readonly #onKey: () => void

  constructor({ input, onKey, onLeave, complete }: EditorParts) {
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
    const completer = (line: string) => [[...complete(line)], line] satisfies [string[], string]
    this.#reader = createInterface({ input, output: nowhere, terminal: true, prompt: '', completer })
    this.#reader.on('line', text => this.#lines.write({ text, follows: false } satisfies TypedLine))
    this.#reader.on('SIGINT', () => this.#reader.close())
    this.#reader.on('close', () => {
      this.#lines.end()
      onLeave()
    })
    this.#input = input
    this.#onKey = onKey
    input.on('keypress', onKey)
  }

  get typed(): Typed {
    return { line: this.#reader.line, cursor: this.#reader.cursor }
  }

  /** Every line that is finished, until the end. */
  get lines(): AsyncIterable<TypedLine> {
    return this.#lines as AsyncIterable<TypedLine>
  }

  /** Ends the lines. */
  close(): void {
    this.#reader.close()
  }

  [Symbol.dispose](): void {
    this.#input.removeListener('keypress', this.#onKey)
    this.close()
  }
}
