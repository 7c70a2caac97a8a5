import type { ChatMessage } from '#playground/vllm-server/chat-template.ts'

type Schema = Readonly<Record<string, unknown>>
type Claim = Readonly<{ kind: string; slot: string; value: string }>
type Rule = Readonly<{ hears: RegExp; claims: (found: RegExpMatchArray) => Claim }>

const style =
  (slot: string) =>
  ([words = '']: RegExpMatchArray): Claim => ({ kind: 'instruction', slot, value: words })
const told =
  (kind: string, slot: string) =>
  (found: RegExpMatchArray): Claim => ({ kind, slot, value: (found[1] ?? '').trim() })

/** What the stand-in hears people say of themselves, each in a sentence of its own. */
const rules: readonly Rule[] = [
  { hears: /\bcall me (\p{Lu}[\p{L}'’-]{0,30})/u, claims: told('instruction', 'call_me') },
  {
    hears: /\b(?:in|speak|prefer) (english|german|french|spanish)\b/i,
    claims: told('instruction', 'language'),
  },
  { hears: /\b(?:short|shorter|brief|briefer|concise)\b/i, claims: style('reply_length') },
  { hears: /\b(?:long|longer|detailed|thorough)\b(?= answers| replies)/i, claims: style('reply_length') },
  { hears: /\b(?:bullet points?|bullets|prose)\b/i, claims: style('reply_format') },
  { hears: /\bI live in (\p{Lu}[\p{L} -]{1,30})/u, claims: told('fact', 'location') },
  { hears: /\bI work as (?:an? )?([\p{L} ]{2,30})/iu, claims: told('fact', 'role') },
  { hears: /\bI (?:like|love) ([\p{L} ]{2,40})/iu, claims: told('preference', 'likes') },
]

const mostClaims = 3

/**
 * What an observer's schema asks for, out of the words between `USER TEXT:` and the reply to them: mostly that there is nothing to
 * tell. `undefined`: it is another schema.
 */
export function observerAnswer(schema: unknown, messages: readonly ChatMessage[]): Schema | undefined {
  const properties = asSchema(asSchema(schema)['properties'])
  if (!('c1_quote' in properties)) return undefined
  const nothing = Object.entries(properties).map(([name, part]) => [name, emptyOf(asSchema(part))])
  const claims = sentencesOf(messages).flatMap(claimsIn).slice(0, mostClaims)
  const filled = claims.flatMap((claim, at) =>
    Object.entries(claim).map(([name, value]) => [`c${at + 1}_${name}`, value]),
  )
  const answer = Object.fromEntries([...nothing, ...filled])
  return Object.fromEntries(Object.entries(answer).filter(([name]) => name in properties))
}

function sentencesOf(messages: readonly ChatMessage[]): readonly string[] {
  const asked = messages.findLast(({ role }) => role === 'user')?.content ?? ''
  const texts = [...asked.matchAll(/^USER TEXT:\n([\s\S]*?)(?=\n\nBOT REPLY|\s*$(?![\s\S]))/gm)].map(
    ([, text = '']) => text,
  )
  return texts.flatMap(text => text.split(/(?<=[.!?;])\s+|\n+/)).map(sentence => sentence.trim())
}

function claimsIn(sentence: string) {
  if (sentence.endsWith('?')) return []
  return rules.flatMap(({ hears, claims }) => {
    const found = sentence.match(hears)
    return found ? [{ quote: sentence, about: 'self', ...claims(found), lasts: 'permanent' }] : []
  })
}

function emptyOf(part: Schema): unknown {
  if (part['type'] === 'boolean') return false
  const choices = part['enum']
  if (!Array.isArray(choices)) return ''
  return ['none', 'other'].find(choice => choices.includes(choice)) ?? choices[0]
}

function asSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
