import type { Awaitable } from './awaitable.ts'
import type { PersonId, TurnId } from './ids.ts'
import type { Place } from './place.ts'
import type { TraitId } from './trait.ts'

/** Before which message a brief is wanted. */
export type BriefQuestion = Readonly<{
  /** The turn that it is for, for those who look on. */
  turn?: TurnId
  /** Whom the reply is for. */
  person: PersonId
  place: Place
  /** What they say now: the tail fits it. */
  words: string
  at: Date
  /** The prompt's prefix changes anyway: what was learnt meanwhile may come in. */
  isFresh: boolean
  /** Somebody looks at it and no prompt carries it: that changes nothing about the next one. */
  isLook?: true
}>

/** One line of a brief, and the trait that it tells, if it is one. `isLent`: a default, which nothing of them taught. */
export type BriefLine = Readonly<{ text: string; trait: TraitId | undefined; isLent?: true }>

/** The few lines about a person that one prompt carries. */
export type Brief = Readonly<{
  /** The same bytes through a session; empty when nothing is known. */
  standing: string
  /** What fits this message; empty when nothing does. */
  tail: string
  /** Of both, as estimated. */
  tokens: number
  /** Where their clock stands, if they said so and it may be told here: an IANA name, or `UTC+02:00`. */
  timeZone?: string | undefined
  lines: readonly BriefLine[]
}>

export const emptyBrief: Brief = { standing: '', tail: '', tokens: 0, lines: [] }

/** Whoever knows what a prompt should say of a person. It never throws, and takes milliseconds. */
export interface Briefs {
  brief(question: BriefQuestion): Awaitable<Brief>
}
