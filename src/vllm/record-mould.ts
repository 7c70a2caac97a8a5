import { readRecord } from './wire.ts'

/**
 * What the records of one answer have in common: all that stands around their words, to the letter. A record that fits is read
 * by comparing, without parsing what is the same a thousand times over; any other is read as the first one was.
 */
export class RecordMould {
  /** It read a record. */
  isProven = false
  readonly #head: string
  readonly #tail: string

  /** The mould of a record, if it says these words and nothing else; proven by reading it with other words in their place. */
  static of(data: string, words: string): RecordMould | undefined {
    const at = data.lastIndexOf(`"${words}"`) + 1
    // A record of several lines is put together: its letters are not those that came.
    if (at === 0 || data.includes('\n')) return undefined
    const [before, behind] = [data.slice(0, at), data.slice(at + words.length)]
    const others = `${words}.`
    const [event, ...more] = readRecord(before + others + behind) ?? []
    const says = event?.type === 'text' && event.text === others && more.length === 0
    return says ? new RecordMould(`data: ${before}`, `${behind}\n\n`) : undefined
  }

  private constructor(head: string, tail: string) {
    this.#head = flat(head)
    this.#tail = flat(tail)
  }

  /** The words of the record that begins at that place, where no record is under way; `undefined` if it has another form. */
  read(input: string, at: number): string | undefined {
    const from = at + this.#head.length
    // V8 compares whole strings several times as fast as `startsWith` does.
    if (input.slice(at, from) !== this.#head) return undefined
    const to = input.indexOf('"', from)
    if (to <= from || input.slice(to, to + this.#tail.length) !== this.#tail) return undefined
    const words = input.slice(from, to)
    if (!standsForItself(words)) return undefined
    this.isProven = true
    return words
  }

  /** How much of the input a record with these words takes. */
  lengthWith(words: string): number {
    return this.#head.length + words.length + this.#tail.length
  }
}

/** Of signs that JSON may hold as they are: no escape, no control character. */
function standsForItself(words: string): boolean {
  for (let at = 0; at < words.length; at += 1) {
    const unit = words.charCodeAt(at)
    if (unit === backslash || unit < firstPrintable) return false
  }
  return true
}

const backslash = 0x5c
const firstPrintable = 0x20

/** In one piece of its own: what is a slice of another text takes longer to compare. */
function flat(text: string): string {
  return Buffer.from(text).toString()
}
