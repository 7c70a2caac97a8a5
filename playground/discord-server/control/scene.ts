import type { Channel } from '#playground/discord-server/world/channel.ts'
import type { Guild, Member, Role } from '#playground/discord-server/world/guild.ts'
import type { Message } from '#playground/discord-server/world/message.ts'
import {
  everyonePermissions,
  type PermissionName,
  permissionBits,
} from '#playground/discord-server/world/permissions.ts'
import type { Person } from '#playground/discord-server/world/person.ts'
import type { World } from '#playground/discord-server/world/world.ts'
import { findGuild, findHolder, findPerson } from './names.ts'

type PersonPlan = Readonly<{ name: string; displayName?: string | undefined; bot?: boolean | undefined }>
type RolePlan = Readonly<{
  name: string
  guild?: string | undefined
  permissions?: readonly PermissionName[] | undefined
  mentionable?: boolean | undefined
}>
type Snapshot = Readonly<{
  botId: string
  people: readonly Person[]
  guilds: readonly Guild[]
  channels: readonly Channel[]
}>

/** What a bot gets that is invited with the usual link. */
const botPermissions: readonly PermissionName[] = [
  'viewChannel',
  'sendMessages',
  'sendMessagesInThreads',
  'readMessageHistory',
  'embedLinks',
  'attachFiles',
  'addReactions',
]

/** Who there is: people, guilds, roles, members. People and guilds are named by id or name. */
export class Scene {
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  /** Makes an account; its handle must be free. */
  createPerson({ name, displayName, bot = false }: PersonPlan): Person {
    if ([...this.#world.people.values()].some(one => one.name === name)) throw new Error(`"${name}" is taken`)
    const id = this.#world.ids.next()
    return this.#world.putPerson({ id, name, displayName: displayName ?? name, bot, acceptsDms: true })
  }

  /** Whether the bot's messages reach a person; false is 50007. */
  setAcceptsDms(person: string, acceptsDms: boolean): Person {
    return this.#world.putPerson({ ...findPerson(this.#world, person), acceptsDms })
  }

  /** Makes a guild with the bot in it; the first member owns it. */
  createGuild(name: string, members: readonly string[]): Guild {
    const { application, botId, ids } = this.#world
    const id = ids.next()
    const people = members.map(one => findPerson(this.#world, one).id)
    const everyone = { id, name: '@everyone', permissions: everyonePermissions, position: 0, mentionable: false }
    const permissions = permissionBits(botPermissions)
    const own = { id: ids.next(), name: application.name, permissions, position: 1, mentionable: false }
    const guild = this.#world.putGuild({
      id,
      name,
      ownerId: people[0] ?? ids.next(),
      roles: [everyone, own],
      members: [this.#member(botId, [own.id]), ...people.map(one => this.#member(one))],
      available: true,
    })
    this.#world.emit({ type: 'guild', change: 'joined', guild })
    return guild
  }

  createRole({ name, guild: guildRef, permissions = [], mentionable = false }: RolePlan): Role {
    const guild = findGuild(this.#world, guildRef)
    const bits = permissionBits(permissions)
    const role = { id: this.#world.ids.next(), name, permissions: bits, position: guild.roles.length, mentionable }
    this.#world.putGuild({ ...guild, roles: [...guild.roles, role] })
    this.#world.emit({ type: 'role', change: 'created', guildId: guild.id, role })
    return role
  }

  /** Gives a role exactly these permissions; `@everyone` is one. */
  setPermissions(roleRef: string, permissions: readonly PermissionName[], guildRef?: string): Role {
    const guild = findGuild(this.#world, guildRef)
    const known = guild.roles.find(one => one.id === roleRef || one.name === roleRef)
    if (!known) throw new Error(`There is no role "${roleRef}"`)
    const role = { ...known, permissions: permissionBits(permissions) }
    this.#world.putGuild({ ...guild, roles: guild.roles.map(one => (one === known ? role : one)) })
    this.#world.emit({ type: 'role', change: 'changed', guildId: guild.id, role })
    return role
  }

  /** Gives a person exactly these roles in a guild, and makes them a member first if need be. */
  setRoles(person: string, roles: readonly string[], guildRef?: string): Member {
    const guild = findGuild(this.#world, guildRef)
    const { id } = findPerson(this.#world, person)
    const known = guild.members.find(one => one.personId === id)
    const roleIds = roles.map(one => findHolder(this.#world, guild, one).id)
    const member = { ...(known ?? this.#member(id)), roleIds }
    this.#world.putGuild({ ...guild, members: [...guild.members.filter(one => one.personId !== id), member] })
    this.#world.emit({ type: 'member', change: known ? 'changed' : 'joined', guildId: guild.id, member })
    return member
  }

  /** A person leaves a guild, or is thrown out. For the bot that is GUILD_DELETE. */
  leaveGuild(person: string, guildRef?: string): void {
    const guild = findGuild(this.#world, guildRef)
    const { id } = findPerson(this.#world, person)
    const member = guild.members.find(one => one.personId === id)
    if (!member) return
    const left = this.#world.putGuild({ ...guild, members: guild.members.filter(one => one !== member) })
    if (id === this.#world.botId) this.#world.emit({ type: 'guild', change: 'left', guild: left })
    else this.#world.emit({ type: 'member', change: 'left', guildId: guild.id, member })
  }

  /** The bot is invited (again). */
  inviteBot(guildRef?: string): void {
    const guild = findGuild(this.#world, guildRef)
    const { application, botId } = this.#world
    const own = guild.roles.find(one => one.name === application.name)
    const members = guild.members.filter(one => one.personId !== botId)
    const member = this.#member(botId, own ? [own.id] : [])
    const joined = this.#world.putGuild({ ...guild, members: [...members, member] })
    this.#world.emit({ type: 'guild', change: 'joined', guild: joined })
  }

  /** A guild goes out of order, or comes back. */
  setAvailable(available: boolean, guildRef?: string): void {
    const guild = this.#world.putGuild({ ...findGuild(this.#world, guildRef), available })
    this.#world.emit({ type: 'guild', change: available ? 'joined' : 'unavailable', guild })
  }

  /** Everything there is but words: for a page that shows it. */
  snapshot(): Snapshot {
    const { botId, people, guilds, channels } = this.#world
    return { botId, people: [...people.values()], guilds: [...guilds.values()], channels: [...channels.values()] }
  }

  /** Every message that ever was, deleted ones too, each with its film strip: for a checker. */
  record(): readonly Message[] {
    return this.#world.messages.all()
  }

  #member(personId: string, roleIds: readonly string[] = []): Member {
    return { personId, roleIds, nick: undefined, joinedAt: this.#world.now() }
  }
}
