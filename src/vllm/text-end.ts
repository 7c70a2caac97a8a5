/** What matters of the end of a text that grows, so that nobody has to keep the text: the line that it stands in, and code around it. */
export class TextEnd {
  /** Code fences that stand in the lines so far. */
  #fences = 0
  #lineBegin = ''
  #ticks = 0
  #isBlank = true

  /** The text ends inside a code fence or behind an open backtick. */
  get isInCode(): boolean {
    return (this.#fences + Number(fence.test(this.#lineBegin))) % 2 === 1 || this.#ticks % 2 === 1
  }

  /** Nothing but blanks stands in its last line. */
  get isBlankLine(): boolean {
    return this.#isBlank
  }

  push(text: string): void {
    let from = 0
    for (let to = text.indexOf('\n'); to !== -1; to = text.indexOf('\n', from)) {
      this.#grow(text.slice(from, to))
      if (fence.test(this.#lineBegin)) this.#fences += 1
      this.#lineBegin = ''
      this.#ticks = 0
      this.#isBlank = true
      from = to + 1
    }
    this.#grow(from === 0 ? text : text.slice(from))
  }

  /** The end as it would be behind that text. */
  after(text: string): TextEnd {
    const end = new TextEnd()
    end.#fences = this.#fences
    end.#lineBegin = this.#lineBegin
    end.#ticks = this.#ticks
    end.#isBlank = this.#isBlank
    end.push(text)
    return end
  }

  #grow(line: string): void {
    if (this.#lineBegin.length < fenceLength) this.#lineBegin += line.slice(0, fenceLength - this.#lineBegin.length)
    this.#isBlank &&= line.trim() === ''
    for (let at = line.indexOf('`'); at !== -1; at = line.indexOf('`', at + 1)) this.#ticks += 1
  }
}

const fence = /^ {0,3}(?:```|~~~)/
/** Three blanks and three marks. */
const fenceLength = 6
