import { type GatewayInteractionCreateDispatchData, InteractionType } from 'discord.js'
import type { Event } from '#src/core/event.ts'
import { AskAbout } from './ask-about.ts'
import { commanded, completing, thinking, wantedOf } from './commands.ts'
import type { Errands } from './errands.ts'
import type { ToldMessage } from './incoming.ts'
import { answerPrivately } from './private-answer.ts'
import type { Scene } from './scene.ts'
import { acknowledge } from './taps.ts'
import type { WhisperParts } from './whisper.ts'

type Data = GatewayInteractionCreateDispatchData
type Parts = WhisperParts & Readonly<{ errands: Errands }>

/** Whoever takes what comes of an interaction. */
export type Hearer = Readonly<{
  scene: () => Scene | undefined
  tell: (event: Exclude<Event, { type: 'message' }>) => void
  say: (told: ToldMessage) => void
}>

/** What people do with commands: give them, type them, pick them from a message's menu, send the form of one. */
export class Interactions {
  readonly #parts: Parts
  readonly #askAbout: AskAbout

  constructor(parts: Parts) {
    this.#parts = parts
    this.#askAbout = new AskAbout(parts)
  }

  /** Answers Discord within its three seconds, and returns what tells the house then; `undefined`: it is something else. */
  take(data: Data, hearer: Hearer): (() => void) | undefined {
    switch (data.type) {
      case InteractionType.ApplicationCommand:
        return this.#command(data, hearer)
      case InteractionType.ApplicationCommandAutocomplete:
        return () => {
          const scene = hearer.scene()
          const event = scene && completing(data, this.#parts.api, scene)
          if (event !== undefined) hearer.tell(event)
        }
      case InteractionType.ModalSubmit:
        return this.#askAbout.isSent(data) ? this.#form(data, hearer) : undefined
      default:
        return undefined
    }
  }

  #command(
    data: Extract<Data, { type: InteractionType.ApplicationCommand }>,
    hearer: Hearer,
  ): (() => void) | undefined {
    const { errands } = this.#parts
    const wanted = wantedOf(data)
    if (wanted === undefined) return undefined
    if (wanted.type === 'menu' && wanted.command === 'ask') {
      errands.run(this.#askAbout.ask(data, wanted.message, errands.signal), 'form')
      return () => undefined
    }
    const acknowledged = this.#think(data)
    return () => {
      const scene = hearer.scene()
      const event = scene && commanded(data, wanted, answerPrivately(data, this.#parts, acknowledged), scene)
      if (event !== undefined) hearer.tell(event)
    }
  }

  #form(data: Extract<Data, { type: InteractionType.ModalSubmit }>, hearer: Hearer): () => void {
    const { errands } = this.#parts
    const acknowledged = this.#think(data)
    const ask = async () => {
      const scene = hearer.scene()
      const respond = answerPrivately(data, this.#parts, acknowledged)
      const told = scene && (await this.#askAbout.sent(data, scene, respond, errands.signal))
      if (told !== undefined) hearer.say(told)
    }
    return () => errands.run(ask(), 'ask about a message')
  }

  #think(data: Data): Promise<void> {
    const { errands } = this.#parts
    const acknowledged = acknowledge(data, this.#parts, errands.signal, thinking)
    errands.run(acknowledged, 'acknowledge')
    return acknowledged
  }
}
