import { type APIMessage, type RawFile, Routes } from 'discord.js'
import { type MessageId, messageId, nativeMessageId } from '#src/core/ids.ts'
import type { Log } from '#src/core/log.ts'
import type { Place } from '#src/core/place.ts'
import type { Limit, WriteOutcome } from '#src/core/surface.ts'
import type { ApiAnswer, ApiRequest, DiscordApi } from './discord-api.ts'
import { pageLength } from './history.ts'
import { faultOf, outcomeOf } from './outcomes.ts'
import { nativeChannel } from './place-of.ts'
import { platform } from './platform-name.ts'

type NotWritten = Exclude<WriteOutcome, { outcome: 'written' }>

/** `content` and `actions`: words and buttons as Discord shows them. */
type Created =
  | Readonly<{ outcome: 'written'; message: MessageId; content: string; actions: readonly string[]; limit?: Limit }>
  | NotWritten

/** The messages of one channel, as single requests with our outcomes. */
export class ChannelMessages {
  readonly channel: string
  readonly #api: DiscordApi
  readonly #log: Log
  readonly #place: Place

  constructor(api: DiscordApi, log: Log, place: Place) {
    this.#api = api
    this.#log = log
    this.#place = place
    this.channel = nativeChannel(place)
  }

  id({ id }: Pick<APIMessage, 'id'>): MessageId {
    return messageId(platform, this.#place.workspace, this.channel, id)
  }

  async create(body: object, signal: AbortSignal, files?: readonly RawFile[]): Promise<Created> {
    const route = Routes.channelMessages(this.channel)
    const answer = await this.#send({ method: 'POST', route, body, ...(files === undefined ? {} : { files }) }, signal)
    if ('outcome' in answer) return answer
    const message = answer.body as APIMessage
    const { content, components } = message
    return {
      outcome: 'written',
      message: this.id(message),
      content,
      actions: actionsIn(components),
      ...limitIn(answer),
    }
  }

  async edit(message: MessageId, body: object, signal: AbortSignal): Promise<WriteOutcome> {
    const answer = await this.#send({ method: 'PATCH', route: this.#route(message), body }, signal)
    return 'outcome' in answer ? answer : { outcome: 'written', message, ...limitIn(answer) }
  }

  async delete(message: MessageId, signal: AbortSignal): Promise<WriteOutcome> {
    const answer = await this.#send({ method: 'DELETE', route: this.#route(message) }, signal)
    return 'outcome' in answer ? answer : { outcome: 'written', message, ...limitIn(answer) }
  }

  /** What was said behind a message, oldest first, as far as one page goes; nothing where that may not be read, `undefined`: not now. */
  async after(message: string, signal: AbortSignal): Promise<readonly APIMessage[] | undefined> {
    const query = new URLSearchParams({ after: message, limit: String(pageLength) })
    try {
      const route = Routes.channelMessages(this.channel)
      const { body } = await this.#api.call({ method: 'GET', route, query }, signal)
      return (body as readonly APIMessage[]).toReversed()
    } catch (error) {
      signal.throwIfAborted()
      this.#log.debug({ fault: faultOf(error) }, 'history not read')
      return outcomeOf(error).outcome === 'gone' ? [] : undefined
    }
  }

  async typing(signal: AbortSignal): Promise<void> {
    try {
      await this.#api.call({ method: 'POST', route: Routes.channelTyping(this.channel) }, signal)
    } catch (error) {
      signal.throwIfAborted()
      this.#log.debug({ fault: faultOf(error) }, 'typing not shown')
    }
  }

  async #send(request: ApiRequest, signal: AbortSignal): Promise<ApiAnswer | NotWritten> {
    try {
      return await this.#api.call(request, signal)
    } catch (error) {
      signal.throwIfAborted()
      return outcomeOf(error)
    }
  }

  #route(message: MessageId): `/${string}` {
    return Routes.channelMessage(this.channel, nativeMessageId(message))
  }
}

function actionsIn(components: APIMessage['components'] = []): readonly string[] {
  const parts = components.flatMap((row): readonly object[] => ('components' in row ? row.components : []))
  return parts.flatMap(part => ('custom_id' in part && typeof part.custom_id === 'string' ? part.custom_id : []))
}

function limitIn({ limit }: ApiAnswer): Readonly<{ limit?: Limit }> {
  return limit === undefined ? {} : { limit }
}
