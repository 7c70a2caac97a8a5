import { findPerson, findPlace } from '#playground/discord-server/control/names.ts'
import type { DiscordServer } from '#playground/discord-server/discord-server.ts'
import type { Channel } from '#playground/discord-server/world/channel.ts'
import type { Message } from '#playground/discord-server/world/message.ts'
import { permission } from '#playground/discord-server/world/permissions.ts'
import type { Person } from '#playground/discord-server/world/person.ts'
import type { Chair, Film } from './chair.ts'
import { known, Misuse } from './misuse.ts'
import { nameOf, placeName } from './names.ts'

/** Who one speaks as in Discord, and where. */
export class DiscordChair implements Chair {
  readonly #discord: DiscordServer
  #personId: string
  #placeId: string

  constructor(discord: DiscordServer, personId: string) {
    this.#discord = discord
    this.#personId = personId
    this.#placeId = discord.world.openDm(personId).id
  }

  get label(): string {
    const place = this.#place.recipientId === undefined ? placeName(this.#discord.world, this.#place) : 'dm'
    return `${this.#person.displayName} in ${place}`
  }

  sitAs(name: string): void {
    const { world } = this.#discord
    const person = known(() => findPerson(world, name), `There is no "${name}": mira, jonas and wren are here.`)
    if (person.bot) throw new Misuse('Aeries speaks for itself: be mira, jonas or wren.')
    this.#personId = person.id
    if (!this.#sees(this.#place)) this.#placeId = world.openDm(person.id).id
  }

  goTo(name: string): void {
    const { world } = this.#discord
    const wanted = name === 'thread' ? this.#newestThread().id : name.replace(/^›\s*/, '')
    const unknown = `There is no "${name}": try dm, #general, #random, #crew, thread, or one of them after slack.`
    const place = known(() => findPlace(world, wanted, this.#personId), unknown)
    if (!this.#sees(place)) throw new Misuse(`${this.#person.displayName} is not in ${placeName(world, place)}.`)
    this.#placeId = place.id
  }

  say(text: string): void {
    this.#discord.people.say(this.#personId, this.#placeId, text)
  }

  reply(text: string): void {
    this.#discord.people.say(this.#personId, this.#placeId, text, { replyTo: this.#answer().id })
  }

  openThread(name: string): void {
    const { places, world, botId } = this.#discord
    if (this.#place.guildId === undefined) throw new Misuse('A DM has no threads: go to a channel first, /in #general.')
    if (this.#place.thread) throw new Misuse('A thread has no threads of its own: /in #general first.')
    const root = world.messages.inChannel(this.#placeId).findLast(one => one.authorId === botId)
    this.goTo(places.createThread(this.#placeId, { name, by: this.#personId, message: root?.id }).id)
  }

  react(emoji: string): void {
    this.#discord.people.react(this.#personId, this.#answer().id, emoji || '👍')
  }

  unreact(): void {
    const { id, reactions } = this.#answer()
    const own = reactions.findLast(({ personIds }) => personIds.includes(this.#personId))
    if (!own) throw new Misuse(`${this.#person.displayName} has not reacted to Aeries' last message here.`)
    this.#discord.people.unreact(this.#personId, id, own.emoji.name)
  }

  edit(text: string): void {
    this.#discord.people.edit(this.#personId, this.#ownMessage().id, text)
  }

  delete(): void {
    this.#discord.people.delete(this.#personId, this.#ownMessage().id)
  }

  film(): Film {
    const { world } = this.#discord
    const { authorId, versions } = this.#answer()
    const shown = versions.map(({ at, content }) => ({ at, text: content }))
    return { name: nameOf(world, authorId), place: placeName(world, this.#place), versions: shown }
  }

  get #person(): Person {
    return this.#discord.world.person(this.#personId)
  }

  get #place(): Channel {
    return this.#discord.world.channel(this.#placeId)
  }

  /** The newest message of this place that one wrote oneself. */
  #ownMessage(): Message {
    const missing = `${this.#person.displayName} has said nothing here yet.`
    return this.#newest(({ authorId }) => authorId === this.#personId, missing)
  }

  /** The newest message of this place that Aeries wrote. */
  #answer(): Message {
    return this.#newest(({ authorId }) => authorId === this.#discord.botId, 'Aeries has said nothing here yet.')
  }

  #newest(test: (message: Message) => boolean, missing: string): Message {
    const found = this.#discord.world.messages.inChannel(this.#placeId).findLast(test)
    if (!found) throw new Misuse(missing)
    return found
  }

  #newestThread(): Channel {
    const threads = [...this.#discord.world.channels.values()].filter(one => one.thread && this.#sees(one))
    const newest = threads.at(-1)
    if (!newest) throw new Misuse('There is no thread yet: /thread NAME opens one in a channel.')
    return newest
  }

  #sees(place: Channel): boolean {
    return (this.#discord.world.permissions(this.#personId, place) & permission.viewChannel) !== 0n
  }
}
