import type { Clock } from '#src/core/clock.ts'
import type { CommandSpec } from '#src/core/command.ts'
import type { MessageId } from '#src/core/ids.ts'
import type { Person } from '#src/core/person.ts'
import type { Personas } from '#src/core/persona.ts'
import type { Place } from '#src/core/place.ts'
import type { Store } from '#src/core/store.ts'
import type { Access } from '#src/engine/access/access.ts'
import type { LearningParts } from '#src/engine/learning-parts.ts'
import type { ReactionTable } from '#src/engine/reactions/meaning-of.ts'
import type { HouseFacts } from './house-facts.ts'

/** What commands work with. */
export type CommandParts = Readonly<{
  store: Store
  learning: LearningParts | undefined
  access: Access
  personas: Personas
  clock: Clock
  timeZone: string
  /** All of them, for `help`. */
  commands: readonly (CommandSpec & Readonly<{ usage: string }>)[]
  reactions: ReactionTable
  house: HouseFacts
  answers: Answers
  /** Somebody is incognito from now on. */
  watchIncognito(): void
  /** Where people read that message; `undefined`: nobody can tell. */
  link(message: MessageId): Promise<string | undefined>
}>

/** The answers that are being given. */
export interface Answers {
  /** Ends the one to that person there, and those in threads of that place, unless they asked for it after `saidAt`. */
  stop(at: Readonly<{ place: Place; person: Person }>, saidAt?: Date): void
  /** Ends all to that person, wherever; nothing more is said in them. */
  stopAll(person: Person): Promise<void>
  /** So many. */
  count(): number
}
