import { z } from 'zod'
import { applicationPayload } from '#playground/discord-server/wire/application-payload.ts'
import { channelPayload } from '#playground/discord-server/wire/channel-payload.ts'
import { guildPayload, rolePayload } from '#playground/discord-server/wire/guild-payload.ts'
import { memberPayload, userPayload } from '#playground/discord-server/wire/user-payload.ts'
import { refuse } from '#playground/discord-server/world/api-error.ts'
import type { Guild } from '#playground/discord-server/world/guild.ts'
import type { Json } from '#playground/discord-server/world/json.ts'
import { permission, permissionsOn } from '#playground/discord-server/world/permissions.ts'
import { shaped } from './message-body.ts'
import { type Call, param, type Reply, type Route, route } from './route.ts'

/** Who and what there is: the gateway's address, the application, accounts, guilds. */
export const directoryRoutes: readonly Route[] = [
  route('GET', '/gateway', call => ({ status: 200, body: { url: gatewayUrl(call) } }), { auth: false }),
  route('GET', '/gateway/bot', gatewayBot),
  route('GET', '/applications/@me', call => ({ status: 200, body: applicationPayload(call.world) })),
  route('GET', '/oauth2/applications/@me', call => ({ status: 200, body: applicationPayload(call.world) })),
  route('GET', '/users/@me', call => ({ status: 200, body: userPayload(call.world.person(call.world.botId)) })),
  route('GET', '/users/@me/guilds', call => ({ status: 200, body: myGuilds(call).map(one => withMine(call, one)) })),
  route('POST', '/users/@me/channels', openDm),
  route('GET', '/users/:person', call => ({
    status: 200,
    body: userPayload(call.world.person(param(call, 'person'))),
  })),
  route('GET', '/guilds/:guild', call => ({ status: 200, body: guildPayload(myGuild(call)) })),
  route('GET', '/guilds/:guild/channels', listChannels),
  route('GET', '/guilds/:guild/roles', call => ({ status: 200, body: myGuild(call).roles.map(rolePayload) })),
  route('GET', '/guilds/:guild/members/:person', call => getMember(call, param(call, 'person'))),
  route('GET', '/guilds/:guild/members', listMembers),
  route('GET', '/guilds/:guild/threads/active', activeThreads),
]

function gatewayUrl({ world }: Call): string {
  return `${world.origin.replace('http', 'ws')}/gateway`
}

function gatewayBot(call: Call): Reply {
  const { total, remaining, maxConcurrency } = call.world.rules.sessionStarts
  const starts = { total, remaining, reset_after: 86_400_000, max_concurrency: maxConcurrency }
  return { status: 200, body: { url: gatewayUrl(call), shards: 1, session_start_limit: starts } }
}

function openDm(call: Call): Reply {
  const { recipient_id: id } = shaped(z.object({ recipient_id: z.string() }), call.json)
  const person = call.world.people.get(id)
  if (!person) throw refuse.form('recipient_id', 'USER_UNKNOWN', 'Unknown user')
  // A bot has no DM with another bot, nor with itself.
  if (person.bot) throw refuse.closedDm()
  return { status: 200, body: channelPayload(call.world, call.world.openDm(person.id)) }
}

/** Only the list of one's own guilds tells what one may do there. */
function withMine({ world }: Call, guild: Guild): Json {
  return { ...guildPayload(guild), permissions: String(permissionsOn(world.botId, guild)) }
}

function myGuilds({ world }: Call): readonly Guild[] {
  return [...world.guilds.values()].filter(one => one.members.some(member => member.personId === world.botId))
}

/** A guild that the bot is in; of another one it may not even know. */
function myGuild(call: Call): Guild {
  const guild = call.world.guild(param(call, 'guild'))
  if (!myGuilds(call).includes(guild)) throw refuse.missingAccess()
  return guild
}

function listChannels(call: Call): Reply {
  const { world } = call
  const channels = world.channelsOf(myGuild(call).id).filter(one => !one.thread)
  return { status: 200, body: channels.map(one => channelPayload(world, one)) }
}

function getMember(call: Call, id: string): Reply {
  const { world } = call
  const person = world.person(id === '@me' ? world.botId : id)
  const member = myGuild(call).members.find(one => one.personId === person.id)
  if (!member) throw refuse.unknownMember()
  return { status: 200, body: { ...memberPayload(member), user: userPayload(person) } }
}

/** Needs the Guild Members intent in the portal, not only on the gateway. */
function listMembers(call: Call): Reply {
  const { world, query } = call
  if (!world.application.guildMembers) throw refuse.missingAccess()
  const members = myGuild(call).members.slice(0, Number(query.get('limit') ?? 1))
  return {
    status: 200,
    body: members.map(one => ({ ...memberPayload(one), user: userPayload(world.person(one.personId)) })),
  }
}

function activeThreads(call: Call): Reply {
  const { world } = call
  const threads = world
    .channelsOf(myGuild(call).id)
    .filter(one => one.thread && !one.thread.archived)
    .filter(one => (world.permissions(world.botId, one) & permission.viewChannel) !== 0n)
  return {
    status: 200,
    body: { threads: threads.map(one => channelPayload(world, one)), members: [], has_more: false },
  }
}
