import type { WriteStream } from 'node:tty'
import stringWidth from 'string-width'
import type { Paint } from './paint.ts'
import type { Paper } from './paper.ts'
import { keepEnd, keepStart } from './wrap.ts'

/** What is being typed, as the line editor knows it. */
export type Typed = Readonly<{ line: string; cursor: number }>

type ScreenParts = Readonly<{
  output: Pick<WriteStream, 'columns' | 'rows' | 'write'>
  paint: Paint
  typed: () => Typed
  /** Who would say it where. */
  prompt: () => string
  /** Help for what is being typed. */
  hint: (line: string) => string | undefined
}>

const narrowest = 24
const usual = 80
const marker = ' › '
/** Columns behind the cursor that stay in sight of a long line. */
const shownAhead = 8

/**
 * A terminal in two regions: what stays scrolls up; below it a footer of lines that still change and the prompt. The
 * footer is drawn anew with every change, so each of its lines must fit into one row.
 */
export class Screen implements Paper {
  readonly isLive = true
  readonly #parts: ScreenParts
  #live: readonly string[] = []
  /** Rows of the footer above the row of the cursor. */
  #rowsAbove = 0
  #isClosed = false

  constructor(parts: ScreenParts) {
    this.#parts = parts
  }

  get width(): number {
    // The last column stays free: terminals differ in what they do once it is written.
    return Math.max(narrowest, (this.#parts.output.columns || usual) - 1)
  }

  print(lines: readonly string[]): void {
    this.#draw(lines.map(line => `${line}\n`).join(''))
  }

  live(lines: readonly string[]): void {
    if (lines.length === this.#live.length && lines.every((line, at) => line === this.#live[at])) return
    this.#live = lines
    this.#draw('')
  }

  /** Shows what is typed now. */
  redraw(): void {
    this.#draw('')
  }

  /** Takes the footer away for good. */
  [Symbol.dispose](): void {
    this.#parts.output.write(this.#erasing())
    this.#isClosed = true
  }

  #draw(above: string): void {
    if (this.#isClosed) {
      this.#parts.output.write(above)
      return
    }
    const rows = Math.max(1, (this.#parts.output.rows || usual) - 2)
    const hint = this.#parts.hint(this.#parts.typed().line)
    // One row above the prompt is for the hint, and sets the prompt apart when there is none.
    const footer = [
      ...this.#live,
      hint === undefined ? '' : this.#parts.paint('dim', keepStart(`  ${hint}`, this.width)),
    ]
    const shown = footer.slice(-rows)
    const erasing = this.#erasing()
    this.#rowsAbove = shown.length
    this.#parts.output.write(`${erasing}${above}${shown.map(line => `${line}\n`).join('')}${this.#promptLine()}`)
  }

  #erasing(): string {
    const up = this.#rowsAbove > 0 ? `\x1b[${this.#rowsAbove}A` : ''
    this.#rowsAbove = 0
    return `\r${up}\x1b[J`
  }

  /** One row whatever is typed: of a long line the part around the cursor. */
  #promptLine(): string {
    const { paint, typed, prompt } = this.#parts
    const { line, cursor } = typed()
    const start = keepStart(prompt(), this.width - 12) + marker
    const room = this.width - stringWidth(start) - 1
    const ahead = Math.min(shownAhead, stringWidth(line.slice(cursor)))
    const before = keepEnd(line.slice(0, cursor), room - ahead)
    const after = keepStart(line.slice(cursor), room - stringWidth(before))
    const back = stringWidth(after)
    return `${paint('bold', start)}${before}${after}${back > 0 ? `\x1b[${back}D` : ''}`
  }
}
