import type {
  APIEmoji,
  GatewayChannelDeleteDispatchData,
  GatewayGuildDeleteDispatchData,
  GatewayMessageDeleteBulkDispatchData,
  GatewayMessageDeleteDispatchData,
  GatewayMessageReactionAddDispatchData,
  GatewayMessageReactionRemoveAllDispatchData,
  GatewayMessageReactionRemoveDispatchData,
  GatewayMessageReactionRemoveEmojiDispatchData,
  GatewayThreadDeleteDispatchData,
} from 'discord.js'
import type { DeletedEvent, GoneEvent, ReactionEvent, ReactionsClearedEvent } from '#src/core/event.ts'
import { eventKey, messageId, personId } from '#src/core/ids.ts'
import { personOf } from './person-of.ts'
import { placeOf } from './place-of.ts'
import { platform } from './platform-name.ts'
import type { Scene } from './scene.ts'

/**
 * When and as what the gateway delivered something. These happenings carry no id of their own, but a session numbers its
 * dispatches: a replay after a resume repeats the number, a second reaction of the same kind has a new one.
 */
export type Delivery = Readonly<{ id: string; at: Date }>

export function deletedMessages(
  data: GatewayMessageDeleteDispatchData | GatewayMessageDeleteBulkDispatchData,
  { at }: Delivery,
  scene: Scene,
): DeletedEvent | undefined {
  const ids = 'ids' in data ? data.ids : [data.id]
  const [first] = ids
  if (first === undefined) return undefined
  return {
    type: 'deleted',
    // A message is deleted once in its life, so any one of them names the deletion.
    key: eventKey(platform, 'deleted', first),
    place: placeOf(data, scene),
    at,
    messages: ids.map(id => messageId(platform, data.guild_id, data.channel_id, id)),
  }
}

/** A reaction by anybody but Aeries itself and, where Discord says so, other bots. */
export function reaction(
  data: GatewayMessageReactionAddDispatchData | GatewayMessageReactionRemoveDispatchData,
  change: ReactionEvent['change'],
  { id, at }: Delivery,
  scene: Scene,
): ReactionEvent | undefined {
  const member = 'member' in data ? data.member : undefined
  if (data.user_id === scene.self || member?.user.bot === true) return undefined
  const emoji = emojiName(data.emoji)
  if (emoji === undefined) return undefined
  const name = scene.nameOf(data.guild_id, data.user_id) ?? 'somebody'
  const nobody = { id: personId(platform, undefined, data.user_id), name, external: false }
  return {
    type: 'reaction',
    key: eventKey(platform, 'reaction', id),
    place: placeOf(data, scene),
    at,
    person: member === undefined ? nobody : personOf(member.user, member, data, scene),
    message: messageId(platform, data.guild_id, data.channel_id, data.message_id),
    emoji,
    change,
  }
}

/** A moderator, or a program with such rights, swept a message clean. Nobody learns whose reactions those were. */
export function clearedReactions(
  data: GatewayMessageReactionRemoveAllDispatchData | GatewayMessageReactionRemoveEmojiDispatchData,
  { id, at }: Delivery,
  scene: Scene,
): ReactionsClearedEvent | undefined {
  const emoji = 'emoji' in data ? emojiName(data.emoji) : undefined
  if ('emoji' in data && emoji === undefined) return undefined
  return {
    type: 'reactions cleared',
    key: eventKey(platform, 'reactions cleared', id),
    place: placeOf(data, scene),
    at,
    message: messageId(platform, data.guild_id, data.channel_id, data.message_id),
    emoji,
  }
}

/** Removed from a whole server; an outage (`unavailable`) takes nothing away. */
export function leftGuild(data: GatewayGuildDeleteDispatchData, { id, at }: Delivery): GoneEvent | undefined {
  if (data.unavailable === true) return undefined
  const key = eventKey(platform, 'gone', `${data.id}:${id}`)
  return { type: 'gone', key, platform, workspace: data.id, channel: undefined, thread: undefined, at }
}

export function lostChannel(data: GatewayChannelDeleteDispatchData, { at }: Delivery): GoneEvent {
  const workspace = 'guild_id' in data ? data.guild_id : undefined
  const key = eventKey(platform, 'gone', data.id)
  return { type: 'gone', key, platform, workspace, channel: data.id, thread: undefined, at }
}

export function lostThread(data: GatewayThreadDeleteDispatchData, { at }: Delivery): GoneEvent | undefined {
  // Without its parent a thread has no place.
  if (typeof data.parent_id !== 'string') return undefined
  const key = eventKey(platform, 'gone', data.id)
  return { type: 'gone', key, platform, workspace: data.guild_id, channel: data.parent_id, thread: data.id, at }
}

/** `👍🏽` as it is, a custom emoji as `name:id`; a custom emoji that was deleted has lost its name. */
function emojiName({ id, name }: APIEmoji): string | undefined {
  if (id === null) return name ?? undefined
  return `${name ?? 'deleted'}:${id}`
}
