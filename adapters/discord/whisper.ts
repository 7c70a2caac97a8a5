import { randomBytes } from 'node:crypto'
import { type APIChannel, type APIMessage, DiscordAPIError, Routes } from 'discord.js'
import type { Clock } from '#src/core/clock.ts'
import { type PrivateAnswer, toldInWords } from '#src/core/event.ts'
import type { PersonId } from '#src/core/ids.ts'
import type { Log } from '#src/core/log.ts'
import { rowsOf } from './buttons.ts'
import { contentOf } from './content.ts'
import type { DiscordApi } from './discord-api.ts'
import { nobody } from './nobody.ts'
import { faultOf } from './outcomes.ts'
import type { OwnMessages } from './own-messages.ts'
import { patiently } from './patiently.ts'
import { partsOf } from './private-answer.ts'

export type WhisperParts = Readonly<{ api: DiscordApi; clock: Clock; log: Log; ownMessages: OwnMessages }>

type Posted = Readonly<{ channel: string; id: string }>
type Extras = Pick<Exclude<Parameters<PrivateAnswer>[0], string>, 'buttons' | 'file'>

/** Tells people something in their DM, outside of any answer. */
export class Whisper {
  readonly #parts: WhisperParts

  constructor(parts: WhisperParts) {
    this.#parts = parts
  }

  /** For whoever wrote a command as a message: Discord shows no message of a channel to one person alone. */
  to(person: PersonId): PrivateAnswer {
    return async (words, signal) => {
      const { text, ...extras } = toldInWords(words)
      try {
        await this.post(person, text, signal, extras)
      } catch (error) {
        signal.throwIfAborted()
        this.#parts.log.debug({ fault: faultOf(error) }, 'a private answer was not shown')
      }
    }
  }

  /** The first message that shows it; `undefined`: they take no DMs. */
  async post(person: PersonId, text: string, signal: AbortSignal, extras: Extras = {}): Promise<Posted | undefined> {
    try {
      return await this.#post(person, text, signal, extras)
    } catch (error) {
      if (error instanceof DiscordAPIError) return undefined
      throw error
    }
  }

  async #post(
    person: PersonId,
    text: string,
    signal: AbortSignal,
    { buttons, file }: Extras,
  ): Promise<Posted | undefined> {
    const body = { recipient_id: person.slice(person.lastIndexOf(':') + 1) }
    const { id: channel } = await this.#call<APIChannel>(Routes.userChannels(), body, signal)
    let first: Posted | undefined
    const parts = partsOf(text)
    for (const [at, part] of parts.entries()) {
      const isLast = at === parts.length - 1
      const nonce = randomBytes(9).toString('base64url')
      this.#parts.ownMessages.sends(nonce, this.#parts.clock.now().getTime())
      const message = {
        content: contentOf(part),
        allowed_mentions: nobody,
        nonce,
        enforce_nonce: true,
        ...(isLast && buttons && buttons.length > 0 && { components: rowsOf(buttons) }),
      }
      const files = isLast && file ? [{ name: file.name, data: Buffer.from(file.content) }] : undefined
      const { id } = await this.#call<APIMessage>(Routes.channelMessages(channel), message, signal, files)
      first ??= { channel, id }
    }
    return first
  }

  async #call<Answer>(
    route: `/${string}`,
    body: object,
    signal: AbortSignal,
    files?: readonly { name: string; data: Buffer }[],
  ): Promise<Answer> {
    const { api, clock } = this.#parts
    const request = { method: 'POST', route, body, ...(files && { files }) } as const
    const answer = await patiently(() => api.call(request, signal), clock, signal)
    return answer.body as Answer
  }
}
