import type { DiscordServer } from '#playground/discord-server/discord-server.ts'
import { commandType } from '#playground/discord-server/world/application-commands.ts'
import { type Channel, channelType } from '#playground/discord-server/world/channel.ts'
import type { Interaction } from '#playground/discord-server/world/interaction.ts'
import type { Json } from '#playground/discord-server/world/json.ts'
import { type Message, messageFlag, messageType } from '#playground/discord-server/world/message.ts'
import { permission } from '#playground/discord-server/world/permissions.ts'
import type { World } from '#playground/discord-server/world/world.ts'
import type { CommandView, InteractionView, MessageView, PlaceView, SceneView } from '#playground/page/wire.ts'

/** The world of Discord as the page shows it: one guild, and the DMs with Aeries. */
export function discordScene({ world, botId }: Pick<DiscordServer, 'world' | 'botId'>): SceneView {
  return {
    platform: 'discord',
    name: [...world.guilds.values()][0]?.name ?? 'Discord',
    bot: botId,
    people: [...world.people.values()].map(({ id, name, displayName, bot }) => ({
      id,
      handle: name,
      name: displayName,
      isBot: bot,
    })),
    places: [...world.channels.values()].map(channel => placeView(world, channel)),
    commands: commandsOf(world, commandType.chatInput).map(commandView),
    menu: commandsOf(world, commandType.message).map(({ name }) => String(name)),
  }
}

export function discordMessage(message: Message): MessageView {
  const { id, channelId: place, authorId: author, createdAt: at, content: text, flags, reference } = message
  return {
    platform: 'discord',
    id,
    native: id,
    place,
    thread: undefined,
    isBroadcast: false,
    author,
    at,
    text,
    format: 'discord',
    isStreaming: false,
    others: undefined,
    blocks: message.components,
    embeds: message.embeds,
    files: message.attachments.map(({ filename: name, size, url }) => ({ name, size, url: pathOf('discord', url) })),
    reactions: message.reactions.map(({ emoji, personIds }) => ({ key: keyOf(emoji), people: personIds })),
    replyTo: reference?.kind === 'reply' ? reference.messageId : undefined,
    forwarded: message.snapshot?.content,
    state: stateOf(message),
    isEdited: message.editedAt !== undefined && (flags & messageFlag.loading) === 0,
    isGone: message.deletedAt !== undefined || message.type === messageType.threadStarter,
    onlyFor: message.ephemeralFor,
    length: text.length,
    versions: message.versions.length,
  }
}

export function interactionView({ id, personId: person, state, shown }: Interaction): InteractionView {
  return { id, person, state, shown }
}

/** The stand-ins' files are handed on by the page's own server. */
function pathOf(platform: string, url: string): string {
  return `/files/${platform}${new URL(url, 'http://stand-in').pathname}`
}

function placeView(world: World, channel: Channel): PlaceView {
  const people = [...world.people.values()].filter(({ bot }) => !bot)
  const sees = (id: string) => (world.permissions(id, channel) & permission.viewChannel) !== 0n
  const readers = people.map(({ id }) => id).filter(sees)
  return {
    id: channel.id,
    kind: kindOf(channel),
    name: channel.name,
    parent: channel.parentId,
    readers,
    isClosed: channel.thread?.locked ?? false,
  }
}

function kindOf({ type, overwrites }: Channel): PlaceView['kind'] {
  if (type === channelType.dm) return 'dm'
  if (type === channelType.publicThread || type === channelType.privateThread) return 'thread'
  return overwrites.some(({ deny }) => deny & permission.viewChannel) ? 'private' : 'open'
}

function stateOf({ flags, type }: Message): MessageView['state'] {
  if (flags & messageFlag.loading) return 'thinking'
  return type === messageType.threadCreated ? 'notice' : 'said'
}

function keyOf({ id, name }: Readonly<{ id: string | null; name: string }>): string {
  return id === null ? name : `${name}:${id}`
}

function commandsOf(world: World, type: number): readonly Json[] {
  return world.application.commands.filter(one => (one['type'] ?? commandType.chatInput) === type)
}

function commandView({ name, description, options }: Json): CommandView {
  return {
    name: String(name),
    description: typeof description === 'string' ? description : '',
    options: Array.isArray(options) ? (options as readonly Json[]) : [],
  }
}
