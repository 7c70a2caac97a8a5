import { channelPayload, threadMemberPayload } from '#playground/discord-server/wire/channel-payload.ts'
import { guildCreatePayload, guildPayload, rolePayload } from '#playground/discord-server/wire/guild-payload.ts'
import { memberPayload, userPayload } from '#playground/discord-server/wire/user-payload.ts'
import { channelType } from '#playground/discord-server/world/channel.ts'
import type { Json } from '#playground/discord-server/world/json.ts'
import type { World } from '#playground/discord-server/world/world.ts'
import { botSees, type Dispatch, type EventOf, inGuild } from './dispatch.ts'
import { intent } from './intents.ts'

const verb = { created: 'CREATE', changed: 'UPDATE', deleted: 'DELETE' } as const

export function channelDispatch(world: World, { change, channel }: EventOf<'channel'>): readonly Dispatch[] {
  if (channel.thread && change !== 'deleted' && !botSees(world, channel)) return []
  const payload = channelPayload(world, channel)
  const name = `${channel.thread ? 'THREAD' : 'CHANNEL'}_${verb[change]}`
  const isNewThread = channel.thread !== undefined && change === 'created'
  return [inGuild(name, channel.guildId, { ...payload, ...(isNewThread && { newly_created: true }) })]
}

/** Without the Members intent a session hears only of the bot itself coming and going. */
export function threadMembersDispatch(world: World, event: EventOf<'thread-members'>): readonly Dispatch[] {
  const { channel, added, removed } = event
  if (!botSees(world, channel) && !removed.includes(world.botId)) return []
  const tell = (people: readonly string[], gone: readonly string[]): Json => ({
    id: channel.id,
    guild_id: channel.guildId,
    member_count: channel.thread?.memberIds.length ?? 0,
    added_members: people.map(id => threadMemberPayload(channel.id, id, world.now())),
    removed_member_ids: gone,
  })
  const mine = (ids: readonly string[]) => ids.filter(id => id === world.botId)
  if (mine(added).length + mine(removed).length > 0) {
    const told = inGuild('THREAD_MEMBERS_UPDATE', channel.guildId, tell(mine(added), mine(removed)))
    // Being taken into a private thread is how the bot first hears of it.
    const isNews = channel.type === channelType.privateThread && mine(added).length > 0
    return isNews ? [inGuild('THREAD_CREATE', channel.guildId, channelPayload(world, channel)), told] : [told]
  }
  return [inGuild('THREAD_MEMBERS_UPDATE', channel.guildId, tell(added, removed), intent.guildMembers)]
}

export function guildDispatch(world: World, { change, guild }: EventOf<'guild'>): readonly Dispatch[] {
  switch (change) {
    case 'joined':
      return [inGuild('GUILD_CREATE', guild.id, guildCreatePayload(world, guild))]
    case 'changed':
      return [inGuild('GUILD_UPDATE', guild.id, guildPayload(guild))]
    case 'left':
      return [inGuild('GUILD_DELETE', guild.id, { id: guild.id })]
    case 'unavailable':
      return [inGuild('GUILD_DELETE', guild.id, { id: guild.id, unavailable: true })]
    default:
      return change satisfies never
  }
}

export function roleDispatch({ change, guildId, role }: EventOf<'role'>): readonly Dispatch[] {
  const payload = change === 'deleted' ? { role_id: role.id } : { role: rolePayload(role) }
  return [inGuild(`GUILD_ROLE_${verb[change]}`, guildId, { guild_id: guildId, ...payload })]
}

export function memberDispatch(world: World, { change, guildId, member }: EventOf<'member'>): readonly Dispatch[] {
  const user = userPayload(world.person(member.personId))
  const payload =
    change === 'left' ? { guild_id: guildId, user } : { guild_id: guildId, ...memberPayload(member), user }
  const name = { joined: 'GUILD_MEMBER_ADD', changed: 'GUILD_MEMBER_UPDATE', left: 'GUILD_MEMBER_REMOVE' }[change]
  // A change of the bot's own membership needs no intent.
  const isOwn = change === 'changed' && member.personId === world.botId
  return [inGuild(name, guildId, payload, isOwn ? 0 : intent.guildMembers)]
}
