import type { AccessSettings } from '#src/core/access.ts'
import type { Person } from '#src/core/person.ts'
import type { Place } from '#src/core/place.ts'
import { subjectOfPerson, subjectsOfRoles } from './subjects-of.ts'

/** Whether somebody may rule that place: in a DM on Discord, which belongs to no server, only who is named in the settings. */
export function isAdmin(person: Person, place: Place, { admins }: Pick<AccessSettings, 'admins'>): boolean {
  if (admins.asPlatformSays && person.standing === 'admin') return true
  return [subjectOfPerson(person), ...subjectsOfRoles(person, place)].some(subject => admins.also.has(subject))
}
