import { refuse } from './api-error.ts'
import type { Channel } from './channel.ts'
import { type Message, messageType, type Snapshot } from './message.ts'
import { permission } from './permissions.ts'
import type { World } from './world.ts'

type ReplyTo = Readonly<{ messageId: string; failIfMissing: boolean }>

/**
 * The message that a reply answers; undefined when it is gone and the sender does not mind. Throws 160002 without
 * Read Message History, 50035 for a message that is gone or was made by Discord itself.
 */
export function replyTarget(world: World, authorId: string, channel: Channel, replyTo: ReplyTo): Message | undefined {
  if (!(world.permissions(authorId, channel) & permission.readMessageHistory)) throw refuse.replyWithoutHistory()
  const target = world.messages.find(replyTo.messageId)
  if (target?.channelId === channel.id && target.deletedAt === undefined && target.ephemeralFor === undefined) {
    if (target.type === messageType.plain || target.type === messageType.reply) return target
    const reason = 'Cannot reply to a system message'
    throw refuse.form('message_reference', 'REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE', reason)
  }
  if (!replyTo.failIfMissing) return undefined
  throw refuse.form('message_reference', 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message')
}

/** The message that somebody passes on; they have to see the place that it comes from. */
export function forwardTarget(world: World, authorId: string, from: { channelId: string; messageId: string }): Message {
  const source = world.channel(from.channelId)
  if (!(world.permissions(authorId, source) & permission.viewChannel)) throw refuse.missingAccess()
  return world.message(source.id, from.messageId)
}

/** The copy that a forward carries. A forward of a forward carries the first copy: Discord nests one level deep. */
export function snapshotOf(message: Message): Snapshot {
  if (message.snapshot) return message.snapshot
  const { content, createdAt, editedAt, flags, embeds, attachments, mentions } = message
  return { content, createdAt, editedAt, flags, embeds, attachments, mentions }
}
