import type { PersonId } from '#src/core/ids.ts'
import type { Persona } from '#src/core/persona.ts'
import { isShared, type Place } from '#src/core/place.ts'
import { type Scope, scopeOf, scopeOfPlace } from '#src/core/preferences.ts'
import type { Turn } from '#src/core/turn.ts'
import type { AnswerParts } from './answer-turn.ts'

/** An admin chooses it for a place, and each person for their DM. */
export const personaPreference = 'persona'

/** Where it is kept: a channel's belongs to all who are there, a DM's goes with its person. */
export function personaScope(place: Place, person: PersonId): Scope {
  return isShared(place) ? scopeOfPlace(place) : scopeOf(person, place)
}

/** What Aeries may be called there: people keep a name when it has changed. */
export function namesAt({ persona, personas }: Pick<AnswerParts, 'persona' | 'personas'>, place: Place): string[] {
  return [persona(place).name, ...(personas?.() ?? []).map(({ name }) => name)]
}

/** Who Aeries is there now. An answer goes out as the usual one, when what was chosen cannot be read. */
export async function personaOf(
  { store, persona, log }: Pick<AnswerParts, 'store' | 'persona' | 'log'>,
  { place, asker }: Pick<Turn, 'place' | 'asker'>,
): Promise<Persona> {
  try {
    return persona(place, await store.preferences.chosen(personaPreference, [personaScope(place, asker.id)]))
  } catch (error) {
    log.warn({ err: error }, 'the persona that was chosen could not be read')
    return persona(place)
  }
}
