import type { ServerEvent } from '#playground/discord-server/control/server-event.ts'
import type { DiscordServer } from '#playground/discord-server/discord-server.ts'
import { type Message, messageType } from '#playground/discord-server/world/message.ts'
import type { Speaker } from './ledger.ts'
import { excerpt, nameOf, placeName, readable } from './names.ts'
import type { Reporter, Transcript } from './transcript.ts'

/** Reports what happens in Discord. */
export function discordReporter(discord: DiscordServer): Reporter {
  return transcript => {
    const reporting = new DiscordReporting(discord, transcript)
    return discord.events.on(event => {
      reporting.take(event)
      transcript.catchUp()
    })
  }
}

class DiscordReporting {
  readonly #discord: DiscordServer
  readonly #transcript: Transcript

  constructor(discord: DiscordServer, transcript: Transcript) {
    this.#discord = discord
    this.#transcript = transcript
  }

  take(event: ServerEvent): void {
    const { world, botId } = this.#discord
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
    this.#transcript.endSign(message.channelId)
    const text = readable(this.#discord.world, message)
    this.#transcript.grow({ id: message.id, speaker: this.#speaker(message), text, heading: this.#heading(message) })
  }

  #said(message: Message): void {
    const { ledger } = this.#transcript
    if (message.type === messageType.threadStarter) return
    const speaker = this.#speaker(message)
    if (message.type === messageType.threadCreated) {
      ledger.remark(speaker, `opens the thread “${message.content}”`)
      return
    }
    const heading = this.#heading(message)
    if (heading !== undefined) ledger.remark(speaker, heading)
    ledger.tell(speaker, readable(this.#discord.world, message))
  }

  /** Discord tells of an edit also when only a preview or a mark came to a message. */
  #edited(message: Message): void {
    const [before, now] = message.versions.slice(-2)
    if (before === undefined || now === undefined || before.content === now.content) return
    const speaker = this.#speaker(message)
    this.#transcript.ledger.remark(speaker, '(edited)')
    this.#transcript.ledger.tell(speaker, readable(this.#discord.world, message))
  }

  #deleted(message: Message): void {
    this.#transcript.drop(message.id)
    const { world } = this.#discord
    this.#note(message, nameOf(world, message.authorId), `deleted: “${excerpt(world, message)}”`)
  }

  #type(channelId: string): void {
    const { world, botId, people } = this.#discord
    const place = placeName(world, world.channel(channelId))
    const speaker = { place, name: nameOf(world, botId), tone: 'note' } as const
    const isOver = () => !people.isTyping(botId, channelId)
    this.#transcript.showSign(channelId, { speaker, words: 'is typing…', isOver })
  }

  #note(message: Message, name: string, text: string): void {
    this.#transcript.ledger.tell({ place: this.#speaker(message).place, name, tone: 'note' }, text)
  }

  /** Whom a message answers. */
  #heading({ reference }: Message): string | undefined {
    const { world } = this.#discord
    const answered = reference?.kind === 'reply' ? world.messages.find(reference.messageId ?? '') : undefined
    return answered && `↳ ${nameOf(world, answered.authorId)}: “${excerpt(world, answered)}”`
  }

  #speaker({ channelId, authorId }: Message): Speaker {
    const { world, botId } = this.#discord
    const channel = world.channels.get(channelId)
    const place = channel === undefined ? '' : placeName(world, channel)
    return { place, name: nameOf(world, authorId), tone: authorId === botId ? 'aeries' : 'person' }
  }
}
