import { refuse } from './api-error.ts'
import { type Channel, channelType } from './channel.ts'
import type { Guild } from './guild.ts'
import type { Interaction } from './interaction.ts'
import type { Json } from './json.ts'
import type { Message } from './message.ts'
import { MessageStore } from './message-store.ts'
import { permissionsIn } from './permissions.ts'
import type { Person } from './person.ts'
import type { Rules } from './rules.ts'
import { Snowflakes } from './snowflakes.ts'
import type { WorldEvent } from './world-event.ts'

/** The bot's application, with the switches of the developer portal. */
export type Application = {
  readonly id: string
  name: string
  /** The privileged intents that are switched on in the portal. */
  messageContent: boolean
  guildMembers: boolean
  presences: boolean
  /** Slash commands as the application registered them. */
  commands: readonly Json[]
}

export type StoredFile = Readonly<{ bytes: Uint8Array; contentType: string; filename: string }>

type WorldParts = Readonly<{
  rules: Rules
  token: string
  now: () => number
  botName: string
  intents: Readonly<{ messageContent: boolean; guildMembers: boolean; presences: boolean }>
}>

/** Everything that is: the bot, people, guilds, channels, messages. What changes it says so by one event. */
export class World {
  readonly rules: Rules
  readonly now: () => number
  readonly ids: Snowflakes
  readonly botId: string
  readonly application: Application
  /** The bot's token; the portal may reset it. */
  token: string
  readonly people = new Map<string, Person>()
  readonly guilds = new Map<string, Guild>()
  readonly channels = new Map<string, Channel>()
  readonly messages = new MessageStore()
  readonly interactions = new Map<string, Interaction>()
  readonly files = new Map<string, StoredFile>()
  /** When somebody last began to type, by channel and person. */
  readonly typing = new Map<string, number>()
  /** Where uploaded files are served; known once the server listens. */
  origin = ''
  readonly #listeners = new Set<(event: WorldEvent) => void>()

  constructor({ rules, token, now, botName, intents }: WorldParts) {
    this.rules = rules
    this.token = token
    this.now = now
    this.ids = new Snowflakes(now)
    this.application = { id: this.ids.next(), name: botName, commands: [], ...intents }
    // A bot made today has its application's id.
    this.botId = this.application.id
    this.putPerson({ id: this.botId, name: botName.toLowerCase(), displayName: botName, bot: true, acceptsDms: true })
  }

  onEvent(listener: (event: WorldEvent) => void): void {
    this.#listeners.add(listener)
  }

  emit(event: WorldEvent): void {
    for (const listener of this.#listeners) listener(event)
  }

  putPerson(person: Person): Person {
    this.people.set(person.id, person)
    return person
  }

  putGuild(guild: Guild): Guild {
    this.guilds.set(guild.id, guild)
    return guild
  }

  putChannel(channel: Channel): Channel {
    this.channels.set(channel.id, channel)
    return channel
  }

  putInteraction(interaction: Interaction): Interaction {
    this.interactions.set(interaction.id, interaction)
    return interaction
  }

  person(id: string): Person {
    const person = this.people.get(id)
    if (!person) throw refuse.unknownUser()
    return person
  }

  /** The guild, if the bot is in it. */
  guild(id: string): Guild {
    const guild = this.guilds.get(id)
    if (!guild) throw refuse.unknownGuild()
    return guild
  }

  channel(id: string): Channel {
    const channel = this.channels.get(id)
    if (!channel) throw refuse.unknownChannel()
    return channel
  }

  /** A message that still stands in this channel; a private answer is none to the channel's routes. */
  message(channelId: string, id: string): Message {
    const message = this.messages.find(id)
    const stands = message?.channelId === channelId && message.deletedAt === undefined
    if (!message || !stands || message.ephemeralFor !== undefined) throw refuse.unknownMessage()
    return message
  }

  guildOf(channel: Channel): Guild | undefined {
    return channel.guildId === undefined ? undefined : this.guilds.get(channel.guildId)
  }

  permissions(personId: string, channel: Channel): bigint {
    if (channel.type === channelType.dm) {
      const party = personId === this.botId || personId === channel.recipientId
      return party ? permissionsIn(personId, channel, { guild: undefined, parent: undefined }) : 0n
    }
    const parent = channel.thread && channel.parentId !== undefined ? this.channels.get(channel.parentId) : undefined
    return permissionsIn(personId, channel, { guild: this.guildOf(channel), parent })
  }

  channelsOf(guildId: string): readonly Channel[] {
    return [...this.channels.values()].filter(one => one.guildId === guildId)
  }

  /** The DM between the bot and a person, made when it is first needed. */
  openDm(personId: string): Channel {
    const known = [...this.channels.values()].find(one => one.type === channelType.dm && one.recipientId === personId)
    if (known) return known
    return this.putChannel({
      id: this.ids.next(),
      type: channelType.dm,
      name: '',
      guildId: undefined,
      parentId: undefined,
      recipientId: personId,
      overwrites: [],
      thread: undefined,
      position: 0,
      lastMessageId: undefined,
    })
  }
}
