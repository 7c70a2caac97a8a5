import type { APIUser, GatewayMessageCreateDispatchData } from 'discord.js'
import type { ChannelFacts, Scene } from '#adapters/discord/scene.ts'

export const aeries = '900000000000000001'
export const guild = '200000000000000001'
export const general = '300000000000000001'
export const staff = '300000000000000002'
export const thread = '400000000000000001'
export const foreignThread = '400000000000000002'
export const ownRole = '500000000000000001'
export const crew = '500000000000000002'

const channels: Readonly<Record<string, ChannelFacts>> = {
  [general]: {
    kind: 'channel',
    name: 'general',
    audience: 'public',
    parent: undefined,
    joined: true,
    newest: undefined,
  },
  [staff]: { kind: 'channel', name: 'staff', audience: 'private', parent: undefined, joined: true, newest: undefined },
  [thread]: { kind: 'thread', name: 'general', audience: 'public', parent: general, joined: true, newest: undefined },
  [foreignThread]: {
    kind: 'thread',
    name: 'general',
    audience: 'public',
    parent: general,
    joined: false,
    newest: undefined,
  },
}

/** A server with two channels, a thread that Aeries is in and one that it is not in. */
export function aScene(sketch: Partial<Scene> = {}): Scene {
  return {
    self: aeries,
    readsContent: true,
    channel: id => channels[id],
    livelySince: () => [],
    roleName: (_guild, role) => (role === crew ? 'crew' : undefined),
    ownRole: () => ownRole,
    standing: () => undefined,
    nameOf: () => undefined,
    ...sketch,
  }
}

export function aUser(id: string, name: string, sketch: Partial<APIUser> = {}): APIUser {
  return { id, username: name.toLowerCase(), global_name: name, discriminator: '0', avatar: null, ...sketch }
}

export const mira = aUser('100000000000000001', 'Mira')
export const tom = aUser('100000000000000002', 'Tom')
export const aeriesUser = aUser(aeries, 'Aeries', { bot: true })

type Message = GatewayMessageCreateDispatchData

/** Mira says something in #general, as the gateway tells it, unless told otherwise. */
export function aMessage(sketch: Partial<Message> = {}): Message {
  return {
    id: '600000000000000001',
    channel_id: general,
    guild_id: guild,
    author: mira,
    content: 'hello',
    timestamp: '2026-11-20T10:00:00.000000+00:00',
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    pinned: false,
    type: 0,
    ...sketch,
  } as Message
}

/** The same in a DM, where there is no server. */
export function aDirectMessage(sketch: Partial<Message> = {}): Message {
  const { guild_id: _, ...message } = aMessage({ channel_id: '700000000000000001', ...sketch })
  return message
}

/** A reply to a message by that person, which pings them as Discord's own clients do. */
export function aReplyTo(author: APIUser, sketch: Partial<Message> = {}): Message {
  return aMessage({
    type: 19,
    mentions: [author],
    message_reference: { type: 0, message_id: '600000000000000000', channel_id: general, guild_id: guild },
    referenced_message: aMessage({ id: '600000000000000000', author, content: 'an earlier word' }),
    ...sketch,
  })
}
