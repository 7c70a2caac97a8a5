import type { Json } from '#playground/discord-server/world/json.ts'
import { type Attachment, type Message, messageFlag, type Snapshot } from '#playground/discord-server/world/message.ts'
import type { World } from '#playground/discord-server/world/world.ts'
import { channelPayload } from './channel-payload.ts'
import { memberPayload, userPayload } from './user-payload.ts'

const referenceType = { reply: 0, thread: 0, forward: 1 } as const

type Reader = Readonly<{
  /** Whether the reader has the Message Content intent. */
  content: boolean
}>

/**
 * A message as the bot gets it over REST. Without the Message Content intent words, embeds, files and buttons are
 * empty, except in the bot's own messages, in DMs, and where the bot is mentioned.
 */
export function messagePayload(world: World, message: Message, reader: Reader): Json {
  return { ...shallowPayload(world, message, reader), ...referencePayload(world, message, reader) }
}

/** A message as a gateway event brings it: with the guild, the author's membership, and the kind of channel. */
export function messageEventPayload(world: World, message: Message, reader: Reader): Json {
  const members = world.guilds.get(message.guildId ?? '')?.members ?? []
  const member = members.find(one => one.personId === message.authorId)
  return {
    ...messagePayload(world, message, reader),
    mentions: mentionedUsers(world, message, true),
    ...(message.guildId !== undefined && { guild_id: message.guildId }),
    ...(member && { member: memberPayload(member) }),
    channel_type: world.channels.get(message.channelId)?.type,
    // Only its own client sees a nonce; every session of this server is the bot's.
    ...(message.nonce !== undefined && message.authorId === world.botId && { nonce: message.nonce }),
  }
}

function shallowPayload(world: World, message: Message, reader: Reader): Json {
  const readable = reader.content || isReadable(world, message)
  const thread = message.flags & messageFlag.hasThread ? world.channels.get(message.id) : undefined
  return {
    id: message.id,
    type: message.type,
    channel_id: message.channelId,
    author: authorPayload(world, message.authorId),
    content: readable ? message.content : '',
    timestamp: new Date(message.createdAt).toISOString(),
    edited_timestamp: message.editedAt === undefined ? null : new Date(message.editedAt).toISOString(),
    tts: false,
    mention_everyone: message.mentions.everyone,
    mentions: mentionedUsers(world, message, false),
    mention_roles: message.mentions.roles,
    attachments: readable ? message.attachments.map(attachmentPayload) : [],
    embeds: readable ? message.embeds : [],
    components: readable ? message.components : [],
    pinned: false,
    flags: message.flags,
    ...(message.reactions.length > 0 && { reactions: reactionsPayload(world, message) }),
    ...(message.interactionId !== undefined && answerFields(world, message, message.interactionId)),
    ...(thread && { thread: channelPayload(world, thread) }),
  }
}

function isReadable(world: World, { authorId, guildId, mentions }: Message): boolean {
  return authorId === world.botId || guildId === undefined || mentions.users.includes(world.botId)
}

function referencePayload(world: World, message: Message, reader: Reader): Json {
  const { reference, snapshot } = message
  if (!reference) return {}
  const pointer = {
    type: referenceType[reference.kind],
    channel_id: reference.channelId,
    ...(reference.messageId !== undefined && { message_id: reference.messageId }),
    ...(reference.guildId !== undefined && { guild_id: reference.guildId }),
  }
  if (reference.kind === 'forward') {
    const readable = reader.content || isReadable(world, message)
    const copy = snapshot ? [{ message: snapshotPayload(world, message, snapshot, readable) }] : []
    return { message_reference: pointer, message_snapshots: copy }
  }
  if (reference.messageId === undefined) return { message_reference: pointer }
  const target = world.messages.find(reference.messageId)
  const stands = target && target.deletedAt === undefined
  return { message_reference: pointer, referenced_message: stands ? shallowPayload(world, target, reader) : null }
}

function snapshotPayload(world: World, { type }: Message, snapshot: Snapshot, readable: boolean): Json {
  return {
    type,
    content: readable ? snapshot.content : '',
    embeds: readable ? snapshot.embeds : [],
    attachments: readable ? snapshot.attachments.map(attachmentPayload) : [],
    timestamp: new Date(snapshot.createdAt).toISOString(),
    edited_timestamp: snapshot.editedAt === undefined ? null : new Date(snapshot.editedAt).toISOString(),
    flags: snapshot.flags,
    mentions: snapshot.mentions.users.map(id => authorPayload(world, id)),
    mention_roles: snapshot.mentions.roles,
    components: [],
  }
}

function mentionedUsers(world: World, { guildId, mentions }: Message, withMembers: boolean): readonly Json[] {
  const members = world.guilds.get(guildId ?? '')?.members ?? []
  return mentions.users.map(id => {
    const member = members.find(one => one.personId === id)
    return { ...authorPayload(world, id), ...(withMembers && member && { member: memberPayload(member) }) }
  })
}

function authorPayload(world: World, personId: string): Json {
  const person = world.people.get(personId)
  return person ? userPayload(person) : { id: personId, username: 'deleted_user', discriminator: '0', avatar: null }
}

function attachmentPayload({ id, filename, contentType, size, url }: Attachment): Json {
  return { id, filename, content_type: contentType, size, url, proxy_url: url }
}

function reactionsPayload(world: World, { reactions }: Message): readonly Json[] {
  return reactions.map(({ emoji, personIds }) => ({
    emoji,
    count: personIds.length,
    count_details: { normal: personIds.length, burst: 0 },
    me: personIds.includes(world.botId),
    me_burst: false,
    burst_colors: [],
  }))
}

function answerFields(world: World, { flags }: Message, interactionId: string): Json {
  const interaction = world.interactions.get(interactionId)
  if (!interaction) return {}
  return {
    webhook_id: world.application.id,
    application_id: world.application.id,
    flags,
    interaction_metadata: {
      id: interaction.id,
      type: interaction.type,
      user: authorPayload(world, interaction.personId),
      authorizing_integration_owners: { 0: interaction.guildId ?? '0' },
      ...(interaction.messageId !== undefined && { interacted_message_id: interaction.messageId }),
    },
  }
}
