import { type Claim, type ClaimKind, type Slot, slots } from '#src/core/claim.ts'
import { aboutTriggers } from './about-triggers.ts'
import type { Clause } from './clauses.ts'
import type { Span } from './fold.ts'
import { languageCode, timezoneName } from './named-values.ts'
import { styleTriggers } from './style-triggers.ts'
import { styleWishesIn } from './style-words.ts'
import type { Trigger } from './triggers.ts'
import { isOwnThing, tailOf } from './value.ts'

/** What a clause says, and how it says it. */
export type Saying = Readonly<{
  slot: Slot
  kind: ClaimKind
  polarity: Claim['polarity']
  sure: boolean
  /** The value, where code knows it; else it is among the words of the tail. */
  value: string | undefined
  /** The words that can be the value, folded, and where in the clause they begin. */
  tail: string
  tailStart: number
  clause: Clause
  /** In the message: from the begin of the clause to the end of what was understood. */
  span: Span
}>

/** What the clause says in that slot, or in any; the surest reading first. */
export function sayingsIn(clause: Clause, slot?: Slot): readonly Saying[] {
  return [
    ...byPattern(clause, styleTriggers, slot),
    ...byWords(clause, slot),
    ...byPattern(clause, aboutTriggers, slot),
  ]
}

function byPattern(clause: Clause, triggers: readonly Trigger[], slot?: Slot): readonly Saying[] {
  return triggers.flatMap(trigger => (slot === undefined || trigger.slot === slot ? (read(clause, trigger) ?? []) : []))
}

/** A wish whose words say nothing else, up to where another thing begins. */
function byWords(clause: Clause, slot?: Slot): readonly Saying[] {
  if (clause.isQuestion && !asksKindly.test(clause.text)) return []
  const piece = clause.text.split(/ ?[,:;()]| -+ | (?:but|because|aber|weil|mais|pero) /, 1)[0] ?? ''
  return styleWishesIn(piece).flatMap(({ slot: its, value, polarity }) => {
    const trigger: Trigger = { slot: its, kind: 'instruction', pattern: anything, value, polarity, sure: true }
    if ((slot !== undefined && its !== slot) || isOfSomethingElse(clause, trigger, piece)) return []
    return [statement(clause, trigger, piece, value, '', 0)]
  })
}

const anything = /^/

function read(clause: Clause, trigger: Trigger): Saying | undefined {
  if (clause.isQuestion && (trigger.kind !== 'instruction' || !asksKindly.test(clause.text) || !isStyle(trigger.slot)))
    return undefined
  if (trigger.isClipped && clause.hasOthers) return undefined
  const match = trigger.pattern.exec(clause.text)
  if (!match || isOfSomethingElse(clause, trigger, match[0])) return undefined
  const said = trigger.slot === 'open' ? match[0] : Object.values(match.groups ?? {}).find(words => words !== undefined)
  if (trigger.value !== undefined || said === undefined)
    return statement(clause, trigger, match[0], trigger.value, '', 0)
  const tailStart = match[0].indexOf(said, Math.max(0, match[0].length - said.length - 40))
  const behind = clause.text.slice(tailStart)
  if (takenBack.test(behind) || thoughtBetter.test(behind)) return undefined
  const tail = tailOf(said)
  const value = normalised(trigger.slot, said)
  if (value === null || (value === undefined && (!isOwnThing(tail) || denied.test(tail)))) return undefined
  return statement(clause, trigger, match[0].slice(0, tailStart + tail.length), value, tail, tailStart)
}

/**
 * What comes behind the value makes it a saying or a picture: "… is a phrase that I never use", "… was the answer", "… as much as the flu",
 * "… the way cats love baths", "… until I taste it", "… in my head", "… on TV".
 */
const takenBack = new RegExp(
  [
    String.raw`^(?:(?! (?:and|but|because|since|which|that|und|aber|weil|et|mais|y|pero) |,).){1,40} (?:is|was|were|sounds|ist|war|est|es) (?:an?|the|what|how|one|just|not|never|no|something|nothing|ein|eine|der|die|das|un|une|la|le|el|una)\b`,
    String.raw` (?:as (?:much|little) as (?!possible|i can|you can)|tanto como|autant que|so sehr wie|less than (?:ever|before)|the way \w+ (?:love|like|hate|enjoy)s?)\b`,
    ' (?:until i (?:taste|try|see|smell|have|get|hear|open|use)|only (?:at|under) |at gunpoint|when forced|against my will)',
    String.raw` (?:in my (?:head|dreams?|mind|imagination|fantas(?:y|ies))|on (?:tv|stage|paper)|in (?:the |this |that |my |a )?(?:[\w-]+ )?(?:simulators?|sims|video ?games?))$`,
  ].join('|'),
)

/** What they said is no longer so, or they put it right in the same breath: "…, or rather Ghent", "…, well, used to", "… no longer". */
const thoughtBetter = new RegExp(
  [
    String.raw`^(?:(?! (?:and|but|because|since|und|aber|weil|et|mais|y|pero) |,).){1,40} (?:no longer|no more(?! than)|any ?more|nicht mehr|non plus|ya no)\b`,
    String.raw`(?:,| -+|\()[ ,]*(?:(?:well|oh|ach|hm+|actually|bueno|enfin|eh|naja|na ja)[ ,]+)*(?:wait|nope|or rather|rather|scratch that|strike that|make that|i mean|i meant|correction|oops|used to|formerly|no(?:$|,| wait| longer| more(?! than))|not (?:any ?more|really|now|since|actually)|until (?:last|recently|yesterday)|at least (?:until|till|i (?:did|was|used))|(?:or )?(?:did|was)\b|or (?:did|was|used to|once|\w+ed (?:it|there|so)\b)|das heisst|besser gesagt|beziehungsweise|bzw|quatsch|nein|fruher|nicht mehr|non$|non,|pardon|plutot|je veux dire|plus maintenant|avant$|perdon|digo|mejor dicho|ya no|antes$|vivia|trabajaba|era$)`,
    String.raw`,? (?:but|though|aber|mais|pero) (?:not (?:since|any ?more|now|really)|only (?:as a joke|on paper|for fun and)|nicht mehr|plus maintenant|ya no)\b`,
  ].join('|'),
)

/** A denial that comes behind, as it does in German. */
const denied = /\s(?:nicht|gar nicht|keineswegs)(?:\s|$)/

/** How a text shall be that they ask for, or how a thing is that they talk of, is nothing for the next replies. */
function isOfSomethingElse({ text, isOfTask, isOpening }: Clause, { slot, kind }: Trigger, said: string): boolean {
  if (kind !== 'instruction' || !isStyle(slot)) return false
  // "In German please: ..." is about the words behind it.
  if (slot === 'language' && /^[^:]{0,20}:(?: |$)/.test(text.slice(said.length))) return true
  return (
    (isOfTask && !lasting.test(text)) || (!isOpening && slot === 'reply_length' && /^(?:that|this|it)\b/.test(said))
  )
}

/** Beyond the text that is asked for. */
const lasting =
  /\b(?:always|never|from now on|in (?:the )?future|in general|generally|every time|answers?|repl(?:y|ies)|responses?|respond|talk|speak|chat|with me|to me|your?|i (?:really |always )?(?:prefer|like|love|hate|dislike)|immer|nie|antworte?n?|toujours|jamais|reponses|siempre|nunca|respuestas)\b/

/** `undefined`: the words are the value. `null`: they are none of this slot. */
function normalised(slot: Slot, said: string): string | undefined | null {
  if (slot === 'language') return languageCode(said) ?? null
  if (slot === 'timezone') return timezoneName(said) ?? null
  if (slot === 'pronouns') return said.replace(/\s*\/\s*/g, '/')
  return undefined
}

function statement(
  clause: Clause,
  { slot, kind, polarity, sure }: Trigger,
  said: string,
  value: string | undefined,
  tail: string,
  tailStart: number,
): Saying {
  const { starts, ends } = clause.place
  const span = { start: starts[0] ?? 0, end: ends[Math.max(0, said.trimEnd().length - 1)] ?? 0 }
  const isWish = kind === 'instruction' && isStyle(slot) && wishes.test(clause.text)
  const meant = isWish ? (polarity === 1 ? 'preference' : 'dislike') : kind
  return { slot, kind: meant, polarity, sure, value, tail, tailStart, clause, span }
}

function isStyle(slot: Slot): boolean {
  return slots[slot].sensitivity === 'S0'
}

const asksKindly =
  /^(?:please |bitte )?(?:(?:can|could|would|will) (?:you|u)|(?:kannst|konntest) du|tu peux|peux-tu|puedes)\b/
/** A liking rather than an order: it fades where an order does not. */
const wishes = /^(?:i (?!want you|need you)|i'?d |i'?m |ich |j'|je |me |prefiero|odio|no me )/
