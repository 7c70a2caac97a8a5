import type { Channel } from '#playground/slack-server/world/channel.ts'
import { openDirect } from '#playground/slack-server/world/make.ts'
import type { Person } from '#playground/slack-server/world/person.ts'
import type { Team } from '#playground/slack-server/world/team.ts'
import type { World } from '#playground/slack-server/world/world.ts'

/** Finds a workspace by id or name; without a name the first one. */
export function findTeam(world: World, ref?: string): Team {
  const teams = [...world.teams.values()]
  const wanted = ref?.toLowerCase()
  const found = ref === undefined ? teams[0] : teams.find(one => one.id === ref || one.name.toLowerCase() === wanted)
  if (!found) throw new Error(`There is no workspace "${ref ?? ''}"`)
  return found
}

/** Finds a person by id, handle or display name, of a workspace as `handle@Workspace`; `bot` is the app's bot user. */
export function findPerson(world: World, ref: string, teamId?: string): Person {
  const known = world.people.get(ref)
  if (known) return known
  const [name = '', teamName] = ref.replace(/^@/, '').toLowerCase().split('@')
  const home = teamName === undefined ? teamId : findTeam(world, teamName).id
  const people = [...world.people.values()].filter(one => home === undefined || one.teamId === home)
  const bots = people.filter(one => world.isBotUser(one.id))
  const found =
    (name === 'bot' ? bots[0] : undefined) ??
    people.find(one => one.name.toLowerCase() === name) ??
    people.find(one => one.displayName.toLowerCase() === name)
  if (found) return found
  if (teamId !== undefined && teamName === undefined) return findPerson(world, ref)
  throw new Error(`There is no person "${ref}"`)
}

/** The direct conversation of a person with the app, opened when it is not there yet. */
export function dmWithApp(world: World, person: Person): Channel {
  const home = world.teams.get(person.teamId)
  const installed = home?.installation ? home : [...world.teams.values()].find(one => one.installation)
  if (!installed?.installation) throw new Error('The app is installed nowhere')
  return openDirect(world, installed.id, [person.id, installed.installation.botUserId])
}

/**
 * Finds a place: an id, `#name`, `Workspace#name`, `dm:person`, or `dm` for the speaker's own talk with the app.
 * Several people in `dm:mira,jonas` are a group conversation with the app.
 */
export function findPlace(world: World, ref: string, speaker?: Person): Channel {
  const known = world.channels.get(ref)
  if (known) return known
  if (ref === 'dm' && speaker) return dmWithApp(world, speaker)
  if (ref.startsWith('dm:')) return directOf(world, ref.slice(3).split(','))
  const [teamName, name] = ref.includes('#') ? splitAt(ref) : ['', ref]
  const team = teamName === '' ? undefined : findTeam(world, teamName)
  const found = [...world.channels.values()].filter(one => one.name === name && (!team || one.teamId === team.id))
  const own = found.find(one => speaker && one.teamIds.includes(speaker.teamId)) ?? found[0]
  if (!own) throw new Error(`There is no place "${ref}"`)
  return own
}

function directOf(world: World, names: readonly string[]): Channel {
  const people = names.map(one => findPerson(world, one.trim()))
  const [first] = people
  if (!first) throw new Error('A direct conversation needs a person')
  if (people.length === 1) return dmWithApp(world, first)
  const botUserId = findTeam(world, first.teamId).installation?.botUserId
  const members = [...people.map(one => one.id), ...(botUserId === undefined ? [] : [botUserId])]
  return openDirect(world, first.teamId, members)
}

function splitAt(ref: string): readonly [string, string] {
  const at = ref.indexOf('#')
  return [ref.slice(0, at), ref.slice(at + 1)]
}
