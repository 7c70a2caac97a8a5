export type Address = Readonly<{ start: number; end: number }>

/** The web addresses outside of code and of angle brackets in a text without code fences, also one that still grows. */
export function addressesIn(text: string): readonly Address[] {
  if (!text.includes('://')) return []
  const codeEnd = codeFinder(text)
  const found: Address[] = []
  let past = 0
  for (const mark of text.matchAll(/`+|https?:\/\//gi)) {
    const start = mark.index
    if (start < past) continue
    const from = start + mark[0].length
    if (mark[0].startsWith('`')) {
      past = codeEnd(start, mark[0].length)
      continue
    }
    const wrapped = wrappedLength(text, start)
    past = wrapped > 0 ? start + wrapped : addressEnd(text, start, from)
    if (wrapped === 0 && past > from) found.push({ start, end: past })
  }
  return found
}

/**
 * Finds where code that begins with a run of backticks ends, or the run's own end if it begins none. What is not surely
 * code counts as none, so that its addresses are wrapped: a run after a backslash, or one closed in another block only.
 */
function codeFinder(text: string): (at: number, length: number) => number {
  // Where a search for a closer of that length gave up: looking again before that is of no use.
  const noneUntil = new Map<number, number>()
  return (at, length) => {
    const after = at + length
    if (text[at - 1] === '\\' || after < (noneUntil.get(length) ?? 0)) return after
    const end = blockEnd(text, after)
    for (const run of text.slice(after, end).matchAll(/`+/g)) {
      if (run[0].length === length) return after + run.index + length
    }
    noneUntil.set(length, end)
    return after
  }
}

const blockStart = /\n(?=[ \t]*(?:\r?\n|[-+*>]|\d{1,9}[.)]|#{1,6}\s|$))/g

function blockEnd(text: string, from: number): number {
  blockStart.lastIndex = from
  return blockStart.exec(text)?.index ?? text.length
}

/** Where an address ends: without a bracket that it did not open and without the punctuation of the sentence around it. */
function addressEnd(text: string, start: number, from: number): number {
  let round = 0
  let square = 0
  let end = from
  // Where no space ends a sentence, its mark ends the address.
  for (; end < text.length && /[^\s<>|`"\p{Cc}。、，；！？「」『』（）【】]/u.test(text[end] ?? ''); end += 1) {
    if (text[end] === '(') round += 1
    else if (text[end] === '[') square += 1
    else if (text[end] === ')' && --round < 0) break
    else if (text[end] === ']' && --square < 0) break
  }
  // A link's target may end in whatever it likes: its bracket closes it.
  if (text[end] === ')' && /\]\(\s*$/.test(text.slice(Math.max(0, start - 8), start))) return end
  // A backslash belongs to the mark behind it.
  while (end > from && /[.,:;!?'*_~\\]/.test(text[end - 1] ?? '')) end -= 1
  return end
}

/** The length of an address that is in angle brackets already, or 0. */
function wrappedLength(text: string, at: number): number {
  if (text[at - 1] !== '<' || text[at - 2] === '\\') return 0
  return /^[^\s<>]+(?=>)/.exec(text.slice(at))?.[0].length ?? 0
}
