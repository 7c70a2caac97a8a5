import { ChannelType, type GatewayMessageCreateDispatchData, MessageType } from 'discord.js'
import type { Scene } from './scene.ts'

type Message = Pick<
  GatewayMessageCreateDispatchData,
  | 'author'
  | 'channel_id'
  | 'channel_type'
  | 'content'
  | 'guild_id'
  | 'mention_everyone'
  | 'mentions'
  | 'referenced_message'
  | 'type'
>

/**
 * Whether somebody speaks to Aeries: in a DM always, elsewhere by a mention or a reply to it, and in a thread that it is
 * in unless the words go to somebody else. `@everyone` and roles call everybody, so nobody in particular; but the role
 * that Discord made for Aeries itself is another name of it.
 */
export function isAddressed(message: Message, scene: Scene): boolean {
  const facts = scene.channel(message.channel_id)
  const group = facts?.kind === 'group' || message.channel_type === ChannelType.GroupDM
  if (message.guild_id === undefined && !group) return true
  if (mentions(message, scene.self) || mentionsOwnRole(message, scene)) return true
  if (repliedTo(message) === scene.self) return true
  // Without Message Content the words are withheld, and with them whether they go to somebody else: ask for a mention.
  return facts?.kind === 'thread' && facts.joined && scene.readsContent && !addressesOthers(message, scene)
}

function addressesOthers(message: Message, scene: Scene): boolean {
  const others = message.mentions.some(user => user.id !== message.author.id && mentions(message, user.id))
  if (others || message.mention_everyone || roleMention.test(message.content)) return true
  const answered = repliedTo(message)
  return answered !== undefined && answered !== scene.self && answered !== message.author.id
}

const roleMention = /<@&\d+>/

/** Discord lists the author of a replied-to message among the mentions, too: only the words tell a call from a ping. */
function mentions(message: Message, account: string): boolean {
  const written = message.content.includes(`<@${account}>`) || message.content.includes(`<@!${account}>`)
  return written && message.mentions.some(user => user.id === account)
}

/** Clients offer the role beside the account, and people pick it though it rings for nobody: then only the words have it. */
function mentionsOwnRole(message: Message, scene: Scene): boolean {
  const role = message.guild_id === undefined ? undefined : scene.ownRole(message.guild_id)
  return role !== undefined && message.content.includes(`<@&${role}>`)
}

function repliedTo(message: Message): string | undefined {
  return message.type === MessageType.Reply ? message.referenced_message?.author.id : undefined
}
