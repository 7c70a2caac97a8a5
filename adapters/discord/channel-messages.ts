import { type APIMessage, type RawFile, Routes } from 'discord.js'
import { type MessageId, messageId, nativeMessageId } from '#src/core/ids.ts'
import type { Log } from '#src/core/log.ts'
import type { Place } from '#src/core/place.ts'
import type { Limit, WriteOutcome } from '#src/core/surface.ts'
import type { ApiAnswer, ApiRequest, DiscordApi } from './discord-api.ts'
import { faultOf, outcomeOf } from './outcomes.ts'
import { nativeChannel } from './place-of.ts'
import { platform } from './platform-name.ts'

/** How many messages one look into a channel's history brings, at most (Discord's own limit). */
const historyPage = '100'

type NotWritten = Exclude<WriteOutcome, { outcome: 'written' }>

/** `content`: as Discord shows it. */
type Created = Readonly<{ outcome: 'written'; message: MessageId; content: string; limit?: Limit }> | NotWritten

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
    return { outcome: 'written', message: this.id(message), content: message.content, ...limitIn(answer) }
  }

  async edit(message: MessageId, body: object, signal: AbortSignal): Promise<WriteOutcome> {
    const answer = await this.#send({ method: 'PATCH', route: this.#route(message), body }, signal)
    return 'outcome' in answer ? answer : { outcome: 'written', message, ...limitIn(answer) }
  }

  async delete(message: MessageId, signal: AbortSignal): Promise<WriteOutcome> {
    const answer = await this.#send({ method: 'DELETE', route: this.#route(message) }, signal)
    return 'outcome' in answer ? answer : { outcome: 'written', message, ...limitIn(answer) }
  }

  /** What was said behind a message, as far as one page goes; nothing when it cannot be read. */
  async after(message: MessageId, signal: AbortSignal): Promise<readonly APIMessage[]> {
    const query = new URLSearchParams({ after: nativeMessageId(message), limit: historyPage })
    try {
      const route = Routes.channelMessages(this.channel)
      return (await this.#api.call({ method: 'GET', route, query }, signal)).body as readonly APIMessage[]
    } catch (error) {
      signal.throwIfAborted()
      this.#log.debug({ fault: faultOf(error) }, 'history not read')
      return []
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

function limitIn({ limit }: ApiAnswer): Readonly<{ limit?: Limit }> {
  return limit === undefined ? {} : { limit }
}
