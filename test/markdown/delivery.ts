import { sameText } from '#bench/delivered/same-text.ts'
import { closeOpenFences } from '#src/markdown/close-open-fences.ts'
import { growParts, noParts, type Parts } from '#src/markdown/grow-parts.ts'
import type { Measure } from '#src/markdown/split-part.ts'
import { suppressLinkPreviews } from '#src/markdown/suppress-link-previews.ts'
import { nastyAnswer, seededRandom } from '#test/support/nasty-answer.ts'

/** A platform as far as text goes: how it writes a part, how much of one message that takes, and whether it shows code as open. */
export type Platform = Readonly<{
  limit: number
  render: (part: string) => string
  measure: Measure
  isOpen?: (shown: string) => boolean
}>

export function likeDiscord(limit: number): Platform {
  const render = (part: string) => suppressLinkPreviews(closeOpenFences(part))
  return { limit, render, measure: part => render(part).length / limit }
}

export function likeSlack(limit: number): Platform {
  const render = (part: string) =>
    closeOpenFences(part).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return { limit, render, measure: part => escapedLength(closeOpenFences(part)) / limit }
}

/** The length with entities, counted: writing them for every measure would take most of the time of 10,000 answers. */
function escapedLength(text: string): number {
  return text.length + 4 * countOf('&', text) + 3 * countOf('<', text) + 3 * countOf('>', text)
}

function countOf(character: string, text: string): number {
  let count = 0
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) count += 1
  return count
}

/** The first fault in the delivery of so many random answers, each grown in random deltas. */
export function faultInAnswers(
  count: number,
  platform: Platform,
  answer: (seed: number) => string = nastyAnswer,
): unknown {
  for (let seed = 0; seed < count; seed += 1) {
    const text = answer(seed)
    const fault = faultOf(text, platform, grown(text, platform.measure, seededRandom(seed)))
    if (fault !== undefined) return { seed, fault }
  }
  return undefined
}

/** The parts after random deltas; what the whole way must keep is checked on the way. */
export function grown(text: string, measure: Measure, random: () => number, most = 24): Parts {
  let parts = noParts
  for (let at = 0; at < text.length; ) {
    const end = at + 1 + Math.floor(random() * most)
    const next = growParts(parts, text.slice(at, end), measure)
    if (next.frozen !== parts.frozen && parts.frozen.some((part, index) => part !== next.frozen[index])) {
      throw new Error(`a frozen part changed at ${at}`)
    }
    parts = next
    at = end
  }
  return growParts(parts, '', measure)
}

export function allOf({ frozen, live }: Parts): readonly string[] {
  return [...frozen, live]
}

function faultOf(text: string, { render, limit, isOpen = hasOpenFence }: Platform, parts: Parts): unknown {
  const sent = allOf(parts).map(render)
  if (sent.some(part => part.length > limit)) return 'a part is too long'
  if (sent.some(isOpen)) return 'a fence is open'
  const borders = bordersIn(text, allOf(parts))
  if (borders === undefined) return 'the parts are not the text'
  const torn = borders.find(border => tearsGrapheme(text, border, limit))
  if (torn !== undefined) return `a grapheme is torn at ${torn}`
  const same = sameText(text, sent)
  return same.same || text.trim() === '' ? undefined : same
}

/**
 * Where the parts begin in the text, found by putting them together without the lines that reopen a fence or repeat a
 * table's head; undefined if they are not the text to the letter.
 */
function bordersIn(text: string, parts: readonly string[]): readonly number[] | undefined {
  const borders: number[] = []
  let at = 0
  for (const [index, part] of parts.entries()) {
    if (index > 0) borders.push(at)
    const reopened =
      index === 0 ? 0 : ((/^[ >]*(?:`{3,}|~{3,})[^\n]*\n/.exec(part) ?? tableHead.exec(part))?.[0].length ?? 0)
    const quote = /^[ >]*/.exec(part.slice(reopened))?.[0].length ?? 0
    const added = [0, ...Array.from({ length: quote + 1 }, (_, marks) => reopened + marks)]
    const whole = added.map(length => part.slice(length)).find(words => text.startsWith(words, at))
    if (whole === undefined) return undefined
    at += whole.length
  }
  return at === text.length ? borders : undefined
}

const tableHead = /^[^\n]*\|[^\n]*\n[ >]*\|(?:[:-]--?[:-]?\|)+\n/

const segmenter = new Intl.Segmenter()

/** A grapheme that alone is nearly a message long may be torn. */
function tearsGrapheme(text: string, at: number, limit: number): boolean {
  let start = at - 1
  while (start > 0 && text.charCodeAt(start) > 0x7e) start -= 1
  const grapheme = segmenter.segment(text.slice(Math.max(start, 0), at + 8)).containing(at - Math.max(start, 0))
  const begins = grapheme === undefined || grapheme.index === at - Math.max(start, 0)
  return !begins && at - Math.max(start, 0) - grapheme.index < limit / 10
}

function hasOpenFence(part: string): boolean {
  return openFenceIn(part.replaceAll('&gt;', '>')) !== undefined
}

/** The line of a fence that is left open, read in the plainest way there is. */
export function openFenceIn(part: string): string | undefined {
  let open: { line: string; run: string; quotes: number } | undefined
  for (const line of part.split(/\r?\n/)) {
    const quotes = /^[ \t>]*/.exec(line)?.[0].replaceAll(/[ \t]/g, '').length ?? 0
    if (open && quotes < open.quotes) open = undefined
    const marks = /^((?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*)(`{3,}|~{3,})(.*)$/.exec(line)
    const [, prefix = '', run = '', info = ''] = marks ?? []
    if (!marks) continue
    if (open) {
      const closes =
        run.startsWith(open.run) && info.trim() === '' && /^[ \t>]*$/.test(prefix) && quotes === open.quotes
      if (closes) open = undefined
    } else if (prefix.length <= 32 && run.length <= 32 && !(run.startsWith('`') && info.includes('`'))) {
      open = { line, run, quotes: prefix.replaceAll(/[^>]/g, '').length }
    }
  }
  return open?.line
}
