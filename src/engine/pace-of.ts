import type { Person } from '#src/core/person.ts'
import type { Place } from '#src/core/place.ts'
import { type Preferences, scopeOf } from '#src/core/preferences.ts'
import type { Pace } from './view-parts.ts'

export const paces: readonly Pace[] = ['live', 'calm', 'off']
export const streamPreference = 'stream'

/** How a reply to that person grows there: as they chose for the place, else as they chose everywhere, else as it is set. */
export async function paceOf(preferences: Preferences, place: Place, person: Person, otherwise: Pace): Promise<Pace> {
  const chosen = await preferences.chosen(streamPreference, [scopeOf(person.id, place), scopeOf(person.id)])
  return paces.find(pace => pace === chosen) ?? otherwise
}
