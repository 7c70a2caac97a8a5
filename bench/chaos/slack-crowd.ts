import type { SlackServer } from '#playground/slack-server/slack-server.ts'
import type { Message } from '#playground/slack-server/world/message.ts'
import type { Book, Entry } from './book.ts'
import type { Stage } from './cast.ts'
import { editedWords } from './checker/answer-of.ts'
import type { LastWord } from './checker/evidence.ts'
import type { Place } from './places.ts'
import type { Message as Planned } from './plan-talk.ts'
import type { PlatformCrowd, Sign } from './platform-crowd.ts'
import { wordsOf } from './words-of.ts'

/** How Slack writes them. */
const names: Readonly<Record<Sign, string>> = {
  '👍': '+1',
  '🔁': 'repeat',
  '🗑️': 'wastebasket',
  '🛑': 'octagonal_sign',
  '▶️': 'arrow_forward',
}

type Reaction = Message['reactions'][number]

/** The people of both workspaces of Slack. */
export class SlackCrowd implements PlatformCrowd {
  readonly #slack: SlackServer
  readonly #stage: Stage
  readonly #book: Book
  /** DMs are answered beside what was said, not in threads. */
  readonly #isFlat: boolean

  constructor(stage: Stage, book: Book) {
    this.#stage = stage
    this.#slack = stage.slack
    this.#book = book
    this.#isFlat = stage.environment['SLACK_DM'] === 'flat'
  }

  say(message: Planned, place: Place): Entry | undefined {
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
    const { name: id, style, addressed, root: under } = message
    const isCalledAbove = style === 'follow-up' && channel.kind !== 'im'
    return {
      message,
      native: said.ts,
      channel: channelId,
      said: {
        ...{ id, key, platform: 'slack', channel: channelId, asker, at, addressed },
        ...(isCalledAbove && { under }),
      },
    }
  }

  /** Every event that told of the message, as a retry that comes late. */
  deliverAgain({ native, channel }: Entry): void {
    this.#tellAgain(native, channel)
  }

  #tellAgain(native: string, channel: string): void {
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
    this.#slack.people.edit(authorId, channel, native, `${text} ${editedWords(said.id)}`)
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

  react({ channel, native, said }: Entry, sign: Sign): Omit<LastWord, 'of'> | undefined {
    const { people, world } = this.#slack
    const answer = this.#answerTo(said.id, channel)
    if (answer === undefined) return undefined
    const { authorId } = people.message(channel, native)
    const written = names[sign]
    const isThere = answer.reactions.some(({ name, personIds }) => name === written && personIds.includes(authorId))
    if (isThere) people.unreact(authorId, channel, answer.ts, written)
    else people.react(authorId, channel, answer.ts, written)
    const team = world.channels.get(channel)?.teamId
    return { message: `slack:${team}:${channel}/${answer.ts}`, person: said.asker, sign, isGiven: !isThere }
  }

  unreact({ channel, native, said }: Entry, sign: Sign): void {
    const { people } = this.#slack
    const { authorId } = people.message(channel, native)
    const written = names[sign]
    const isGiven = ({ name, personIds }: Reaction) => name === written && personIds.includes(authorId)
    const answer = this.#answersTo(said.id, channel).find(({ reactions }) => reactions.some(isGiven))
    if (answer) people.unreact(authorId, channel, answer.ts, written)
  }

  /** The newest of them: what it took the place of may stand above. */
  #answerTo(name: string, channel: string): Message | undefined {
    return this.#answersTo(name, channel).at(-1)
  }

  #answersTo(name: string, channel: string): readonly Message[] {
    const { world, people } = this.#slack
    const isAnswer = (text: string | undefined) => text?.startsWith(`About ${name}:`) === true
    return people.messages(channel).filter(one => world.isBotUser(one.authorId) && isAnswer(one.versions.at(-1)?.shown))
  }

  /** In the thread of the message, or its own: there it is answered. */
  call({ channel, native }: Entry, words: string): () => void {
    const { people } = this.#slack
    const { authorId, threadTs } = people.message(channel, native)
    const isFlatDm = !this.#isShared(channel) && threadTs === undefined && this.#isFlat
    const called = this.#isShared(channel) ? `@Aeries ${words}` : words
    const said = people.say(authorId, channel, called, isFlatDm ? {} : { thread: threadTs ?? native })
    return () => this.#tellAgain(said.ts, channel)
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
