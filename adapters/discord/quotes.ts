import { type APIMessage, type APIMessageSnapshotFields, MessageReferenceType, MessageType } from 'discord.js'
import { type MessageId, messageId, personId } from '#src/core/ids.ts'
import type { Earlier } from '#src/core/surface.ts'
import { plainText, shownName } from './plain-text.ts'
import { platform } from './platform-name.ts'
import type { Scene } from './scene.ts'
import { unreadOf } from './unread.ts'

type Pointing = Pick<APIMessage, 'message_reference' | 'message_snapshots' | 'referenced_message' | 'type'> &
  Readonly<{ guild_id?: string | undefined }>

/** What a message points at, as far as its own payload holds it: the message replied to, or the ones forwarded. */
export function pointedAt(message: Pointing, scene: Scene): Earlier {
  const reference = message.message_reference
  if (reference?.type === MessageReferenceType.Forward) {
    const id = forwardedId(reference.guild_id, reference.channel_id, reference.message_id)
    return merged((message.message_snapshots ?? []).map(({ message: copy }) => forwarded(copy, id, scene)))
  }
  if (message.type !== MessageType.Reply) return { quotes: [], unread: [] }
  if (message.referenced_message === null) return { quotes: [], unread: ['the message replied to (it was deleted)'] }
  if (message.referenced_message === undefined) return { quotes: [], unread: ['the message replied to'] }
  return quoted(message.referenced_message, message.guild_id, 'the message replied to', scene)
}

/** One message as quoted data; `from` says in which one the things that were not read stand. */
export function quoted(message: APIMessage, guild: string | undefined, from: string, scene: Scene): Earlier {
  const text = plainText({ content: message.content, mentions: message.mentions, guild }, scene).trim()
  const own = message.author.id === scene.self
  const withheld = text === '' && !own && !scene.readsContent && guild !== undefined
  if (withheld) return { quotes: [], unread: [`${from} (Discord withholds its words)`] }
  const quote = {
    message: messageId(platform, guild, message.channel_id, message.id),
    author: shownName(message.author),
    person: personId(platform, undefined, message.author.id),
    own,
    text,
  }
  return { quotes: text === '' ? [] : [quote], unread: unreadOf(message).map(what => `${what} in ${from}`) }
}

export function merged(parts: readonly Earlier[]): Earlier {
  return { quotes: parts.flatMap(part => part.quotes), unread: [...new Set(parts.flatMap(part => part.unread))] }
}

function forwarded(copy: APIMessageSnapshotFields, message: MessageId | undefined, scene: Scene): Earlier {
  // A forward may come from another server, whose names are not ours to know: mentions resolve by the copy alone.
  const text = plainText({ content: copy.content, mentions: copy.mentions ?? [], guild: undefined }, scene).trim()
  const unread = unreadOf(copy).map(what => `${what} in the forwarded message`)
  return { quotes: text === '' ? [] : [{ message, author: undefined, own: false, text }], unread }
}

function forwardedId(
  guild: string | undefined,
  channel: string | undefined,
  message: string | undefined,
): MessageId | undefined {
  return channel === undefined || message === undefined ? undefined : messageId(platform, guild, channel, message)
}
