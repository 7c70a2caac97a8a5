import { type Channel, channelFamily, channelType, isExternal } from '#playground/slack-server/world/channel.ts'
import type { Json } from '#playground/slack-server/world/json.ts'
import { mentionsIn } from '#playground/slack-server/world/mentions.ts'
import type { Message } from '#playground/slack-server/world/message.ts'
import type { World } from '#playground/slack-server/world/world.ts'
import { messagePayload } from './message-payload.ts'
import type { SlackEvent } from './slack-event.ts'

/** What a channel tells the app of a new message: `message`, and `app_mention` for one that names the bot. */
export function postedEvents(world: World, message: Message): readonly SlackEvent[] {
  const channel = world.channels.get(message.channelId)
  const teamId = channel && world.listener(channel)
  if (!channel || teamId === undefined || message.ephemeralFor !== undefined) return []
  const said = about(channel, teamId, message, {
    ...messagePayload(world, message),
    // A running stream is told as a bot's message, so that listeners for people's words let it pass.
    ...(message.stream && { subtype: 'bot_message' }),
    ...(message.broadcast && broadcast(world, message)),
    channel: channel.id,
    channel_type: channelType(channel.kind),
    event_ts: message.ts,
  })
  const mentions = channel.teamIds.flatMap(id => mentionEvent(world, channel, id, message) ?? [])
  return world.rules.mentionFirst ? [...mentions, said] : [said, ...mentions]
}

function broadcast(world: World, { channelId, threadTs }: Message): Json {
  const root = threadTs === undefined ? undefined : world.messages.find(channelId, threadTs)
  return { subtype: 'thread_broadcast', ...(root && { root: messagePayload(world, root, true) }) }
}

/** Told to the workspace whose bot is named. In a direct message with the app a mention is an ordinary message. */
function mentionEvent(world: World, channel: Channel, teamId: string, message: Message): SlackEvent | undefined {
  const botUserId = world.installation(teamId)?.botUserId
  const named = mentionsIn(message.text).some(one => one.kind === 'person' && one.id === botUserId)
  const isThere = botUserId !== undefined && channel.memberIds.includes(botUserId)
  if (!named || !isThere || channel.kind === 'im' || message.authorId === botUserId) return undefined
  const { type: _, ...payload } = messagePayload(world, message)
  const event = { type: 'app_mention', ...payload, channel: channel.id, event_ts: message.ts }
  return { ...about(channel, teamId, message, event), subscription: 'app_mention', scope: 'app_mentions:read' }
}

/** `message_changed`: an edit, a preview that came late, the end of a stream, the app's own updates. */
export function changedEvents(world: World, message: Message, previous: Message): readonly SlackEvent[] {
  const now = { message: messagePayload(world, message, true), previous_message: messagePayload(world, previous, true) }
  return hidden(world, message, { subtype: 'message_changed', ...now })
}

/** `message_deleted`; the root of a thread with answers turns into a tombstone by `message_changed` instead. */
export function deletedEvents(world: World, message: Message, previous: Message): readonly SlackEvent[] {
  const previousPayload = messagePayload(world, previous, true)
  if (world.messages.replies(message.channelId, message.ts).length === 0) {
    const gone = { deleted_ts: message.ts, previous_message: previousPayload }
    return hidden(world, message, { subtype: 'message_deleted', ...gone })
  }
  const tombstone = {
    ...messagePayload(world, { ...previous, blocks: [], attachments: [], files: [], reactions: [] }, true),
    subtype: 'tombstone',
    text: 'This message was deleted.',
    user: 'USLACKBOT',
    hidden: true,
  }
  return hidden(world, message, { subtype: 'message_changed', message: tombstone, previous_message: previousPayload })
}

function hidden(world: World, message: Message, rest: Json): readonly SlackEvent[] {
  const channel = world.channels.get(message.channelId)
  const teamId = channel && world.listener(channel)
  if (!channel || teamId === undefined || message.ephemeralFor !== undefined) return []
  const ts = world.ids.ts()
  const where = { channel: channel.id, channel_type: channelType(channel.kind), hidden: true, ts, event_ts: ts }
  return [about(channel, teamId, message, { type: 'message', ...rest, ...where })]
}

function about(channel: Channel, teamId: string, message: Message, event: Json): SlackEvent {
  const family = channelFamily(channel.kind)
  return {
    teamId,
    originTeamId: message.teamId,
    subscription: `message.${family}`,
    scope: `${family}:history`,
    external: isExternal(channel),
    event,
  }
}
