import type { Guild } from '#playground/discord-server/world/guild.ts'
import type { Json } from '#playground/discord-server/world/json.ts'
import type { World } from '#playground/discord-server/world/world.ts'
import { applicationFlags } from './application-payload.ts'
import { userPayload } from './user-payload.ts'

type About = Readonly<{ sessionId: string; shard: readonly [number, number]; guilds: readonly Guild[] }>

/** READY: every guild is announced as unavailable first, GUILD_CREATE brings it. */
export function readyPayload(world: World, { sessionId, shard, guilds }: About): Json {
  const { application, origin, botId } = world
  return {
    v: 10,
    user: { ...userPayload(world.person(botId)), verified: true, mfa_enabled: true, email: null },
    guilds: guilds.map(one => ({ id: one.id, unavailable: true })),
    session_id: sessionId,
    resume_gateway_url: `${origin.replace('http', 'ws')}/gateway/resume`,
    shard,
    application: { id: application.id, flags: applicationFlags(application) },
    private_channels: [],
    _trace: ['["playground"]'],
  }
}
