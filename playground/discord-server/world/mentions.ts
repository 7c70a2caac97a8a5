import { type ApiError, refuse } from './api-error.ts'
import type { Channel } from './channel.ts'
import type { Mentions } from './message.ts'
import { permission } from './permissions.ts'
import { withoutCode } from './plain-text.ts'
import type { World } from './world.ts'

/** `allowed_mentions` as it comes in a request; absent, everything that is written counts. */
export type AllowedMentions = Readonly<{
  parse?: readonly ('users' | 'roles' | 'everyone')[] | undefined
  users?: readonly string[] | undefined
  roles?: readonly string[] | undefined
  replied_user?: boolean | undefined
}>

type Writing = Readonly<{
  authorId: string
  channel: Channel
  content: string
  allowed: AllowedMentions | undefined
  /** Author of the message replied to. */
  repliedTo: string | undefined
}>

export const noMentions: Mentions = { users: [], roles: [], everyone: false }

/** What a text mentions once `allowed_mentions` and the author's permissions have had their say. */
export function resolveMentions(world: World, writing: Writing): Mentions {
  const written = parseMentions(writing.content)
  const { allowed } = writing
  const refused = allowed && contradiction(allowed)
  if (refused) throw refused
  const parses = (kind: 'users' | 'roles' | 'everyone') => !allowed || (allowed.parse?.includes(kind) ?? false)
  const users = written.users.filter(id => world.people.has(id) && (parses('users') || allowed?.users?.includes(id)))
  // Without allowed_mentions a reply rings for its addressee; with it, only when replied_user says so.
  const rings = writing.repliedTo !== undefined && (allowed ? (allowed.replied_user ?? false) : true)
  if (rings && writing.repliedTo !== undefined) users.push(writing.repliedTo)
  const may = (world.permissions(writing.authorId, writing.channel) & permission.mentionEveryone) !== 0n
  const guildRoles = world.guildOf(writing.channel)?.roles ?? []
  const roles = written.roles.filter(id => {
    const role = guildRoles.find(one => one.id === id)
    return role && (role.mentionable || may) && (parses('roles') || allowed?.roles?.includes(id))
  })
  const inGuild = writing.channel.guildId !== undefined
  return { users: [...new Set(users)], roles, everyone: written.everyone && inGuild && may && parses('everyone') }
}

/** The people whom a message rings for; nobody for their own words. */
export function peopleRung(world: World, channel: Channel, authorId: string, mentions: Mentions): readonly string[] {
  const members = world.guildOf(channel)?.members ?? []
  const byRole = members.filter(one => one.roleIds.some(id => mentions.roles.includes(id)))
  const rung = [...mentions.users, ...byRole.map(one => one.personId)]
  if (mentions.everyone) rung.push(...members.map(one => one.personId))
  const sees = (id: string) => (world.permissions(id, channel) & permission.viewChannel) !== 0n
  return [...new Set(rung)].filter(id => id !== authorId && sees(id))
}

function parseMentions(content: string): { users: string[]; roles: string[]; everyone: boolean } {
  const text = withoutCode(content)
  const ids = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(match => match[1] ?? ''))]
  return { users: ids(/<@!?(\d{17,20})>/g), roles: ids(/<@&(\d{17,20})>/g), everyone: /@(everyone|here)\b/.test(text) }
}

function contradiction({ parse, users, roles }: AllowedMentions): ApiError | undefined {
  const both = (kind: string) =>
    refuse.form(
      'allowed_mentions',
      'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
      `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
    )
  if (parse?.includes('users') && users?.length) return both('users')
  if (parse?.includes('roles') && roles?.length) return both('roles')
  return undefined
}
