import { type Persona, personaPreference, personaScope } from '#src/core/persona.ts'
import type { Place } from '#src/core/place.ts'
import type { Turn } from '#src/core/turn.ts'
import type { AnswerParts } from './answer-parts.ts'

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
