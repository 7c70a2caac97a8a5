import type { DiscordServer } from '#playground/discord-server/discord-server.ts'
import type { Message } from '#playground/discord-server/world/message.ts'
import type { Entry } from './book.ts'
import type { Stage } from './cast.ts'
import { editedWords } from './checker/answer-of.ts'
import type { LastWord } from './checker/evidence.ts'
import type { Place } from './places.ts'
import type { Message as Planned, Style } from './plan-talk.ts'
import type { PlatformCrowd, Sign } from './platform-crowd.ts'
import { wordsOf } from './words-of.ts'

type Reaction = Message['reactions'][number]

/** The people of Discord. */
export class DiscordCrowd implements PlatformCrowd {
  readonly #discord: DiscordServer
  readonly #stage: Stage

  constructor(stage: Stage) {
    this.#stage = stage
    this.#discord = stage.discord
  }

  say(message: Planned, place: Place): Entry | undefined {
    const { world, people } = this.#discord
    const channelId = this.#stage.channelOf(place.name)
    const channel = world.channels.get(channelId)
    if (channel === undefined) return undefined
    const person = this.#stage.people(place)[message.who] ?? ''
    const replyTo = message.style === 'reply' ? this.#newestOfAeries(channelId) : undefined
    const text = wordsOf(message, this.#possible(message.style, channelId, replyTo), this.#other(place, message.who))
    const said = people.say(person, channelId, text, replyTo === undefined ? {} : { replyTo })
    const key = `discord:${channel.guildId ?? '-'}:${channelId}/${said.id}`
    const asker = `discord:-:${person}`
    return {
      message,
      native: said.id,
      channel: channelId,
      said: {
        id: message.name,
        key,
        platform: 'discord',
        channel: channelId,
        asker,
        at: said.createdAt,
        addressed: message.addressed,
      },
    }
  }

  deliverAgain({ native }: Entry): void {
    this.#discord.people.redeliver(native)
  }

  unfurl({ native }: Entry): void {
    this.#discord.people.unfurl(native)
  }

  edit({ native, said }: Entry): void {
    const { authorId, content } = this.#discord.people.message(native)
    this.#discord.people.edit(authorId, native, `${content} ${editedWords(said.id)}`)
  }

  delete({ native }: Entry): void {
    this.#discord.people.delete(this.#discord.people.message(native).authorId, native)
  }

  deleteAnswer({ channel, said }: Entry): boolean {
    const { world, people } = this.#discord
    const answer = this.#answerTo(said.id, channel)
    const owner = answer?.guildId === undefined ? undefined : world.guilds.get(answer.guildId)?.ownerId
    if (answer === undefined || owner === undefined) return false
    people.delete(owner, answer.id)
    return true
  }

  react({ channel, native, said }: Entry, sign: Sign): Omit<LastWord, 'of'> | undefined {
    const { people } = this.#discord
    const answer = this.#answerTo(said.id, channel)
    if (answer === undefined) return undefined
    const { authorId } = people.message(native)
    const isThere = answer.reactions.some(({ emoji, personIds }) => emoji.name === sign && personIds.includes(authorId))
    if (isThere) people.unreact(authorId, answer.id, sign)
    else people.react(authorId, answer.id, sign)
    const message = `discord:${answer.guildId ?? '-'}:${channel}/${answer.id}`
    return { message, person: said.asker, sign, isGiven: !isThere }
  }

  unreact({ channel, native, said }: Entry, sign: Sign): void {
    const { people } = this.#discord
    const { authorId } = people.message(native)
    const isGiven = ({ emoji, personIds }: Reaction) => emoji.name === sign && personIds.includes(authorId)
    const answer = this.#answersTo(said.id, channel).find(({ reactions }) => reactions.some(isGiven))
    if (answer) people.unreact(authorId, answer.id, sign)
  }

  /** The newest of them: what it took the place of may stand above. */
  #answerTo(name: string, channel: string): Message | undefined {
    return this.#answersTo(name, channel).at(-1)
  }

  #answersTo(name: string, channel: string): readonly Message[] {
    const { world, botId } = this.#discord
    const isAnswer = (text: string) => text.startsWith(`About ${name}:`)
    return world.messages.inChannel(channel).filter(one => one.authorId === botId && isAnswer(one.content))
  }

  call({ channel, native }: Entry, words: string): () => void {
    const { people, world } = this.#discord
    const called = world.channels.get(channel)?.guildId === undefined ? words : `@Aeries ${words}`
    const { id } = people.say(people.message(native).authorId, channel, called)
    return () => people.redeliver(id)
  }

  stop(): boolean {
    return false
  }

  removePlace(channel: string): void {
    this.#discord.places.deleteChannel(channel)
  }

  /**
   * Somebody who cannot reply, or whose words would not be heard, names Aeries instead: still said to it, as planned.
   */
  #possible(style: Style, channelId: string, replyTo: string | undefined): Style {
    const isIn = this.#discord.world.channels.get(channelId)?.thread?.memberIds.includes(this.#discord.botId)
    if (style === 'reply' && replyTo === undefined) return 'mention'
    return style === 'follow-up' && !isIn ? 'mention' : style
  }

  #newestOfAeries(channelId: string): string | undefined {
    const { world, botId } = this.#discord
    return world.messages.inChannel(channelId).findLast(({ authorId }) => authorId === botId)?.id
  }

  #other(place: Place, who: number): string {
    return `@Person${place.people.find(one => one !== who) ?? who}`
  }
}
