import type { Slot } from './claim.ts'
import type { Id, MessageId } from './ids.ts'
import type { LearningScope } from './learning-scope.ts'
import type { Place } from './place.ts'

export type TraitId = Id<'trait'>

/** `active`: it may be told. `superseded`: something newer took its place. `expired`: too many others matter more. */
export type TraitStatus = 'active' | 'superseded' | 'expired'

/** A slot and its value, with what speaks for it. */
export type Trait = Readonly<{
  id: TraitId
  scope: LearningScope
  slot: Slot
  value: string
  polarity: 1 | -1
  /** An instruction or a correction: it counts until they say otherwise. */
  isTold: boolean
  status: TraitStatus
  /** What speaks for it, as of `lastAt`, and how fast that fades. */
  mass: number
  halfLifeMs: number | undefined
  since: Date
  lastAt: Date
  /** In so many messages. */
  count: number
  until: Date | undefined
  /** Another value that they gave within a day of this one. */
  conflict: string | undefined
  supersededBy: TraitId | undefined
}>

/** The words that a trait rests on: what its owner may see of it. */
export type Evidence = Readonly<{ message: MessageId; place: Place | undefined; at: Date; quote: string }>
