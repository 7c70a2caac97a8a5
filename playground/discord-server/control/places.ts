import { type Channel, channelType, type Overwrite } from '#playground/discord-server/world/channel.ts'
import type { Guild } from '#playground/discord-server/world/guild.ts'
import { type PermissionName, permissionBits } from '#playground/discord-server/world/permissions.ts'
import { changeThread, createThread } from '#playground/discord-server/world/threads.ts'
import type { World } from '#playground/discord-server/world/world.ts'
import { findGuild, findHolder, findPerson, findPlace } from './names.ts'

type ChannelPlan = Readonly<{ name: string; guild?: string | undefined; visibleTo?: readonly string[] | undefined }>
type ThreadPlan = Readonly<{
  name: string
  by: string
  message?: string | undefined
  isPrivate?: boolean | undefined
}>

/** Where people talk: channels and threads, and who may see and do what in them. */
export class Places {
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  /** Makes a text channel; with `visibleTo` (people or role names) it is private, the bot only in it when named. */
  createChannel({ name, guild: guildRef, visibleTo }: ChannelPlan): Channel {
    const guild = findGuild(this.#world, guildRef)
    const channel = this.#world.putChannel({
      id: this.#world.ids.next(),
      type: channelType.text,
      name,
      guildId: guild.id,
      parentId: undefined,
      recipientId: undefined,
      overwrites: visibleTo ? this.#closed(guild, visibleTo) : [],
      thread: undefined,
      position: this.#world.channelsOf(guild.id).length,
      lastMessageId: undefined,
    })
    this.#world.emit({ type: 'channel', change: 'created', channel })
    return channel
  }

  /** The DM between the bot and a person, opened when it is not there yet. */
  openDm(person: string): Channel {
    return this.#world.openDm(findPerson(this.#world, person).id)
  }

  /** Makes a channel private to these people and roles, or without a list open to everybody. */
  setVisibility(place: string, visibleTo?: readonly string[]): Channel {
    const channel = findPlace(this.#world, place)
    const overwrites = visibleTo ? this.#closed(this.#guildOf(channel), visibleTo) : []
    return this.#change({ ...channel, overwrites })
  }

  /** Takes permissions in a channel from a person or a role (`@everyone` too), instead of those taken before. */
  deny(place: string, who: string, permissions: readonly PermissionName[]): Channel {
    const channel = findPlace(this.#world, place)
    const holder = findHolder(this.#world, this.#guildOf(channel), who)
    const others = channel.overwrites.filter(one => one.id !== holder.id)
    const taken = { ...holder, allow: 0n, deny: permissionBits(permissions) }
    return this.#change({ ...channel, overwrites: [...others, taken] })
  }

  /** Opens a thread, on a message when one is given. */
  createThread(place: string, { name, by, message, isPrivate }: ThreadPlan): Channel {
    const creatorId = findPerson(this.#world, by).id
    const channelId = findPlace(this.#world, place).id
    return createThread(this.#world, { creatorId, channelId, name, messageId: message, isPrivate })
  }

  /** Archives, opens, locks or renames a thread. */
  changeThread(place: string, change: Parameters<typeof changeThread>[2]): Channel {
    return changeThread(this.#world, findPlace(this.#world, place).id, change)
  }

  /** Deletes a channel or thread with everything in it; a channel's threads go with it. */
  deleteChannel(place: string): void {
    const channel = findPlace(this.#world, place)
    const threads = [...this.#world.channels.values()].filter(one => one.thread && one.parentId === channel.id)
    for (const gone of [...threads, channel]) {
      this.#world.channels.delete(gone.id)
      this.#world.emit({ type: 'channel', change: 'deleted', channel: gone })
    }
  }

  #guildOf(channel: Channel): Guild {
    return findGuild(this.#world, channel.guildId ?? '')
  }

  #change(channel: Channel): Channel {
    this.#world.putChannel(channel)
    this.#world.emit({ type: 'channel', change: 'changed', channel })
    return channel
  }

  #closed(guild: Guild, visibleTo: readonly string[]): readonly Overwrite[] {
    const see = permissionBits(['viewChannel'])
    const open = visibleTo.map(one => ({ ...findHolder(this.#world, guild, one), allow: see, deny: 0n }))
    return [{ id: guild.id, type: 0, allow: 0n, deny: see }, ...open]
  }
}
