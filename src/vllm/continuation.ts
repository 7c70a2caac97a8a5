/** What of words that stand already goes into the prompt: a blank at its end would make the model begin a line or a word anew. */
export function sentOf(begun: string): string {
  return begun.trimEnd()
}

/**
 * Joins what a server adds to words that stand already. The blanks behind them were not sent, so the server says them
 * again: those are left out. Some servers repeat the words themselves before they go on: left out as well.
 */
export class Continuation {
  readonly #words: string
  readonly #blanks: string
  #step: 'words' | 'blanks' | 'going on'
  #held = ''

  constructor(begun: string) {
    this.#words = sentOf(begun)
    this.#blanks = begun.slice(this.#words.length)
    this.#step = this.#words.length >= leastEcho ? 'words' : 'blanks'
  }

  /** The next part of the answer; gives what of it is new. */
  push(text: string): string {
    if (this.#step === 'going on') return text
    this.#held += text
    if (this.#step === 'words' && !this.#pastWords()) return ''
    if (this.#held.trim() === '') return ''
    return this.end()
  }

  /** No more comes; gives what was held and is new. */
  end(): string {
    const held = this.#held
    this.#held = ''
    this.#step = 'going on'
    const words = held.trimStart()
    return words === '' ? '' : this.#between(held.slice(0, held.length - words.length)) + words
  }

  #pastWords(): boolean {
    if (this.#words.startsWith(this.#held)) {
      if (this.#held.length < this.#words.length) return false
      this.#held = ''
    } else if (this.#held.startsWith(this.#words)) this.#held = this.#held.slice(this.#words.length)
    this.#step = 'blanks'
    return true
  }

  /** The blanks between the standing words and the new ones, without those that stand. */
  #between(blanks: string): string {
    if (this.#blanks.startsWith(blanks)) return ''
    if (blanks.startsWith(this.#blanks)) return blanks.slice(this.#blanks.length)
    return blanks.includes('\n') && !this.#blanks.includes('\n') ? blanks : ''
  }
}

/** Shorter words may come again by chance; as many characters in a row only come from a server that repeats them. */
const leastEcho = 16
