import { type Piece, wrap } from './wrap.ts'

/** What an edit did to what is printed already. */
export type Change = 'grown' | 'shortened' | 'rewritten'

/**
 * A text that is printed while it grows: lines that are complete are handed out once, the line that still grows is kept.
 * What was handed out is on paper and cannot be taken back.
 */
export class GrowingText {
  #text = ''
  #printed = 0
  #isFinished = false

  /** The text as it stands now. What it did to the printed lines decides how the rest is to be told. */
  take(text: string): Change {
    const printed = this.#text.slice(0, this.#printed)
    const isResumed = this.#isFinished && text.startsWith(this.#text)
    this.#text = text
    this.#isFinished = false
    // What follows a text that seemed to be at its end begins a line of its own.
    if (isResumed) this.#printed += /^\s*/.exec(text.slice(this.#printed))?.[0].length ?? 0
    if (text.startsWith(printed)) return 'grown'
    this.#printed = printed.startsWith(text) ? text.length : 0
    return this.#printed > 0 ? 'shortened' : 'rewritten'
  }

  /** Nothing more is expected: its last line is complete. */
  finish(): void {
    this.#isFinished = true
  }

  /** Complete lines that were not handed out yet. */
  newLines(width: number): readonly string[] {
    const pieces = this.#pieces(width)
    const complete = this.#isFinished ? pieces : pieces.slice(0, -1)
    this.#printed += complete.reduce((sum, { length }) => sum + length, 0)
    return complete.map(({ line }) => line)
  }

  /** The line that still grows. */
  lastLine(width: number): string {
    return this.#pieces(width).at(-1)?.line ?? ''
  }

  #pieces(width: number): readonly Piece[] {
    // The adapter closes an open fence below every version; until the end it is no part of the text that grows.
    const text = this.#isFinished ? this.#text : this.#text.replace(/\n(?:`{3,}|~{3,})$/, '')
    const rest = text.slice(this.#printed)
    return rest === '' ? [] : wrap(rest, width)
  }
}
