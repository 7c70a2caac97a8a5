import { type Channel, channelType } from '#playground/discord-server/world/channel.ts'
import type { Guild } from '#playground/discord-server/world/guild.ts'
import type { Person } from '#playground/discord-server/world/person.ts'
import type { World } from '#playground/discord-server/world/world.ts'

/** Finds a person by id, handle, display name, or `bot`. Throws when there is none. */
export function findPerson(world: World, ref: string): Person {
  const wanted = ref.replace(/^@/, '').toLowerCase()
  const people = [...world.people.values()]
  const found =
    world.people.get(ref) ??
    (wanted === 'bot' ? world.people.get(world.botId) : undefined) ??
    people.find(one => one.name.toLowerCase() === wanted) ??
    people.find(one => one.displayName.toLowerCase() === wanted)
  if (!found) throw new Error(`There is no person "${ref}"`)
  return found
}

/** Finds a guild by id or name; without a name the first one. */
export function findGuild(world: World, ref?: string): Guild {
  const guilds = [...world.guilds.values()]
  const found = ref === undefined ? guilds[0] : (world.guilds.get(ref) ?? guilds.find(one => one.name === ref))
  if (!found) throw new Error(`There is no guild "${ref ?? ''}"`)
  return found
}

/** Finds who can be given or denied something: a role of the guild by id or name, else a person. */
export function findHolder(world: World, guild: Guild, ref: string): Readonly<{ id: string; type: 0 | 1 }> {
  const role = guild.roles.find(one => one.id === ref || one.name === ref)
  return role ? { id: role.id, type: 0 } : { id: findPerson(world, ref).id, type: 1 }
}

/**
 * Finds a place: an id, `#name`, `Guild#name`, `dm:person`, or `dm` for the speaker's own talk with the bot. A thread
 * is found by its name like a channel.
 */
export function findPlace(world: World, ref: string, speakerId?: string): Channel {
  const known = world.channels.get(ref)
  if (known) return known
  if (ref === 'dm' && speakerId !== undefined) return world.openDm(speakerId)
  if (ref.startsWith('dm:')) return world.openDm(findPerson(world, ref.slice(3)).id)
  const [guildName, name] = ref.includes('#')
    ? [ref.slice(0, ref.indexOf('#')), ref.slice(ref.indexOf('#') + 1)]
    : ['', ref]
  const guild = guildName === '' ? undefined : findGuild(world, guildName)
  const found = [...world.channels.values()].find(
    one => one.type !== channelType.dm && one.name === name && (!guild || one.guildId === guild.id),
  )
  if (!found) throw new Error(`There is no place "${ref}"`)
  return found
}

/** Turns what a person types into what their client sends: `@Name`, `@role` and `#channel` become ids. */
export function resolveTyped(world: World, channel: Channel, text: string): string {
  const guild = world.guildOf(channel)
  const members = guild?.members.map(one => one.personId) ?? [world.botId, channel.recipientId ?? '']
  const people = members.map(id => world.people.get(id)).filter(one => one !== undefined)
  const roles = guild?.roles.filter(one => one.id !== guild.id) ?? []
  const places = guild ? world.channelsOf(guild.id) : []
  const names: readonly (readonly [typed: string, sent: string])[] = [
    ...people.flatMap(one => [one.displayName, one.name].map(name => [`@${name}`, `<@${one.id}>`] as const)),
    ...roles.map(one => [`@${one.name}`, `<@&${one.id}>`] as const),
    ...places.map(one => [`#${one.name}`, `<#${one.id}>`] as const),
  ]
  // The longest name wins, so that "@Mira Lind" is not "@Mira" and a surname.
  const ordered = names.toSorted(([one], [other]) => other.length - one.length)
  if (ordered.length === 0) return text
  const pattern = new RegExp(`(?<![\\w<])(?:${ordered.map(([typed]) => escaped(typed)).join('|')})(?!\\w)`, 'gi')
  const sent = new Map(ordered.toReversed().map(([typed, id]) => [typed.toLowerCase(), id]))
  return text.replace(pattern, typed => sent.get(typed.toLowerCase()) ?? typed)
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
