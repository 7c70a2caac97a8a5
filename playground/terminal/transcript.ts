import type { ServerEvent } from '#playground/discord-server/control/server-event.ts'
import type { DiscordServer } from '#playground/discord-server/discord-server.ts'
import { type Message, messageType } from '#playground/discord-server/world/message.ts'
import { Floor } from './floor.ts'
import type { Ledger, Speaker } from './ledger.ts'
import { excerpt, nameOf, placeName, readable } from './names.ts'
import type { Paper } from './paper.ts'

type TranscriptParts = Readonly<{
  discord: DiscordServer
  ledger: Ledger
  paper: Paper
  /** After so long without an edit a message counts as finished. */
  patienceMs: () => number
}>

const lookEveryMs = 100

/** Writes down what happens in all places: what people say and do, and Aeries' answers while they grow. */
export class Transcript implements Disposable {
  readonly #parts: TranscriptParts
  readonly #floor: Floor
  /** The channels in which Aeries is seen to type. */
  readonly #typing = new Map<string, Speaker>()
  readonly #stopListening: () => void
  readonly #timer: NodeJS.Timeout

  constructor(parts: TranscriptParts) {
    this.#parts = parts
    this.#floor = new Floor(parts.ledger)
    this.#stopListening = parts.discord.events.on(event => {
      this.#take(event)
      this.catchUp()
    })
    this.#timer = setInterval(() => this.catchUp(), lookEveryMs)
  }

  /** Prints what is complete, shows what is not. */
  catchUp(): void {
    const { discord, ledger, paper } = this.#parts
    for (const channelId of this.#typing.keys()) {
      if (!discord.people.isTyping(discord.botId, channelId)) this.#typing.delete(channelId)
    }
    this.#floor.advance(this.#parts.patienceMs())
    const typing = [...this.#typing.values()].map(speaker => ledger.draft(speaker, typingWords))
    paper.live([...this.#floor.drafts(), ...typing])
  }

  /** Stops listening, and prints the rest of what still grows. */
  [Symbol.dispose](): void {
    this.#stopListening()
    clearInterval(this.#timer)
    this.#floor.advance(0)
    this.#parts.paper.live([])
  }

  #take(event: ServerEvent): void {
    const { world, botId } = this.#parts.discord
    switch (event.type) {
      case 'message':
        if (event.message.authorId === botId) this.#grow(event.message)
        else this.#said(event.message)
        break
      case 'edited':
        if (event.message.authorId === botId) this.#grow(event.message)
        else this.#edited(event.message)
        break
      case 'deleted':
        for (const message of event.messages) this.#deleted(message)
        break
      case 'reaction': {
        const what = event.added ? `reacts with ${event.emoji.name} to` : `takes back ${event.emoji.name} from`
        this.#note(event.message, nameOf(world, event.personId), `${what} “${excerpt(world, event.message)}”`)
        break
      }
      case 'typing':
        if (event.personId === botId) this.#type(event.channelId)
        break
      default:
    }
  }

  #grow(message: Message): void {
    this.#typing.delete(message.channelId)
    const text = readable(this.#parts.discord.world, message)
    this.#floor.take({ id: message.id, speaker: this.#speaker(message), text, heading: this.#heading(message) })
  }

  #said(message: Message): void {
    const { ledger, discord } = this.#parts
    if (message.type === messageType.threadStarter) return
    const speaker = this.#speaker(message)
    if (message.type === messageType.threadCreated) {
      ledger.remark(speaker, `opens the thread “${message.content}”`)
      return
    }
    const heading = this.#heading(message)
    if (heading !== undefined) ledger.remark(speaker, heading)
    ledger.tell(speaker, readable(discord.world, message))
  }

  /** Discord tells of an edit also when only a preview or a mark came to a message. */
  #edited(message: Message): void {
    const [before, now] = message.versions.slice(-2)
    if (before === undefined || now === undefined || before.content === now.content) return
    const speaker = this.#speaker(message)
    this.#parts.ledger.remark(speaker, '(edited)')
    this.#parts.ledger.tell(speaker, readable(this.#parts.discord.world, message))
  }

  #deleted(message: Message): void {
    this.#floor.drop(message.id)
    const { world } = this.#parts.discord
    this.#note(message, nameOf(world, message.authorId), `deleted: “${excerpt(world, message)}”`)
  }

  #type(channelId: string): void {
    if (this.#typing.has(channelId)) return
    const { world, botId } = this.#parts.discord
    const speaker = {
      place: placeName(world, world.channel(channelId)),
      name: nameOf(world, botId),
      tone: 'note',
    } as const
    this.#typing.set(channelId, speaker)
    if (!this.#parts.paper.isLive) this.#parts.ledger.tell(speaker, typingWords)
  }

  #note(message: Message, name: string, text: string): void {
    this.#parts.ledger.tell({ place: this.#speaker(message).place, name, tone: 'note' }, text)
  }

  /** Whom a message answers. */
  #heading({ reference }: Message): string | undefined {
    const { world } = this.#parts.discord
    const answered = reference?.kind === 'reply' ? world.messages.find(reference.messageId ?? '') : undefined
    return answered && `↳ ${nameOf(world, answered.authorId)}: “${excerpt(world, answered)}”`
  }

  #speaker({ channelId, authorId }: Message): Speaker {
    const { world, botId } = this.#parts.discord
    const channel = world.channels.get(channelId)
    const place = channel === undefined ? '' : placeName(world, channel)
    return { place, name: nameOf(world, authorId), tone: authorId === botId ? 'aeries' : 'person' }
  }
}

const typingWords = 'is typing…'
