import { type Subject, subjectOf } from '#src/core/access.ts'
import { conversationId } from '#src/core/ids.ts'
import type { Person } from '#src/core/person.ts'
import type { Place } from '#src/core/place.ts'
import { workspaceOf } from '#src/core/workspace.ts'

/** The channel with its threads, and the workspace around it. */
export function subjectsOfPlace(place: Place): Readonly<{ channel: Subject; workspace: Subject }> {
  return {
    channel: subjectOf('channel', conversationId({ ...place, thread: undefined })),
    workspace: subjectOf('workspace', workspaceOf(place)),
  }
}

export function subjectOfPerson({ id }: Pick<Person, 'id'>): Subject {
  return subjectOf('person', id)
}

/** The roles that somebody has where they act. */
export function subjectsOfRoles({ roles = [] }: Person, place: Place): readonly Subject[] {
  return roles.map(role => subjectOf('role', `${workspaceOf(place)}:${role}`))
}
