import { fencesIn } from './fences.ts'

/**
 * Wraps every bare web address of a markdown text, also a link's target, in angle brackets: Discord shows it without
 * fetching it for a preview. Code stays as it is, and so does what is wrapped already. An address that is still growing
 * at the end is wrapped as it stands.
 */
export function suppressLinkPreviews(text: string): string {
  if (!text.includes('://')) return text
  let shown = ''
  let at = 0
  for (const { start, end } of fencesIn(text)) {
    shown += wrapAddresses(text.slice(at, start)) + text.slice(start, end)
    at = end
  }
  return shown + wrapAddresses(text.slice(at))
}

function wrapAddresses(text: string): string {
  const codeEnd = codeFinder(text)
  let shown = ''
  let copied = 0
  let past = 0
  for (const mark of text.matchAll(/`+|https?:\/\//gi)) {
    const at = mark.index
    if (at < past) continue
    if (mark[0].startsWith('`')) {
      past = codeEnd(at, mark[0].length)
      continue
    }
    const wrapped = wrappedLength(text, at)
    past = wrapped > 0 ? at + wrapped : addressEnd(text, at, at + mark[0].length)
    if (wrapped > 0 || past <= at + mark[0].length) continue
    // A backslash would take the bracket's meaning away; one more bracket takes the backslash's.
    shown += `${text.slice(copied, at)}${text[at - 1] === '\\' ? '<<' : '<'}${text.slice(at, past)}>`
    copied = past
  }
  return shown + text.slice(copied)
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
