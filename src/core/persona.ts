import type { Place } from './place.ts'

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
