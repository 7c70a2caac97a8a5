import { userPayload } from '#playground/discord-server/wire/user-payload.ts'
import { demand } from '#playground/discord-server/world/permissions.ts'
import { clearReactions, parseEmoji, react, sameEmoji, unreact } from '#playground/discord-server/world/reactions.ts'
import { type Call, param, type Reply, type Route, route } from './route.ts'

const base = '/channels/:channel/messages/:message/reactions'

/** Reactions: the bot's own, other people's with Manage Messages, and who reacted. */
export const reactionRoutes: readonly Route[] = [
  route('PUT', `${base}/:emoji/@me`, call => {
    react(call.world, target(call, call.world.botId))
    return { status: 204 }
  }),
  route('DELETE', `${base}/:emoji/@me`, call => takeBack(call, call.world.botId)),
  route('DELETE', `${base}/:emoji/:person`, call => takeBack(call, param(call, 'person'))),
  route('GET', `${base}/:emoji`, listReactions),
  route('DELETE', `${base}/:emoji`, call => {
    const { world } = call
    clearReactions(world, world.botId, messageOf(call), parseEmoji(param(call, 'emoji')))
    return { status: 204 }
  }),
  route('DELETE', base, call => {
    clearReactions(call.world, call.world.botId, messageOf(call))
    return { status: 204 }
  }),
]

function target(call: Call, personId: string): Parameters<typeof react>[1] {
  const emoji = parseEmoji(param(call, 'emoji'))
  return { personId, channelId: param(call, 'channel'), messageId: param(call, 'message'), emoji }
}

function messageOf(call: Call): ReturnType<Call['world']['message']> {
  return call.world.message(param(call, 'channel'), param(call, 'message'))
}

function takeBack(call: Call, personId: string): Reply {
  unreact(call.world, call.world.botId, target(call, personId))
  return { status: 204 }
}

function listReactions(call: Call): Reply {
  const { world } = call
  demand(world.permissions(world.botId, world.channel(param(call, 'channel'))), 'readMessageHistory')
  const emoji = parseEmoji(param(call, 'emoji'))
  const found = messageOf(call).reactions.find(one => sameEmoji(one.emoji, emoji))
  const people = (found?.personIds ?? []).map(id => userPayload(world.person(id)))
  return { status: 200, body: people.slice(0, Number(call.query.get('limit') ?? 25)) }
}
