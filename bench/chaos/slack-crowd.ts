import type { SlackServer } from '#playground/slack-server/slack-server.ts'
import type { Book, Entry } from './book.ts'
import type { Stage } from './cast.ts'
import type { LastWord } from './checker/evidence.ts'
import type { PlatformCrowd } from './crowd.ts'
import { wordsOf } from './discord-crowd.ts'
import type { Place } from './places.ts'
import type { Message } from './plan-talk.ts'

/** The people of both workspaces of Slack. */
export class SlackCrowd implements PlatformCrowd {
  readonly #slack: SlackServer
  readonly #stage: Stage
  readonly #book: Book

  constructor(stage: Stage, book: Book) {
    this.#stage = stage
    this.#slack = stage.slack
    this.#book = book
  }

  say(message: Message, place: Place): Entry | undefined {
    const { world, people } = this.#slack
    const channelId = this.#stage.channelOf(place.name)
    const channel = world.channels.get(channelId)
    if (channel === undefined) return undefined
    const person = this.#stage.people(place)[message.who] ?? ''
    const other = `@person${place.people.find(one => one !== message.who) ?? message.who}`
    const root = message.root === undefined ? undefined : this.#book.find(message.root)
    // Nobody goes on under a message that was taken away.
    if (message.root !== undefined && (root === undefined || root.said.deletedAt !== undefined)) return undefined
    const thread = root?.native
    const said = people.say(
      person,
      channelId,
      wordsOf(message, message.style, other),
      thread === undefined ? {} : { thread },
    )
    const key = `slack:${channel.teamId}:${channelId}/${said.ts}`
    const asker = `slack:${channel.teamId}:${person}`
    const at = Math.floor(Number(said.ts) * 1_000)
    return {
      message,
      native: said.ts,
      channel: channelId,
      said: { id: message.name, key, platform: 'slack', channel: channelId, asker, at, addressed: message.addressed },
    }
  }

  /** Every event that told of the message, as a retry that comes late. */
  deliverAgain({ native, channel }: Entry): void {
    const { deliveries } = this.#slack
    for (const delivery of deliveries.all()) {
      const { event } = delivery.payload as Readonly<{ event?: Readonly<Record<string, unknown>> }>
      const isIt = event?.['ts'] === native && event['channel'] === channel && event['subtype'] === undefined
      if (isIt && delivery.state !== 'waiting') void deliveries.repeat(delivery)
    }
  }

  unfurl({ native, channel }: Entry): void {
    this.#slack.people.unfurl(channel, native)
  }

  edit({ native, channel, said }: Entry): void {
    const { authorId, text } = this.#slack.people.message(channel, native)
    this.#slack.people.edit(authorId, channel, native, `${text} (${said.id} was edited)`)
  }

  delete({ native, channel }: Entry): void {
    this.#slack.people.delete(this.#slack.people.message(channel, native).authorId, channel, native)
  }

  deleteAnswer({ channel, said }: Entry): boolean {
    const { world, people, scene } = this.#slack
    const answer = this.#answerTo(said.id, channel)
    const team = world.channels.get(channel)?.teamId
    const admin = scene.snapshot().people.find(one => one.admin && one.teamId === team)
    // An admin reads no direct messages of others.
    if (answer === undefined || admin === undefined || !this.#isShared(channel)) return false
    scene.invite(channel, admin.id)
    people.delete(admin.id, channel, answer.ts)
    return true
  }

  react({ channel, native, said }: Entry): Omit<LastWord, 'of'> | undefined {
    const { people, world } = this.#slack
    const answer = this.#answerTo(said.id, channel)
    if (answer === undefined) return undefined
    const { authorId } = people.message(channel, native)
    const isThere = answer.reactions.some(({ name, personIds }) => name === '+1' && personIds.includes(authorId))
    if (isThere) people.unreact(authorId, channel, answer.ts, '+1')
    else people.react(authorId, channel, answer.ts, '+1')
    const team = world.channels.get(channel)?.teamId
    return { message: `slack:${team}:${channel}/${answer.ts}`, person: said.asker, sign: '👍', isGiven: !isThere }
  }

  #answerTo(name: string, channel: string) {
    const { world, people } = this.#slack
    const isAnswer = (text: string | undefined) => text?.startsWith(`About ${name}:`) === true
    return people.messages(channel).find(one => world.isBotUser(one.authorId) && isAnswer(one.versions.at(-1)?.shown))
  }

  stop({ native, channel }: Entry): boolean {
    try {
      this.#slack.people.stop(this.#slack.people.message(channel, native).authorId, channel, native)
      return true
    } catch {
      // The button is there only while an answer grows.
      return false
    }
  }

  removePlace(channel: string): void {
    this.#slack.scene.deleteChannel(channel)
  }

  #isShared(channel: string): boolean {
    const kind = this.#slack.world.channels.get(channel)?.kind
    return kind === 'public' || kind === 'private'
  }
}
