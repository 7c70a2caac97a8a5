import { messageEventPayload } from '#playground/discord-server/wire/message-payload.ts'
import { memberPayload, userPayload } from '#playground/discord-server/wire/user-payload.ts'
import type { Json } from '#playground/discord-server/world/json.ts'
import type { Message } from '#playground/discord-server/world/message.ts'
import type { World } from '#playground/discord-server/world/world.ts'
import { type Dispatch, type EventOf, inChannel } from './dispatch.ts'
import { intent } from './intents.ts'

function place({ channelId, guildId }: Pick<Message, 'channelId' | 'guildId'>): Json {
  return { channel_id: channelId, ...(guildId !== undefined && { guild_id: guildId }) }
}

const messages = { guild: intent.guildMessages, dm: intent.directMessages }
const reactions = { guild: intent.guildMessageReactions, dm: intent.directMessageReactions }
const typing = { guild: intent.guildMessageTyping, dm: intent.directMessageTyping }

export function messageDispatch(world: World, name: string, message: Message): readonly Dispatch[] {
  if (message.ephemeralFor !== undefined) return []
  return inChannel(world, message.channelId, name, messages, reader => messageEventPayload(world, message, reader))
}

export function deletedDispatch(
  world: World,
  { channelId, messages: gone, bulk }: EventOf<'deleted'>,
): readonly Dispatch[] {
  const seen = gone.filter(one => one.ephemeralFor === undefined)
  const [first] = seen
  if (!first) return []
  const where = place(first)
  if (bulk) {
    const ids = seen.map(one => one.id)
    return inChannel(world, channelId, 'MESSAGE_DELETE_BULK', messages, () => ({ ids, ...where }))
  }
  return seen.flatMap(({ id }) => inChannel(world, channelId, 'MESSAGE_DELETE', messages, () => ({ id, ...where })))
}

export function reactionDispatch(world: World, event: EventOf<'reaction'>): readonly Dispatch[] {
  const { message, personId, emoji, added } = event
  const name = added ? 'MESSAGE_REACTION_ADD' : 'MESSAGE_REACTION_REMOVE'
  const member = world.guilds.get(message.guildId ?? '')?.members.find(one => one.personId === personId)
  const user = world.people.get(personId)
  // In a DM nothing here says that the channel is one: discord.js then drops the event of a channel it has not cached.
  return inChannel(world, message.channelId, name, reactions, () => ({
    user_id: personId,
    message_id: message.id,
    ...place(message),
    emoji,
    burst: false,
    type: 0,
    ...(added && { message_author_id: message.authorId }),
    ...(added && member && user && { member: { ...memberPayload(member), user: userPayload(user) } }),
  }))
}

export function clearedDispatch(world: World, { message, emoji }: EventOf<'reactions-cleared'>): readonly Dispatch[] {
  const name = emoji ? 'MESSAGE_REACTION_REMOVE_EMOJI' : 'MESSAGE_REACTION_REMOVE_ALL'
  return inChannel(world, message.channelId, name, reactions, () => ({
    message_id: message.id,
    ...place(message),
    ...(emoji && { emoji }),
  }))
}

export function typingDispatch(world: World, { channelId, personId, at }: EventOf<'typing'>): readonly Dispatch[] {
  const guild = world.guilds.get(world.channels.get(channelId)?.guildId ?? '')
  const member = guild?.members.find(one => one.personId === personId)
  return inChannel(world, channelId, 'TYPING_START', typing, () => ({
    ...place({ channelId, guildId: guild?.id }),
    user_id: personId,
    timestamp: Math.floor(at / 1_000),
    ...(member && { member: { ...memberPayload(member), user: userPayload(world.person(personId)) } }),
  }))
}
