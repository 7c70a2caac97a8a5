import { type Claim, type ClaimKind, type Slot, slots } from '#src/core/claim.ts'
import type { MessageId } from '#src/core/ids.ts'
import { hasCanary } from './canaries.ts'
import { type Clause, clausesOf } from './clauses.ts'
import { fold, originalSpan, type Span, wordsOf } from './fold.ts'
import { ownWords } from './own-words.ts'
import { isPlausible } from './plausible.ts'
import { type Saying, sayingsIn } from './recognise.ts'
import { sensitiveKind } from './sensitive.ts'
import { contentWords, isIntroduction, isName, isPlainValue } from './value.ts'

/** What somebody said, as the platform gave it. */
export type HeardMessage = Readonly<{ id: MessageId; text: string }>

/** What a model takes for a claim. */
export type ProposedClaim = Readonly<{
  quote: string
  about: 'self' | 'other_person' | 'bot' | 'world' | 'none'
  kind: ClaimKind | 'none'
  slot: Slot | 'none'
  value: string
  lasts: 'permanent' | 'months' | 'days' | 'now'
}>

/** Why a proposed claim was not believed. */
export type Doubt =
  | 'empty'
  | 'not about them'
  | 'not their words'
  | 'not a plain statement'
  | 'value not in the words'
  | 'sensitive'

export type Verdict = Readonly<{ claim: Claim } | { doubt: Doubt }>

/**
 * The claim, if the person's own words prove it. Nothing is taken from the model but a hint where to look and which words are
 * meant: that the person says so, in earnest and of themself, is read off the message by fixed patterns.
 */
export function validateClaim(proposed: ProposedClaim, heard: readonly HeardMessage[]): Verdict {
  const { slot, quote, value } = proposed
  if (slot === 'none' || quote.trim() === '') return { doubt: 'empty' }
  if (!isAboutSelf(proposed)) return { doubt: 'not about them' }
  if (hasCanary(fold(quote).text) || hasCanary(fold(value).text)) return { doubt: 'not their words' }
  const found = heard.flatMap(message => placesOf(quote, message).map(span => ({ message, span })))
  if (found.length === 0) return { doubt: 'not their words' }
  let doubt: Doubt = 'not a plain statement'
  for (const { message, span } of found) {
    for (const clause of clausesOf(message)) {
      for (const statement of sayingsIn(clause, slot)) {
        if (!overlap(statement.span, span)) continue
        const verdict = weigh(statement, proposed, message, span)
        if ('claim' in verdict) return verdict
        doubt = verdict.doubt
      }
    }
  }
  return { doubt }
}

function isAboutSelf({ about, kind }: ProposedClaim): boolean {
  return (
    about === 'self' || (about === 'bot' && (kind === 'instruction' || kind === 'preference' || kind === 'dislike'))
  )
}

/** Where the quote stands among the person's own words; at least two words of it. */
function placesOf(quote: string, message: HeardMessage): readonly Span[] {
  const wanted = fold(quote.trim().replace(/^["'“”«»„]+|["'“”«»„]+$/gu, '')).text.replace(
    /^[\s.,!?;:]+|[\s.!?;:,]+$/g,
    '',
  )
  const own = fold(ownWords(message.text))
  // One word is proof when they said no other.
  if (!isLongEnough(wanted) && own.text.replace(/[^\p{L}\p{N}]/gu, '') !== wanted) return []
  const spans: Span[] = []
  for (let at = own.text.indexOf(wanted); at >= 0; at = own.text.indexOf(wanted, at + 1)) {
    if (isWhole(own.text, at, at + wanted.length)) spans.push(originalSpan(own, at, at + wanted.length))
  }
  return spans
}

/** Scripts without spaces count by their letters. */
function isLongEnough(folded: string): boolean {
  const letters = folded.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/gu)?.length ?? 0
  return wordsOf(folded).length >= 2 || letters >= 4
}

function isWhole(text: string, start: number, end: number): boolean {
  const letter = /[\p{L}\p{N}]/u
  return (
    !(letter.test(text[start - 1] ?? '') && letter.test(text[start] ?? '')) &&
    !(letter.test(text[end - 1] ?? '') && letter.test(text[end] ?? ''))
  )
}

function overlap(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end
}

function weigh(statement: Saying, proposed: ProposedClaim, message: HeardMessage, quoted: Span): Verdict {
  const value = statement.value ?? meantValue(statement, proposed, message, quoted)
  if (value === undefined) return { doubt: 'value not in the words' }
  const claim = claimOf(statement, value, message, quoted, 'model')
  if (claim === undefined) return { doubt: 'sensitive' }
  const { kind } = proposed
  return {
    claim: {
      ...claim,
      kind: kind === 'correction' || kind === 'temporary' ? kind : statement.kind,
      lastsMs: lastsMs(proposed),
    },
  }
}

/** The value as the person wrote it, if all of its words are theirs and stand where the statement has its value. */
function meantValue(
  statement: Saying,
  { value }: ProposedClaim,
  message: HeardMessage,
  quoted: Span,
): string | undefined {
  if (!isPlainValue(value)) return undefined
  const wanted = contentWords(fold(value).text)
  const tail = contentWords(statement.tail)
  const quote = new Set(wordsOf(fold(message.text.slice(quoted.start, quoted.end)).text))
  const near = new Set(wordsOf(`${statement.clause.text.slice(0, statement.tailStart)} ${statement.tail}`))
  const first = tail.findIndex(word => wanted.includes(word))
  if (wanted.length === 0 || first < 0 || first > furthest) return undefined
  if (!wanted.every(word => quote.has(word) && near.has(word))) return undefined
  const written = withoutArticle(asWritten(value, statement.clause, message.text), statement.slot)
  return isFit(statement, written, message.text) ? written : undefined
}

/** "A small startup" and "small startup" are one value. */
function withoutArticle(value: string, slot: Slot): string {
  return slot === 'call_me' ? value : value.replace(/^(?:an?|the|une?|eine?[nmr]?) (?=\S)/i, '')
}

/** Plain words, and such as can stand in that slot. */
export function isFit({ slot, sure, clause, tail, tailStart }: Saying, written: string, message: string): boolean {
  if (!isPlainValue(written) || (slot === 'call_me' && !isName(written, message))) return false
  if (slot === 'call_me' && !sure && !isIntroduction(message)) return false
  return isPlausible(slot, written, { lead: clause.text.slice(0, tailStart), tail, message })
}

/** A value further from the verb than this many words is another's. */
const furthest = 4

/** In the person's own spelling where the words stand together. */
export function asWritten(value: string, { text, place }: Clause, message: string): string {
  const wanted = fold(value).text.replace(/^[\s.,!?;:]+|[\s.,!?;:]+$/g, '')
  const at = text.indexOf(wanted)
  const written = at < 0 ? value : message.slice(place.starts[at], place.ends[at + wanted.length - 1])
  return written
    .normalize('NFKC')
    .replace(/[\p{Cf}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The claim with its proof; `undefined` when it touches on what is never kept. */
export function claimOf(
  statement: Saying,
  value: string,
  message: HeardMessage,
  quoted: Span,
  source: Claim['source'],
): Claim | undefined {
  const { slot, kind, polarity, sure, clause, span } = statement
  const { sensitivity } = slots[slot]
  const cut = (at: Span) => message.text.slice(at.start, at.end)
  // Somebody may be called Rich or Faith; "I'm gay" tells no name.
  const isNamed = slot === 'call_me' && sure
  const isTouchy = (text: string) => sensitiveKind(isNamed ? text.replaceAll(value, ' ') : text) !== 'none'
  const proof = isTouchy(cut(quoted)) || quoted.end - quoted.start > longestQuote ? span : quoted
  const quote = cut(proof)
  if (isTouchy(quote) || (sensitivity !== 'S0' && isTouchy(clause.sentence))) return undefined
  if (sensitivity === 'S0' && isTouchy(value)) return undefined
  // What they told may need the rest of the message to be understood, and then says what that says.
  if (sensitivity === 'S2' && isTouchy(ownWords(message.text))) return undefined
  const { start } = proof
  return {
    kind,
    slot,
    value,
    polarity,
    quote,
    start,
    length: quote.length,
    message: message.id,
    sensitivity,
    lastsMs: undefined,
    source,
  }
}

const longestQuote = 160

function lastsMs({ kind, lasts }: ProposedClaim): number | undefined {
  switch (lasts) {
    case 'permanent':
      return kind === 'temporary' ? days * 7 : undefined
    case 'months':
      return days * 90
    case 'days':
      return days * 7
    case 'now':
      return days / 2
    default:
      return lasts satisfies never
  }
}

const days = 86_400_000
