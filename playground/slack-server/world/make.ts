import type { Channel } from './channel.ts'
import { install } from './installations.ts'
import type { Person } from './person.ts'
import type { Team } from './team.ts'
import type { World } from './world.ts'

type NewTeam = Readonly<{ name: string; installed?: boolean; scopes?: readonly string[] }>

/** A workspace, with the app in it unless said otherwise. */
export function makeTeam(world: World, { name, installed = true, scopes }: NewTeam): Team {
  const domain = name.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  const id = world.ids.next('T')
  const team = world.putTeam({ id, name, domain, installation: undefined, userGroups: [] })
  world.emit({ type: 'team', change: 'created', team })
  if (!installed) return team
  const admin = makePerson(world, team.id, { name: 'admin', admin: true })
  return install(world, team, { ...(scopes && { scopes }), installedBy: admin.id })
}

type NewPerson = Readonly<{ name: string; displayName?: string; admin?: boolean; active?: boolean; bot?: boolean }>

export function makePerson(world: World, teamId: string, person: NewPerson): Person {
  const { name, displayName = name.charAt(0).toUpperCase() + name.slice(1) } = person
  const { admin = false, active = true, bot = false } = person
  const id = world.ids.next('U')
  const made = { id, teamId, name, displayName, bot, admin, active, deleted: false, timeZone: 'Etc/UTC' }
  world.putPerson(made)
  world.emit({ type: 'person', personId: id })
  return made
}

type NewChannel = Readonly<{
  name: string
  kind?: 'public' | 'private'
  memberIds: readonly string[]
  /** Other workspaces that it is shared with. */
  sharedWith?: readonly string[]
}>

export function makeChannel(world: World, teamId: string, channel: NewChannel): Channel {
  const { name, kind = 'public', memberIds, sharedWith = [] } = channel
  return put(world, { name, kind, teamId, memberIds, teamIds: [...new Set([teamId, ...sharedWith])] })
}

/** The direct conversation of these people, made when there is none: two make an im, more an mpim. */
export function openDirect(world: World, teamId: string, memberIds: readonly string[]): Channel {
  const known = world.direct(memberIds)
  if (known) return known
  const teams = memberIds.map(id => world.people.get(id)?.teamId ?? teamId)
  const kind = memberIds.length > 2 ? 'mpim' : 'im'
  const name = kind === 'im' ? '' : `mpdm-${memberIds.map(id => world.people.get(id)?.name).join('--')}-1`
  return put(world, { name, kind, teamId, memberIds, teamIds: [...new Set([teamId, ...teams])] })
}

type Bare = Pick<Channel, 'name' | 'kind' | 'teamId' | 'memberIds' | 'teamIds'>

function put(world: World, bare: Bare): Channel {
  const prefix = bare.kind === 'im' ? 'D' : 'C'
  const id = world.ids.next(prefix)
  const channel = { ...bare, id, archived: false, createdAt: world.now(), messagesTab: true }
  world.putChannel(channel)
  world.emit({ type: 'channel', change: 'created', channel, byId: undefined })
  return channel
}
