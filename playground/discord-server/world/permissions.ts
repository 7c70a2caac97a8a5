import { refuse } from './api-error.ts'
import { type Channel, channelType } from './channel.ts'
import type { Guild, Member } from './guild.ts'

/** Discord's permission bits, as far as a route asks for them. */
export const permission = {
  administrator: 1n << 3n,
  manageChannels: 1n << 4n,
  manageGuild: 1n << 5n,
  addReactions: 1n << 6n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  manageMessages: 1n << 13n,
  embedLinks: 1n << 14n,
  attachFiles: 1n << 15n,
  readMessageHistory: 1n << 16n,
  mentionEveryone: 1n << 17n,
  useApplicationCommands: 1n << 31n,
  manageThreads: 1n << 34n,
  createPublicThreads: 1n << 35n,
  createPrivateThreads: 1n << 36n,
  sendMessagesInThreads: 1n << 38n,
} as const

export type PermissionName = keyof typeof permission

const every = Object.values(permission).reduce((sum, bit) => sum | bit, 0n)

/** The sum of named permissions. */
export function permissionBits(names: readonly PermissionName[]): bigint {
  return names.reduce((sum, name) => sum | permission[name], 0n)
}

/** What Discord gives @everyone of a new guild; mentioning everyone is in it. */
export const everyonePermissions = permissionBits([
  'addReactions',
  'viewChannel',
  'sendMessages',
  'embedLinks',
  'attachFiles',
  'readMessageHistory',
  'mentionEveryone',
  'useApplicationCommands',
  'createPublicThreads',
  'createPrivateThreads',
  'sendMessagesInThreads',
])

type Whereabouts = Readonly<{ guild: Guild | undefined; parent: Channel | undefined }>

/**
 * What a person may do in a channel: nothing without seeing it, everything in one's own DM. A thread takes its
 * parent's overwrites; a private thread is seen by its members and by those who manage threads.
 */
export function permissionsIn(personId: string, channel: Channel, { guild, parent }: Whereabouts): bigint {
  if (channel.type === channelType.dm) return every & ~permissionBits(['manageMessages', 'manageThreads'])
  const member = guild?.members.find(one => one.personId === personId)
  if (!guild || !member) return 0n
  if (guild.ownerId === personId) return every
  const base = basePermissions(guild, member)
  if (base & permission.administrator) return every
  const found = overwritten(base, guild, member, parent ?? channel)
  if (!(found & permission.viewChannel)) return 0n
  const hidden = channel.type === channelType.privateThread && !channel.thread?.memberIds.includes(personId)
  return hidden && !(found & permission.manageThreads) ? 0n : found
}

/** What a person may do on a guild before any channel says otherwise. */
export function permissionsOn(personId: string, guild: Guild): bigint {
  const member = guild.members.find(one => one.personId === personId)
  return member ? basePermissions(guild, member) : 0n
}

function basePermissions(guild: Guild, member: Member): bigint {
  return guild.roles
    .filter(role => role.id === guild.id || member.roleIds.includes(role.id))
    .reduce((sum, role) => sum | role.permissions, 0n)
}

/** Discord's order: @everyone's overwrite, then all roles' together, then the person's own. */
function overwritten(base: bigint, guild: Guild, member: Member, channel: Channel): bigint {
  const layers = [
    channel.overwrites.filter(one => one.id === guild.id),
    channel.overwrites.filter(one => one.type === 0 && member.roleIds.includes(one.id)),
    channel.overwrites.filter(one => one.type === 1 && one.id === member.personId),
  ]
  return layers.reduce((held, layer) => {
    const deny = layer.reduce((sum, one) => sum | one.deny, 0n)
    const allow = layer.reduce((sum, one) => sum | one.allow, 0n)
    return (held & ~deny) | allow
  }, base)
}

/** Throws 50001 when the channel is not even seen, 50013 when one of the other permissions is missing. */
export function demand(held: bigint, ...names: readonly PermissionName[]): void {
  if (!(held & permission.viewChannel)) throw refuse.missingAccess()
  if (names.some(name => !(held & permission[name]))) throw refuse.missingPermissions()
}
