import { type Channel, channelType } from '#playground/discord-server/world/channel.ts'
import type { Json } from '#playground/discord-server/world/json.ts'
import type { World } from '#playground/discord-server/world/world.ts'
import { userPayload } from './user-payload.ts'

/** A channel as the bot sees it. */
export function channelPayload(world: World, channel: Channel): Json {
  const common = { id: channel.id, type: channel.type, last_message_id: channel.lastMessageId ?? null, flags: 0 }
  if (channel.type === channelType.dm) {
    const recipient = world.people.get(channel.recipientId ?? '')
    return { ...common, recipients: recipient ? [userPayload(recipient)] : [] }
  }
  const inGuild = { ...common, guild_id: channel.guildId, name: channel.name, parent_id: channel.parentId ?? null }
  if (channel.thread) return { ...inGuild, ...threadFields(world, channel) }
  return {
    ...inGuild,
    position: channel.position,
    topic: null,
    nsfw: false,
    rate_limit_per_user: 0,
    permission_overwrites: channel.overwrites.map(one => ({
      id: one.id,
      type: one.type,
      allow: String(one.allow),
      deny: String(one.deny),
    })),
  }
}

function threadFields(world: World, { id, thread }: Channel): Json {
  if (!thread) return {}
  const changedAt = new Date(thread.changedAt).toISOString()
  return {
    owner_id: thread.ownerId,
    rate_limit_per_user: 0,
    message_count: thread.messageCount,
    total_message_sent: thread.messageCount,
    // Discord stops counting at 50.
    member_count: Math.min(thread.memberIds.length, 50),
    thread_metadata: {
      archived: thread.archived,
      locked: thread.locked,
      auto_archive_duration: thread.autoArchiveMinutes,
      archive_timestamp: changedAt,
      create_timestamp: changedAt,
    },
    ...(thread.memberIds.includes(world.botId) && { member: threadMemberPayload(id, world.botId, thread.changedAt) }),
  }
}

export function threadMemberPayload(threadId: string, personId: string, joinedAt: number): Json {
  return { id: threadId, user_id: personId, join_timestamp: new Date(joinedAt).toISOString(), flags: 0 }
}
