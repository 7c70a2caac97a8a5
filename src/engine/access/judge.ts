import { everyone, everywhere, type Rule, type Subject, strangers } from '#src/core/access.ts'
import type { Person } from '#src/core/person.ts'
import type { Place } from '#src/core/place.ts'
import { subjectOfPerson, subjectsOfPlace, subjectsOfRoles } from './subjects-of.ts'

/**
 * `denied`: by name, and who is denied by name is told nothing. `place not listed`, `person not listed`: others are allowed. `stranger`: from
 * outside the workspace, and nobody has let them in.
 */
export type Judgement = 'allowed' | 'denied' | 'place not listed' | 'person not listed' | 'stranger'

/**
 * What the rules of whoever runs Aeries and those of the workspace's admins say: both have to allow. Of each, the closest rule
 * counts: a channel's before its workspace's, a person's before those of their roles, and a role that is denied before one that is allowed. Pure.
 */
export function judge(person: Person, place: Place, ...laws: readonly (readonly Rule[])[]): Judgement {
  const sayings = laws.map(rules => new Map(rules.map(({ subject, says }) => [subject, says])))
  const judgements = sayings.map(says => judgeBy(says, person, place))
  const first = order.find(one => judgements.includes(one))
  if (first !== undefined) return first
  return person.external && !sayings.some(says => isLetIn(says, person, place)) ? 'stranger' : 'allowed'
}

const order = ['denied', 'place not listed', 'person not listed'] as const

type Says = ReadonlyMap<Subject, Rule['says']>

function judgeBy(says: Says, person: Person, place: Place): Judgement {
  const { channel, workspace } = subjectsOfPlace(place)
  const here = says.get(channel) ?? says.get(workspace)
  const who = ofPerson(says, person, place)
  if (here === 'deny' || who === 'deny') return 'denied'
  if (here === undefined && says.get(everywhere) === 'deny') return 'place not listed'
  const isLet = who === 'allow' || (person.external && says.get(strangers) === 'allow')
  return !isLet && says.get(everyone) === 'deny' ? 'person not listed' : 'allowed'
}

function isLetIn(says: Says, person: Person, place: Place): boolean {
  return (ofPerson(says, person, place) ?? says.get(strangers)) === 'allow'
}

function ofPerson(says: Says, person: Person, place: Place): Rule['says'] | undefined {
  const roles = subjectsOfRoles(person, place).map(role => says.get(role))
  const byRole = roles.includes('deny') ? 'deny' : roles.find(one => one === 'allow')
  return says.get(subjectOfPerson(person)) ?? byRole
}
