import { growParts, noParts, type Parts } from '#src/markdown/grow-parts.ts'
import type { Measure } from '#src/markdown/split-part.ts'

/** An answer fills at most so many messages; more would bury the talk around it. The rest comes as a file. */
const maxParts = 5
/** Taken in slices of that many characters, so that what is beyond the last message is known exactly. */
const sliceLength = 1_000

/** What the model said, as the messages that show it and the rest that does not fit into them. */
export class ReplyText {
  readonly #measure: Measure
  #parts: Parts = noParts
  #maxParts = maxParts

  constructor(measure: Measure) {
    this.#measure = measure
  }

  /** All of it, as it was said. */
  whole = ''
  /** There is more than blanks. */
  hasWords = false
  /** What is for the file. */
  rest = ''

  get frozen(): readonly string[] {
    return this.#parts.frozen
  }

  get live(): string {
    return this.#parts.live
  }

  /** Of the live part the first `keep` characters stay in their message; `keep` is asked before each cut. */
  append(delta: string, keep: () => number): void {
    this.whole += delta
    this.hasWords ||= delta.trim() !== ''
    for (let at = 0; at < delta.length; at += sliceLength) this.#take(delta.slice(at, at + sliceLength), keep())
  }

  /** Nothing was said yet. */
  clear(): void {
    this.#parts = noParts
    this.whole = ''
    this.hasWords = false
    this.rest = ''
  }

  /** Takes the rest into messages, as many as it needs. */
  unfold(): void {
    const rest = this.rest
    this.rest = ''
    this.#maxParts = Number.POSITIVE_INFINITY
    for (let at = 0; at < rest.length; at += sliceLength) this.#take(rest.slice(at, at + sliceLength), 0)
  }

  #take(slice: string, keep: number): void {
    if (this.frozen.length === this.#maxParts) {
      this.rest += slice
      return
    }
    this.#parts = growParts(this.#parts, slice, this.#measure, keep)
    if (this.frozen.length < this.#maxParts) return
    this.rest = [...this.frozen.slice(this.#maxParts), this.live].join('')
    this.#parts = { ...noParts, frozen: this.frozen.slice(0, this.#maxParts) }
  }
}
