import type { Member } from '#playground/discord-server/world/guild.ts'
import type { Json } from '#playground/discord-server/world/json.ts'
import type { Person } from '#playground/discord-server/world/person.ts'

export function userPayload(person: Person): Json {
  return {
    id: person.id,
    username: person.name,
    global_name: person.displayName,
    discriminator: '0',
    avatar: null,
    banner: null,
    accent_color: null,
    public_flags: 0,
    ...(person.bot && { bot: true }),
  }
}

/** A member without the account, as it stands beside the author of a message. */
export function memberPayload(member: Member): Json {
  return {
    nick: member.nick ?? null,
    avatar: null,
    banner: null,
    roles: member.roleIds,
    joined_at: new Date(member.joinedAt).toISOString(),
    premium_since: null,
    deaf: false,
    mute: false,
    pending: false,
    flags: 0,
    communication_disabled_until: null,
  }
}
