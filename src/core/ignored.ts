import type { PersonId } from './ids.ts'
import { type Preferences, scopeOf } from './preferences.ts'

/** The choice of somebody who wants to be left alone: nothing of them is stored, and nobody's prompt quotes them. */
export const ignoredPreference = 'ignored'

export async function isIgnored(preferences: Preferences, person: PersonId): Promise<boolean> {
  return (await preferences.chosen(ignoredPreference, [scopeOf(person)])) !== undefined
}
