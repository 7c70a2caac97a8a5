import type { WriteStream } from 'node:tty'
import type { Paper } from './paper.ts'

type Output = Pick<WriteStream, 'write' | 'columns' | 'isTTY'>

/** Plain lines for a file or another program: only what stays, and unbroken unless a terminal shows them. */
export class Pipe implements Paper {
  readonly width: number
  readonly isLive = false
  readonly #output: Output

  constructor(output: Output) {
    this.width = output.isTTY ? output.columns - 1 : Number.POSITIVE_INFINITY
    this.#output = output
  }

  print(lines: readonly string[]): void {
    for (const line of lines) this.#output.write(`${line.trimEnd()}\n`)
  }

  live(): void {}

  [Symbol.dispose](): void {}
}
