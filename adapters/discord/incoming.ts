import { type GatewayMessageCreateDispatchData, type GatewayMessageUpdateDispatchData, MessageType } from 'discord.js'
import type { EditedEvent, MessageEvent } from '#src/core/event.ts'
import { eventKey, messageId } from '#src/core/ids.ts'
import { isAddressed } from './addressing.ts'
import { attachedFiles, withoutFiles } from './attached-files.ts'
import { personOf } from './person-of.ts'
import { placeOf } from './place-of.ts'
import { plainText, withoutCall } from './plain-text.ts'
import { platform } from './platform-name.ts'
import { pointedAt } from './quotes.ts'
import type { Scene } from './scene.ts'
import { unreadOf } from './unread.ts'

/** A message does not know yet where it gets answered. */
export type ToldMessage = Omit<MessageEvent, 'surface'>

type Message = GatewayMessageCreateDispatchData | GatewayMessageUpdateDispatchData

/** A message of a person as our event; `undefined` for whatever else speaks in a channel. */
export function incomingMessage(message: Message, scene: Scene): ToldMessage | undefined {
  if (!isSaidByPerson(message, scene)) return undefined
  const pointed = pointedAt(message, scene)
  const text = wordsOf(message, scene)
  const addressed = isAddressed(message, scene)
  const files = attachedFiles(message, scene)
  const unread = [...unreadOf(withoutFiles(message, scene)), ...withheld(message, text, scene), ...pointed.unread]
  if (!addressed && text === '' && unread.length + files.length === 0 && pointed.quotes.length === 0) return undefined
  return {
    type: 'message',
    key: eventKey(platform, 'message', message.id),
    place: placeOf(message, scene),
    at: new Date(message.timestamp),
    person: personOf(message.author, message.member, message, scene),
    message: {
      id: idOf(message),
      text,
      addressed,
      ...(isCall(message, scene) && { called: true }),
      quotes: pointed.quotes,
      unread,
      ...(files.length > 0 && { files }),
    },
  }
}

/**
 * New words of an earlier message. Discord updates a message also when it unfolds a link or opens a thread: then there is
 * no time of an edit, or that of an earlier one, whose key is known already.
 */
export function editedMessage(message: Message, scene: Scene): EditedEvent | undefined {
  if (message.edited_timestamp == null || !isSaidByPerson(message, scene)) return undefined
  const text = wordsOf(message, scene)
  // An edit to nothing takes away the words of a message with files; without Message Content it is merely hidden.
  if (text === '' && !scene.readsContent) return undefined
  return {
    type: 'edited',
    key: eventKey(platform, 'edited', `${message.id}:${message.edited_timestamp}`),
    place: placeOf(message, scene),
    at: new Date(message.edited_timestamp),
    person: personOf(message.author, message.member, message, scene),
    message: idOf(message),
    text,
  }
}

/** Not a bot (Aeries itself is one), not a webhook, no "joined the server", and not an update without an author. */
function isSaidByPerson(message: Message, scene: Scene): boolean {
  const { author } = message
  if (author === undefined || author.id === scene.self || author.bot === true || author.system === true) return false
  if (message.webhook_id !== undefined) return false
  return message.type === MessageType.Default || message.type === MessageType.Reply
}

function wordsOf(message: Message, scene: Scene): string {
  const content = uncalled(message, scene)
  return plainText({ content, mentions: message.mentions, guild: message.guild_id }, scene).trim()
}

function isCall(message: Message, scene: Scene): boolean {
  return uncalled(message, scene) !== message.content
}

function uncalled({ content, guild_id: guild }: Message, scene: Scene): string {
  return withoutCall(content, scene.self, guild === undefined ? undefined : scene.ownRole(guild))
}

/** A reply without a ping reaches us without its words when the Message Content intent is off. */
function withheld(message: Message, text: string, scene: Scene): readonly string[] {
  const hidden = text === '' && !scene.readsContent && message.content === '' && message.guild_id !== undefined
  return hidden && isAddressed(message, scene) ? ['the words of this message (Discord shows them with a mention)'] : []
}

function idOf(message: Message): MessageEvent['message']['id'] {
  return messageId(platform, message.guild_id, message.channel_id, message.id)
}
