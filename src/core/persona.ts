import type { PersonId } from './ids.ts'
import { isShared, type Place } from './place.ts'
import { type Scope, scopeOf, scopeOfPlace } from './preferences.ts'

/** Who Aeries is in a place. The words are the operator's and trusted. */
export type Persona = Readonly<{
  name: string
  /** Voice and rules, in markdown. */
  voice: string
  /** One line for who chooses among several. */
  about?: string
  /** What it asks of the model, where that differs from the settings. */
  sampling?: PersonaSampling
  /** Tokens that one of its answers may have, where that is less than the settings allow. */
  maxTokens?: number
}>

export type PersonaSampling = Readonly<{ temperature?: number; topP?: number; topK?: number; presencePenalty?: number }>

/** Who Aeries can be. It may change while it runs. */
export interface Personas {
  /** Who it is there: the chosen one, if there is one of that name; else the one that has the place, or the usual one. */
  at(place: Place, chosen?: string): Persona
  /** All of them, the usual one first. */
  all(): readonly Persona[]
}

/** An admin chooses it for a place, and each person for their DM. */
export const personaPreference = 'persona'

/** Where it is kept: a channel's belongs to all who are there, a DM's goes with its person. */
export function personaScope(place: Place, person: PersonId): Scope {
  return isShared(place) ? scopeOfPlace(place) : scopeOf(person, place)
}
