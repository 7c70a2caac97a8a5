import { findPerson, findPlace } from '#playground/discord-server/control/names.ts'
import type { DiscordServer } from '#playground/discord-server/discord-server.ts'
import type { Channel } from '#playground/discord-server/world/channel.ts'
import type { Message } from '#playground/discord-server/world/message.ts'
import { permission } from '#playground/discord-server/world/permissions.ts'
import type { Person } from '#playground/discord-server/world/person.ts'
import { placeName } from './names.ts'

/** Something was asked for that cannot be; the message says what can. */
export class Misuse extends Error {
  override readonly name = 'Misuse'
}

/** Who one speaks as, and where. */
export class Seat {
  readonly #discord: DiscordServer
  #personId: string
  #placeId: string

  constructor(discord: DiscordServer, personId: string) {
    this.#discord = discord
    this.#personId = personId
    this.#placeId = discord.world.openDm(personId).id
  }

  get person(): Person {
    return this.#discord.world.person(this.#personId)
  }

  get place(): Channel {
    return this.#discord.world.channel(this.#placeId)
  }

  get label(): string {
    const place = this.place.recipientId === undefined ? placeName(this.#discord.world, this.place) : 'dm'
    return `${this.person.displayName} in ${place}`
  }

  /** Speaks as somebody else, in the same place if they are in it, otherwise in their own DM. */
  sitAs(name: string): void {
    const { world } = this.#discord
    const person = known(() => findPerson(world, name), `There is no "${name}": mira, jonas and wren are here.`)
    if (person.bot) throw new Misuse('Aeries speaks for itself: be mira, jonas or wren.')
    this.#personId = person.id
    if (!this.#sees(this.place)) this.#placeId = world.openDm(person.id).id
  }

  /** Goes to a place by its name; `thread` is the newest thread that this person sees. */
  goTo(name: string): void {
    const { world } = this.#discord
    const wanted = name === 'thread' ? this.#newestThread().id : name.replace(/^›\s*/, '')
    const unknown = `There is no "${name}": try dm, #general, #random, #crew, or thread.`
    const place = known(() => findPlace(world, wanted, this.#personId), unknown)
    if (!this.#sees(place)) throw new Misuse(`${this.person.displayName} is not in ${placeName(world, place)}.`)
    this.#placeId = place.id
  }

  say(text: string, replyTo?: Message): Message {
    return this.#discord.people.say(this.#personId, this.#placeId, text, { replyTo: replyTo?.id })
  }

  /** The newest message of this place that one wrote oneself. */
  ownMessage(): Message {
    return this.#newest(
      ({ authorId }) => authorId === this.#personId,
      `${this.person.displayName} has said nothing here yet.`,
    )
  }

  /** The newest message of this place that Aeries wrote. */
  answer(): Message {
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

function known<T>(find: () => T, missing: string): T {
  try {
    return find()
  } catch (cause) {
    throw new Misuse(missing, { cause })
  }
}
