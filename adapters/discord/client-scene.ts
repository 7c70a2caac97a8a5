import { type Channel, ChannelType, type Client, type GuildBasedChannel, PermissionFlagsBits } from 'discord.js'
import type { Standing } from '#src/core/person.ts'
import type { Audience } from '#src/core/place.ts'
import { usualOrigins } from './attached-files.ts'
import type { ChannelFacts, Lively, Member, Scene } from './scene.ts'
import { byAge } from './snowflake.ts'
import { standingOf } from './standing-of.ts'

/** The scene as discord.js remembers it; `self` is the account that the gateway greeted. */
export class ClientScene implements Scene {
  readonly self: string
  readonly readsContent: boolean
  readonly fileOrigins: readonly string[]
  readonly #client: Client

  constructor(client: Client, self: string, readsContent: boolean, fileOrigins: readonly string[] = usualOrigins) {
    this.#client = client
    this.self = self
    this.readsContent = readsContent
    this.fileOrigins = fileOrigins
  }

  channel(id: string): ChannelFacts | undefined {
    const channel = this.#client.channels.cache.get(id)
    return channel === undefined ? undefined : factsOf(channel, this.self)
  }

  livelySince(id: string): readonly Lively[] {
    const readable = [...this.#client.channels.cache.values()].filter(isReadable)
    const lively = readable.flatMap(({ id: channel, guildId: guild, lastMessageId: newest }) =>
      newest === null || byAge(newest, id) < 0 ? [] : [{ channel, guild, newest }],
    )
    return lively.sort((one, other) => byAge(other.newest, one.newest))
  }

  roleName(guild: string, role: string): string | undefined {
    return this.#client.guilds.cache.get(guild)?.roles.cache.get(role)?.name
  }

  ownRole(guild: string): string | undefined {
    return this.#client.guilds.cache.get(guild)?.roles.cache.find(({ tags }) => tags?.botId === this.self)?.id
  }

  standing(guild: string, channel: string, member: Member): Standing | undefined {
    const server = this.#client.guilds.cache.get(guild)
    return server && standingOf(server, server.channels.cache.get(channel), member)
  }

  nameOf(guild: string | undefined, account: string): string | undefined {
    const server = guild === undefined ? undefined : this.#client.guilds.cache.get(guild)
    return server?.members.cache.get(account)?.displayName ?? this.#client.users.cache.get(account)?.displayName
  }
}

type Readable = Extract<GuildBasedChannel, { lastMessageId: string | null }>

/** A server that is out of order has not told what was said since, and what may not be read must not be asked for. */
function isReadable(channel: Channel): channel is Readable {
  if (channel.isDMBased() || !channel.isTextBased() || !channel.guild.available) return false
  const { me } = channel.guild.members
  return me !== null && channel.permissionsFor(me)?.has(toRead) === true
}

const toRead = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.ReadMessageHistory]

function factsOf(channel: Channel, self: string): ChannelFacts {
  if (channel.isDMBased()) {
    const group = channel.type === ChannelType.GroupDM
    return {
      kind: group ? 'group' : 'dm',
      name: undefined,
      audience: group ? 'private' : 'dm',
      parent: undefined,
      joined: true,
      // A DM tells of it only when it is asked for, and that may be long ago.
      newest: undefined,
    }
  }
  // A server that is out of order has not told what was said since.
  const newest =
    channel.guild.available && 'lastMessageId' in channel ? (channel.lastMessageId ?? undefined) : undefined
  if (!channel.isThread()) {
    const audience = openness(channel)
    return { kind: 'channel', name: channel.name, audience, parent: undefined, joined: true, newest }
  }
  const { parent } = channel
  return {
    kind: 'thread',
    name: parent?.name ?? channel.name,
    audience: parent === null || channel.type === ChannelType.PrivateThread ? 'private' : openness(parent),
    ...(channel.type === ChannelType.PrivateThread && { apart: true as const }),
    parent: channel.parentId ?? undefined,
    joined: channel.joined || channel.ownerId === self,
    newest,
  }
}

/** Public is what everybody on the server may see; a channel behind a role is not. */
function openness(channel: GuildBasedChannel): Audience {
  const everyone = channel.guild.roles.everyone
  return channel.permissionsFor(everyone)?.has(PermissionFlagsBits.ViewChannel) === true ? 'public' : 'private'
}
