import type { Guild, Role } from '#playground/discord-server/world/guild.ts'
import type { Json } from '#playground/discord-server/world/json.ts'
import { permission } from '#playground/discord-server/world/permissions.ts'
import type { World } from '#playground/discord-server/world/world.ts'
import { channelPayload } from './channel-payload.ts'
import { memberPayload, userPayload } from './user-payload.ts'

export function rolePayload(role: Role): Json {
  return {
    id: role.id,
    name: role.name,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    position: role.position,
    permissions: String(role.permissions),
    managed: false,
    mentionable: role.mentionable,
    flags: 0,
  }
}

/** A guild as `GET /guilds/:id` gives it. */
export function guildPayload(guild: Guild): Json {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    description: null,
    owner_id: guild.ownerId,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    application_id: null,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    vanity_url_code: null,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    premium_progress_bar_enabled: false,
    preferred_locale: 'en-US',
    features: [],
    emojis: [],
    stickers: [],
    roles: guild.roles.map(rolePayload),
  }
}

/** A guild as GUILD_CREATE brings it: with channels, the threads that the bot sees, and the bot as only member. */
export function guildCreatePayload(world: World, guild: Guild): Json {
  const bot = guild.members.find(one => one.personId === world.botId)
  const channels = world.channelsOf(guild.id)
  const seen = channels.filter(one => (world.permissions(world.botId, one) & permission.viewChannel) !== 0n)
  return {
    ...guildPayload(guild),
    joined_at: new Date(bot?.joinedAt ?? world.now()).toISOString(),
    large: false,
    unavailable: false,
    member_count: guild.members.length,
    members: bot ? [{ ...memberPayload(bot), user: userPayload(world.person(world.botId)) }] : [],
    channels: channels.filter(one => !one.thread).map(one => channelPayload(world, one)),
    threads: seen.filter(one => one.thread && !one.thread.archived).map(one => channelPayload(world, one)),
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  }
}
