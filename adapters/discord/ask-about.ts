import {
  type APIMessage,
  ComponentType,
  type GatewayInteractionCreateDispatchData,
  InteractionResponseType,
  type InteractionType,
  Routes,
  TextInputStyle,
} from 'discord.js'
import type { Clock } from '#src/core/clock.ts'
import { messageCommands } from '#src/core/command.ts'
import type { PrivateAnswer } from '#src/core/event.ts'
import { eventKey, messageId } from '#src/core/ids.ts'
import { whoAndWhere } from './commands.ts'
import type { DiscordApi } from './discord-api.ts'
import type { ToldMessage } from './incoming.ts'
import { linkTo } from './link-to.ts'
import { placeOf } from './place-of.ts'
import { platform } from './platform-name.ts'
import { quoted } from './quotes.ts'
import type { Scene } from './scene.ts'
import { timeOf } from './snowflake.ts'
import { Whisper, type WhisperParts } from './whisper.ts'

type Data = GatewayInteractionCreateDispatchData
type Sent = Extract<Data, { type: InteractionType.ModalSubmit }>

const form = 'ask:'
const field = 'question'
/** What is asked when nothing is. */
const usualQuestion = 'What about this?'
/** Forms that people have open; older ones are forgotten. */
const mostOpen = 500
const longestExcerpt = 400

/** Somebody asks about a message: a small form for the question, and the answer in their DM, where it bothers nobody. */
export class AskAbout {
  readonly #parts: WhisperParts & Readonly<{ api: DiscordApi; clock: Clock }>
  readonly #whisper: Whisper
  readonly #open = new Map<string, Readonly<{ message: APIMessage; guild: string | undefined }>>()

  constructor(parts: WhisperParts) {
    this.#parts = parts
    this.#whisper = new Whisper(parts)
  }

  /** Opens the form. It is the whole answer to the interaction. */
  async ask(data: Pick<Data, 'id' | 'token' | 'guild_id'>, message: APIMessage, signal: AbortSignal): Promise<void> {
    this.#open.set(data.id, { message, guild: data.guild_id })
    const [oldest] = this.#open.keys()
    if (this.#open.size > mostOpen && oldest !== undefined) this.#open.delete(oldest)
    const input = {
      type: ComponentType.TextInput,
      custom_id: field,
      label: 'What would you like to know?',
      style: TextInputStyle.Paragraph,
      required: false,
      max_length: 1_000,
      placeholder: usualQuestion,
    }
    const body = {
      type: InteractionResponseType.Modal,
      data: {
        custom_id: `${form}${data.id}`,
        title: messageCommands.ask,
        components: [{ type: ComponentType.ActionRow, components: [input] }],
      },
    }
    const route = Routes.interactionCallback(data.id, data.token)
    await this.#parts.api.call({ method: 'POST', route, body, ofInteraction: true }, signal)
  }

  isSent(data: Sent): boolean {
    return data.data.custom_id.startsWith(form)
  }

  /** The question as a message of the person in their DM; `undefined`: it cannot be asked, and they were told why. */
  async sent(data: Sent, scene: Scene, respond: PrivateAnswer, signal: AbortSignal): Promise<ToldMessage | undefined> {
    const about = this.#open.get(data.data.custom_id.slice(form.length))
    const by = whoAndWhere(data, scene)
    if (about === undefined || by === undefined) {
      await respond('I no longer know which message you meant. Please pick it once more.', signal)
      return undefined
    }
    const question = questionIn(data) || usualQuestion
    const { quotes, unread } = quoted(about.message, about.guild, 'the message asked about', scene)
    const anchor = await this.#whisper.post(
      by.person.id,
      anchorOf(quotes[0]?.author, quotes[0]?.text, question),
      signal,
    )
    if (anchor === undefined) {
      await respond(
        'I answer such questions in our DM, and yours are closed to me. You can open them in the privacy settings of this server.',
        signal,
      )
      return undefined
    }
    const id = messageId(platform, undefined, anchor.channel, anchor.id)
    await respond(`I answer you in our DM: ${linkTo(id)}`, signal)
    return {
      type: 'message',
      key: eventKey(platform, 'ask', data.id),
      place: placeOf({ channel_id: anchor.channel }, scene),
      at: timeOf(anchor.id),
      person: by.person,
      message: { id, text: question, addressed: true, quotes, unread },
    }
  }
}

function questionIn({ data }: Sent): string {
  const inputs = data.components.flatMap(row => ('components' in row ? row.components : []))
  const found = inputs.find(one => 'custom_id' in one && one.custom_id === field)
  return found !== undefined && 'value' in found ? found.value.trim() : ''
}

/** What stands in the DM above the answer. */
function anchorOf(author: string | undefined, text: string | undefined, question: string): string {
  const short =
    (text ?? '').length <= longestExcerpt ? (text ?? '') : `${(text ?? '').slice(0, longestExcerpt).toWellFormed()}…`
  const lines = short === '' ? ['(a message without words)'] : short.split('\n')
  const whose = author === undefined ? 'a message' : `what ${author} wrote`
  return `You asked about ${whose}:\n${lines.map(line => `> ${line}`).join('\n')}\n**${question}**`
}
