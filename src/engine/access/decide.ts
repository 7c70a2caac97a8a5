import type { Limits, Rule } from '#src/core/access.ts'
import type { MessageEvent } from '#src/core/event.ts'
import { type Judgement, judge } from './judge.ts'

/** What is known when something is said. */
export type Law = Readonly<{
  /** Of whoever runs Aeries. */
  house: readonly Rule[]
  /** Of the workspace's admins. */
  workspace: readonly Rule[]
  /** An admin lets Aeries read along there. */
  listens: boolean
  limits: Limits
}>

/** What somebody asked before: when each limit lets them ask again, if it does not now; what all have spent. */
export type Strain = Readonly<{
  minuteUntil: Date | undefined
  dayUntil: Date | undefined
  isBudgetSpent: boolean
}>

export const noStrain: Strain = { minuteUntil: undefined, dayUntil: undefined, isBudgetSpent: false }

/** Why somebody gets no answer, with what they may be told of it. */
export type Refusal =
  | Readonly<{ why: 'minute' | 'day'; limit: number; until: Date }>
  | Readonly<{ why: 'length'; limit: number; characters: number }>
  | Readonly<{ why: 'budget' }>
  | Readonly<{ why: Exclude<Judgement, 'allowed' | 'denied'> }>

/**
 * `heard`: it gets an answer. `kept`: it is history, and nobody answers. `refused`: kindly, now and then. `silent`: as if
 * it had not been said.
 */
export type Decision = Readonly<{ is: 'heard' | 'kept' | 'silent' } | { is: 'refused'; refusal: Refusal }>

type Said = Pick<MessageEvent, 'person' | 'place'> &
  Readonly<{ message: Pick<MessageEvent['message'], 'addressed' | 'text'> }>

/** What becomes of a message. The whole of it, in one place, and pure: rules, then limits. */
export function decide({ person, place, message }: Said, law: Law, strain: Strain): Decision {
  if (!message.addressed && !law.listens) return { is: 'silent' }
  const judgement = judge(person, place, law.house, law.workspace)
  if (judgement === 'denied') return { is: 'silent' }
  if (!message.addressed) return { is: judgement === 'allowed' ? 'kept' : 'silent' }
  if (judgement !== 'allowed') return { is: 'refused', refusal: { why: judgement } }
  const refusal = overLimit(message.text.length, law.limits, strain)
  return refusal ? { is: 'refused', refusal } : { is: 'heard' }
}

/** The first limit that stands in the way. */
export function overLimit(
  characters: number,
  { perMinute, perDay, characters: most }: Limits,
  { minuteUntil, dayUntil, isBudgetSpent }: Strain,
): Refusal | undefined {
  if (most > 0 && characters > most) return { why: 'length', limit: most, characters }
  if (isBudgetSpent) return { why: 'budget' }
  if (dayUntil) return { why: 'day', limit: perDay, until: dayUntil }
  return minuteUntil && { why: 'minute', limit: perMinute, until: minuteUntil }
}
