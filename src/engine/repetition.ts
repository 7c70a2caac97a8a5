/** A loop is looked for whenever so many characters have come. */
const lookEvery = 256

/** Follows a text as it grows, until it begins to say the same over and over. */
export class LoopWatch {
  #looked = 0
  #firstCopy: string | undefined

  /** The text up to the end of what is said over and over, said once. */
  get firstCopy(): string {
    return this.#firstCopy ?? ''
  }

  isIn(text: string): boolean {
    if (this.#firstCopy !== undefined || text.length - this.#looked < lookEvery) return this.#firstCopy !== undefined
    this.#looked = text.length
    const length = repetition(text)
    if (length !== undefined) this.#firstCopy = text.slice(0, length)
    return length !== undefined
  }
}

/** Only the end of a text is looked at: a loop is what a model does not come out of. */
const reach = 4_000
/** The same words so often, over so many characters, are no style any more: lists, data and a hundred lines repeat less. */
const leastCopies = 8
const leastLength = 1_600
/** So much of the end is looked for before it: few characters come again by chance. */
const leastEcho = 32

/**
 * Where the text began to say the same over and over: the length up to the end of its first copy; `undefined` if it does
 * not. Linear in the reach (the prefix function of Knuth, Morris and Pratt over the reversed end of the text).
 */
export function repetition(text: string): number | undefined {
  const tail = text.slice(-reach)
  if (!saysItsEndAgain(tail)) return undefined
  const at = (i: number) => tail.charCodeAt(tail.length - 1 - i)
  const border = new Uint16Array(tail.length)
  let found: { length: number; period: number } | undefined
  for (let i = 1, matched = 0; i < tail.length; i++) {
    while (matched > 0 && at(i) !== at(matched)) matched = border[matched - 1] ?? 0
    if (at(i) === at(matched)) matched++
    border[i] = matched
    const length = i + 1
    const period = length - matched
    if (length >= leastLength && length >= period * leastCopies) found = { length, period }
  }
  if (found === undefined || (found.length < reach && isDrawn(tail.slice(-found.period)))) return undefined
  return text.length - found.length + found.period
}

/** What is said over and over ends as it ended one copy before; most that is said does not, and a search tells that at once. */
function saysItsEndAgain(tail: string): boolean {
  const longestPeriod = Math.floor(reach / leastCopies)
  const end = tail.slice(-leastEcho)
  const before = tail.slice(-longestPeriod - leastEcho, -1)
  return tail.length >= leastLength && before.includes(end)
}

/** Dots, rules, blanks, numbers and rows of a table are drawn, not said: they may be as long as they are wide. */
function isDrawn(period: string): boolean {
  return !/\p{L}{2}/u.test(period) || /[|<>{}[\];]|^ {4}|\d,/.test(period)
}
