import { everyone, everywhere, type Subject, strangers, subjectKinds, subjectOf } from '#src/core/access.ts'
import type { PersonId } from '#src/core/ids.ts'
import type { Place } from '#src/core/place.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import { subjectsOfPlace } from '#src/engine/access/subjects-of.ts'

/** `asker`: their id tells how people are called on that platform. */
type Where = Readonly<{ place: Place; asker: PersonId }>

/** Whom or what an admin means: a mention as the platform writes it, `here`, a general word, or a subject in full; `undefined`: nobody can tell. */
export function subjectIn(word: string, { place, asker }: Where): Subject | undefined {
  const general = [everyone, everywhere, strangers].find(one => one === word.toLowerCase())
  if (general) return general
  if (word.toLowerCase() === 'here') return subjectsOfPlace(place).channel
  const workspace = workspaceOf(place)
  const [, mark, id] = /^<(@&|@!?|#)(\w+)(?:\|[^>]*)?>$/.exec(word) ?? []
  if (mark === '@&') return subjectOf('role', `${workspace}:${id}`)
  if (mark === '#') return subjectOf('channel', `${workspace}:${id}`)
  if (mark !== undefined) return subjectOf('person', `${asker.slice(0, asker.lastIndexOf(':'))}:${id}`)
  return inFull(word, place)
}

/** Only what belongs to the admin's own platform: elsewhere their word is none. */
function inFull(word: string, { platform }: Place): Subject | undefined {
  const [, kind, id = ''] = /^(\w+):([a-z]+(?::[\w-]+){2})$/.exec(word) ?? []
  const known = subjectKinds.find(one => one === kind && one !== 'workspace')
  return known && id.startsWith(`${platform}:`) ? subjectOf(known, id) : undefined
}
