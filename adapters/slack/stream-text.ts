import { fencesIn } from '#src/markdown/fences.ts'
import { neutralise } from './neutralise.ts'

/**
 * A text as a native stream shows it. A stream cannot say that its links get no preview, so an address that the asker did
 * not write is shown as code, which is never fetched.
 */
export function streamText(text: string, allowed: ReadonlySet<string>): string {
  return transform(text, allowed, text.length)
}

/**
 * As much of it as stays the same whatever comes next: a stream takes nothing back. Held back are blanks at the end, an
 * address that may go on, and one of which the next letters say whether it stands in code.
 */
export function settledStreamText(text: string, allowed: ReadonlySet<string>): string {
  const begun = text.trimStart()
  const end = unsettledTail.exec(begun)?.index ?? begun.length
  const { settledUntil } = addressesIn(begun)
  return transform(begun, allowed, Math.min(end, settledUntil)).trimEnd()
}

/** The addresses that somebody wrote. */
export function addressesOf(text: string): ReadonlySet<string> {
  return new Set(addressesIn(text).found.map(({ start, end }) => text.slice(start, end)))
}

/** What may still become an address, a link in brackets, an escape or a whole character. */
const unsettledTail =
  /(?:(?<![a-z0-9])(?:h|ht|htt|https?|https?:\/{0,2}|w{1,3}\.?)|<[^\s<>|]{0,300}|&#?\w{0,30}|\s+|[\uD800-\uDBFF])$/i

type Address = Readonly<{ start: number; end: number }>

function transform(text: string, allowed: ReadonlySet<string>, until: number): string {
  let shown = ''
  let at = 0
  for (const { start, end } of addressesIn(text).found) {
    if (end > until) break
    const address = text.slice(start, end)
    if (allowed.has(address)) continue
    const inBrackets = text[start - 1] === '<' && text[end] === '>' && end < until
    const from = inBrackets ? start - 1 : start
    // Two backticks in a row would open code of another kind.
    const gap = text[from - 1] === '`' ? ' ' : ''
    shown += `${neutralise(text.slice(at, from))}${gap}\`${neutralise(address)}\``
    at = inBrackets ? end + 1 : end
  }
  return shown + neutralise(text.slice(at, until))
}

/** The addresses outside of code, and how far it is sure that these are they. */
function addressesIn(text: string): Readonly<{ found: readonly Address[]; settledUntil: number }> {
  if (!/:\/\/|www\./i.test(text)) return { found: [], settledUntil: text.length }
  const found: Address[] = []
  let settledUntil = text.length
  let at = 0
  const stretches = [...fencesIn(text), { start: text.length, end: text.length }]
  for (const { start, end } of stretches) {
    const stretch = inRunningText(text, at, start)
    found.push(...stretch.found)
    settledUntil = Math.min(settledUntil, stretch.settledUntil)
    // A backtick in the line that opens a fence, and it is none.
    if (!text.includes('\n', start)) settledUntil = Math.min(settledUntil, firstAddress(text, start))
    at = end
  }
  return { found, settledUntil }
}

const marks = /`+|(?<![a-z0-9])(?:https?:\/\/|www\.)(?=[^\s<>|`"])/gi

function inRunningText(text: string, from: number, to: number): ReturnType<typeof addressesIn> {
  const found: Address[] = []
  let settledUntil = text.length
  let past = from
  let openCode = false
  for (const mark of text.slice(from, to).matchAll(marks)) {
    const start = from + mark.index
    if (start < past) continue
    if (mark[0].startsWith('`')) {
      const code = codeEnd(text, start, mark[0].length, to)
      past = code.end
      openCode ||= code.open
      // One more backtick, and it would be no code.
      if (!code.open && code.end === text.length) settledUntil = Math.min(settledUntil, firstAddress(text, start))
      continue
    }
    const end = addressEnd(text, start + mark[0].length, to)
    past = end
    found.push({ start, end })
    // An address at the very end may go on, one behind an open backtick may turn out to be code.
    if (openCode || end >= text.length || isTrailing(text, end))
      settledUntil = Math.min(settledUntil, withBracket(text, start))
  }
  return { found, settledUntil }
}

/** Where the first address from there on begins, or what may be one. */
function firstAddress(text: string, from: number): number {
  const found = text.slice(from).search(/(?<![a-z0-9])(?:https?:\/\/|www\.)/i)
  return found === -1 ? text.length : withBracket(text, from + found)
}

/** A bracket around an address goes with it. */
function withBracket(text: string, address: number): number {
  return text[address - 1] === '<' ? address - 1 : address
}

/** Where code that begins here ends. `open`: no closer yet, but its paragraph goes on, so one may come. */
function codeEnd(text: string, start: number, length: number, to: number): Readonly<{ end: number; open: boolean }> {
  const after = start + length
  const blank = text.slice(after, to).search(/\n[ \t]*\n/)
  const until = blank === -1 ? to : after + blank
  for (const run of text.slice(after, until).matchAll(/`+/g)) {
    if (run[0].length === length) return { end: after + run.index + length, open: false }
  }
  return { end: after, open: until === text.length }
}

/** Without a bracket that it did not open, and without the punctuation of the sentence around it. */
function addressEnd(text: string, from: number, to: number): number {
  let round = 0
  let end = from
  for (; end < to && /[^\s<>|`"]/.test(text[end] ?? ''); end += 1) {
    if (text[end] === '(') round += 1
    else if (text[end] === ')' && --round < 0) break
  }
  while (end > from && /[.,:;!?'*_~\]]/.test(text[end - 1] ?? '')) end -= 1
  return end
}

/** Only punctuation follows up to the end: with one more letter it belongs to the address. */
function isTrailing(text: string, end: number): boolean {
  return /^[.,:;!?'*_~\]]*$/.test(text.slice(end, end + 20))
}
