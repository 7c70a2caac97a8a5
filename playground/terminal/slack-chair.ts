import { findPerson, findPlace } from '#playground/slack-server/control/names.ts'
import type { SlackServer } from '#playground/slack-server/slack-server.ts'
import type { Channel } from '#playground/slack-server/world/channel.ts'
import type { Message } from '#playground/slack-server/world/message.ts'
import type { Person } from '#playground/slack-server/world/person.ts'
import { compareTs } from '#playground/slack-server/world/slack-ids.ts'
import type { Chair, Film } from './chair.ts'
import { known, Misuse } from './misuse.ts'
import { slackNameOf, slackPlaceName, slackReadable, threadOf } from './slack-names.ts'

type SlackPlace = Readonly<{ channel: Channel; thread: string | undefined }>

/** Who one speaks as in Slack, and where. A channel counts its threads in: there Aeries answers. */
export class SlackChair implements Chair {
  readonly #slack: SlackServer
  #person: Person
  #place: SlackPlace

  constructor(slack: SlackServer, name: string) {
    this.#slack = slack
    this.#person = findPerson(slack.world, name)
    this.#place = this.#find('dm')
  }

  get label(): string {
    const { channel } = this.#place
    return `${this.#person.displayName} in ${channel.kind === 'im' ? 'slack dm' : this.#placeName}`
  }

  sitAs(name: string): void {
    const { world } = this.#slack
    this.#person = known(() => findPerson(world, name), `There is no "${name}": mira, jonas and wren are here.`)
    if (!this.#place.channel.memberIds.includes(this.#person.id)) this.#place = this.#find('dm')
  }

  goTo(name: string): void {
    const unknown = `There is no "slack ${name}": try slack dm, slack #general, slack #random, slack #crew, or slack thread.`
    const place = name === 'thread' ? this.#newestThread() : known(() => this.#find(name), unknown)
    if (!place.channel.memberIds.includes(this.#person.id)) {
      throw new Misuse(`${this.#person.displayName} is not in ${slackPlaceName(this.#slack.world, place.channel)}.`)
    }
    this.#place = place
  }

  say(text: string): void {
    const { channel, thread } = this.#place
    this.#slack.people.say(this.#person.id, channel.id, text, { thread })
  }

  reply(): void {
    throw new Misuse('Slack has no replies but threads: /in slack thread, and say it there.')
  }

  openThread(): void {
    throw new Misuse(
      "Slack's threads have no names: Aeries answers a mention in one, and /in slack thread goes to the newest.",
    )
  }

  react(emoji: string): void {
    const name = emoji.replace(/^:|:$/g, '') || 'thumbsup'
    if (!/^[\w+:'-]+$/.test(name)) throw new Misuse('Slack takes an emoji by its name: /react thumbsup.')
    const { channelId, ts } = this.#answer()
    this.#slack.people.react(this.#person.id, channelId, ts, name)
  }

  unreact(): void {
    const { channelId, ts, reactions } = this.#answer()
    const own = reactions.findLast(({ personIds }) => personIds.includes(this.#person.id))
    if (!own) throw new Misuse(`${this.#person.displayName} has not reacted to Aeries' last message here.`)
    this.#slack.people.unreact(this.#person.id, channelId, ts, own.name)
  }

  edit(text: string): void {
    const { channelId, ts } = this.#ownMessage()
    this.#slack.people.edit(this.#person.id, channelId, ts, text)
  }

  delete(): void {
    const { channelId, ts } = this.#ownMessage()
    this.#slack.people.delete(this.#person.id, channelId, ts)
  }

  film(): Film {
    const { world } = this.#slack
    const message = this.#answer()
    const versions = message.versions.map(({ at, shown }) => ({ at, text: slackReadable(world, shown) }))
    const place = slackPlaceName(world, this.#place.channel, threadOf(message))
    return { name: slackNameOf(world, message.authorId), place, versions }
  }

  get #placeName(): string {
    return slackPlaceName(this.#slack.world, this.#place.channel, this.#place.thread)
  }

  #find(name: string): SlackPlace {
    return { channel: findPlace(this.#slack.world, name, this.#person), thread: undefined }
  }

  /** The newest message of this place that one wrote oneself. */
  #ownMessage(): Message {
    const missing = `${this.#person.displayName} has said nothing here yet.`
    return this.#newest(({ authorId }) => authorId === this.#person.id, missing)
  }

  /** The newest message of this place that Aeries wrote. */
  #answer(): Message {
    return this.#newest(({ botId }) => botId !== undefined, 'Aeries has said nothing here yet.')
  }

  #newest(test: (message: Message) => boolean, missing: string): Message {
    const { channel, thread } = this.#place
    const here = this.#slack.people.messages(channel.id, this.#person.id)
    const found = here.findLast(one => (thread === undefined || threadOf(one) === thread) && test(one))
    if (!found) throw new Misuse(missing)
    return found
  }

  #newestThread(): SlackPlace {
    const { world, people } = this.#slack
    const own = [...world.channels.values()].filter(({ memberIds }) => memberIds.includes(this.#person.id))
    const threads = own
      .flatMap(channel => people.messages(channel.id, this.#person.id).map(one => ({ channel, thread: threadOf(one) })))
      .filter(({ thread }) => thread !== undefined)
    const newest = threads.toSorted((one, other) => compareTs(one.thread ?? '', other.thread ?? '')).at(-1)
    if (!newest) throw new Misuse('There is no thread yet: Aeries answers in one when you mention it in a channel.')
    return newest
  }
}
