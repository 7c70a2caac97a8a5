import type { Persona } from '#src/core/persona.ts'
import type { Place } from '#src/core/place.ts'
import { scopeOfPlace } from '#src/core/preferences.ts'
import type { AnswerParts } from './answer-turn.ts'

/** An admin chooses it for a place, and each person for their DM. */
export const personaPreference = 'persona'

/** Who Aeries is there now. An answer goes out as the usual one, when what was chosen cannot be read. */
export async function personaOf(
  { store, persona, log }: Pick<AnswerParts, 'store' | 'persona' | 'log'>,
  place: Place,
): Promise<Persona> {
  try {
    return persona(place, await store.preferences.chosen(personaPreference, [scopeOfPlace(place)]))
  } catch (error) {
    log.warn({ err: error }, 'the persona that was chosen could not be read')
    return persona(place)
  }
}
