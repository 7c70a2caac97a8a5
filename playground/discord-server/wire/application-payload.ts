import type { Json } from '#playground/discord-server/world/json.ts'
import type { World } from '#playground/discord-server/world/world.ts'
import { userPayload } from './user-payload.ts'

// The "limited" flags of an application in few guilds: what the portal's switches show as.
const limitedPresences = 1 << 13
const limitedMembers = 1 << 15
const limitedContent = 1 << 19

/** The application, its flags telling which privileged intents are switched on. */
export function applicationPayload(world: World): Json {
  const { id, name, presences, guildMembers, messageContent } = world.application
  return {
    id,
    name,
    icon: null,
    description: '',
    bot_public: false,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    flags: applicationFlags({ presences, guildMembers, messageContent }),
    owner: { id, username: 'portal', discriminator: '0', avatar: null },
    team: null,
    bot: userPayload(world.person(world.botId)),
    approximate_guild_count: world.guilds.size,
  }
}

export function applicationFlags(
  on: Readonly<{ presences: boolean; guildMembers: boolean; messageContent: boolean }>,
): number {
  return (
    (on.presences ? limitedPresences : 0) |
    (on.guildMembers ? limitedMembers : 0) |
    (on.messageContent ? limitedContent : 0)
  )
}
