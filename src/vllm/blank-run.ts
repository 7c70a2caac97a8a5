/**
 * Tells when an answer is lost in blanks: a grammar allows white space between any two tokens of JSON, and a model can
 * write it until its tokens are used up.
 */
export class BlankRun {
  readonly #json: boolean
  #length = 0
  #inString = false
  #escaped = false

  constructor(json: boolean) {
    this.#json = json
  }

  /** The next part of the answer. True: nothing more is to be hoped for. */
  push(text: string): boolean {
    if (!this.#json && text.charCodeAt(text.length - 1) > lastBlank) {
      this.#length = 0
      return false
    }
    const words = text.trimEnd()
    this.#length = words === '' ? this.#length + text.length : text.length - words.length
    if (!this.#json) return this.#length > longestBlank
    this.#follow(text)
    return !this.#inString && this.#length > longestBlankInJson
  }

  #follow(text: string): void {
    for (const character of text) {
      if (this.#escaped) this.#escaped = false
      else if (character === '\\') this.#escaped = this.#inString
      else if (character === '"') this.#inString = !this.#inString
    }
  }
}

/** Above it are words, and blanks that nobody meets in a loop: each token of an answer comes by here. */
const lastBlank = 0x20
/** An indented table or a drawing has lines of a hundred. */
const longestBlank = 1_000
/** Ten levels of indentation. */
const longestBlankInJson = 40
