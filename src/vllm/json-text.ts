/** The text of an answer that has to be one JSON value. */
export class JsonText {
  #text = ''
  #reasoning = ''

  add(text: string): void {
    this.#text += text
  }

  /** A server may take the whole answer for thinking: vLLM does where its parser waits for a closer that a grammar forbids. */
  think(text: string): void {
    this.#reasoning += text
  }

  get isBlank(): boolean {
    return this.#text.trim() === ''
  }

  get isWhole(): boolean {
    return isJson(this.#text)
  }

  /** The value, where it went into the thinking. */
  takeFromThinking(): string {
    if (!this.isBlank || !isJson(this.#reasoning)) return ''
    this.#text = this.#reasoning
    return this.#text
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
