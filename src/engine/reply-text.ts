import type { ModelEvent } from '#src/core/model.ts'
import { growParts, noParts, type Parts } from '#src/markdown/grow-parts.ts'
import type { Measure } from '#src/markdown/split-part.ts'

/** An answer fills at most so many messages; more would bury the talk around it. The rest comes as a file. */
const maxParts = 5
/** Taken in slices of that many characters: mostly less than a message holds, so that few have to be cut for the last one. */
const sliceLength = 1_000

export type Words = Pick<Extract<ModelEvent, { type: 'text' }>, 'text'>

/** What the model said, as the messages that show it and the rest that does not fit into them. Words are read once somebody looks. */
export class ReplyText {
  readonly #measure: Measure
  readonly #keep: () => number
  /** Words that nobody had to look at yet. */
  readonly #unread: Words[] = []
  #parts: Parts = noParts
  #maxParts = maxParts

  #whole = ''
  #hasWords = false
  #rest = ''

  /** Of the live part the first `keep` characters stay in their message; `keep` is asked before each cut. */
  constructor(measure: Measure, keep = () => 0) {
    this.#measure = measure
    this.#keep = keep
  }

  hear(words: Words): void {
    this.#unread.push(words)
  }

  /** How many pieces nobody has looked at. */
  get unread(): number {
    return this.#unread.length
  }

  /** All of it that somebody has looked at, as it was said. */
  get known(): string {
    return this.#whole
  }

  /** All of it, as it was said. */
  get whole(): string {
    this.#read()
    return this.#whole
  }

  /** There is more than blanks. */
  get hasWords(): boolean {
    this.#read()
    return this.#hasWords
  }

  get frozen(): readonly string[] {
    this.#read()
    return this.#parts.frozen
  }

  get live(): string {
    this.#read()
    return this.#parts.live
  }

  /** What is for the file. */
  get rest(): string {
    this.#read()
    return this.#rest
  }

  /** Nothing was said yet. */
  clear(): void {
    this.#unread.length = 0
    this.#parts = noParts
    this.#whole = ''
    this.#hasWords = false
    this.#rest = ''
  }

  /** Takes the rest into messages, as many as it needs. */
  unfold(): void {
    const { rest } = this
    this.#rest = ''
    this.#maxParts = Number.POSITIVE_INFINITY
    for (let at = 0; at < rest.length; at += sliceLength) this.#take(rest.slice(at, at + sliceLength), 0)
  }

  #read(): void {
    for (let words = this.#unread.shift(); words; words = this.#unread.shift()) {
      const { text } = words
      this.#whole += text
      this.#hasWords ||= text.trim() !== ''
      for (let at = 0; at < text.length; at += sliceLength) this.#take(text.slice(at, at + sliceLength), this.#keep())
    }
  }

  #take(slice: string, keep: number): void {
    if (this.#parts.frozen.length === this.#maxParts) {
      this.#rest += slice
      return
    }
    const before = this.#parts.frozen.length
    const grown = growParts(this.#parts, slice, this.#measure, keep)
    if (grown.frozen.length > this.#maxParts) {
      // It fills messages that there will not be: the file is no place for the lines that reopen a fence in each of them.
      const half = Math.ceil(slice.length / 2)
      this.#take(slice.slice(0, half), keep)
      this.#take(slice.slice(half), this.#parts.frozen.length === before ? keep : 0)
      return
    }
    this.#parts = grown
    if (grown.frozen.length < this.#maxParts) return
    this.#rest = grown.live
    this.#parts = { ...noParts, frozen: grown.frozen }
  }
}
