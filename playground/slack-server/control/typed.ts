import type { Channel } from '#playground/slack-server/world/channel.ts'
import type { Person } from '#playground/slack-server/world/person.ts'
import type { World } from '#playground/slack-server/world/world.ts'

const address = /https?:\/\/[^\s<>]+/g

/**
 * Turns what a person types into what their client sends: `&`, `<` and `>` escaped, `@Name`, `@group`, `@channel` and
 * `#channel` as control sequences, addresses in angle brackets.
 */
export function resolveTyped(world: World, channel: Channel, text: string): string {
  const names = namesFor(world, channel).toSorted(([one], [other]) => other.length - one.length)
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const linked = escaped.replace(address, link => `<${link}>`)
  const sent = new Map(names.toReversed().map(([typed, sequence]) => [typed.toLowerCase(), sequence]))
  // The longest name wins, so that "@Mira Lind" is not "@Mira" and a surname.
  const pattern = new RegExp(`(?<![\\w<])(?:${names.map(([typed]) => RegExp.escape(typed)).join('|')})(?!\\w)`, 'gi')
  return linked.replace(pattern, typed => sent.get(typed.toLowerCase()) ?? typed)
}

/** The same for new words of an earlier message: what was a mention or a link in it is one still. */
export function resolveRetyped(world: World, channel: Channel, text: string, before: string): string {
  const kept = new Set(before.match(/<[^<>]+>/g))
  const pieces = text.split(/(<[^<>]+>)/)
  return pieces.map(piece => (kept.has(piece) ? piece : resolveTyped(world, channel, piece))).join('')
}

type Name = readonly [typed: string, sent: string]

function namesFor(world: World, channel: Channel): readonly Name[] {
  const teams = channel.teamIds.map(id => world.teams.get(id)).filter(one => one !== undefined)
  const people = [...world.people.values()].filter(one => channel.teamIds.includes(one.teamId))
  const listener = world.listener(channel) ?? channel.teamId
  // Workspaces that share a channel have a bot user each, all of one name: the one that hears comes first.
  const ordered = people.toSorted((one, other) => rank(other, listener) - rank(one, listener))
  const places = [...world.channels.values()].filter(one => one.name !== '' && one.teamId === channel.teamId)
  return [
    ...ordered.flatMap(one => [one.displayName, one.name].map((name): Name => [`@${name}`, `<@${one.id}>`])),
    ...teams.flatMap(team => team.userGroups).map((one): Name => [`@${one.handle}`, `<!subteam^${one.id}>`]),
    ...['channel', 'here', 'everyone'].map((one): Name => [`@${one}`, `<!${one}>`]),
    ...places.map((one): Name => [`#${one.name}`, `<#${one.id}|${one.name}>`]),
  ]
}

function rank({ teamId }: Person, listener: string): number {
  return teamId === listener ? 1 : 0
}
