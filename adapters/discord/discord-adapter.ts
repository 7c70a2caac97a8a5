import {
  GatewayDispatchEvents,
  type GatewayDispatchPayload,
  type GatewayMessageCreateDispatchData,
  Routes,
} from 'discord.js'
import type { Clock } from '#src/core/clock.ts'
import type { MessageEvent } from '#src/core/event.ts'
import { type MessageId, messageId } from '#src/core/ids.ts'
import type { Log } from '#src/core/log.ts'
import type { Place } from '#src/core/place.ts'
import type { Health, Inbox, PlatformAdapter } from '#src/core/platform.ts'
import type { ReplySurface } from '#src/core/surface.ts'
import { tokenRefused } from './attempt.ts'
import { ChannelTurns } from './channel-turns.ts'
import { DiscordApi } from './discord-api.ts'
import { channelOf, eventOf, type ToldMessage } from './events.ts'
import { Gateway } from './gateway.ts'
import type { Delivery } from './happenings.ts'
import { faultOf } from './outcomes.ts'
import { OwnMessages } from './own-messages.ts'
import { platform } from './platform-name.ts'
import type { Scene } from './scene.ts'
import { DiscordSurface } from './surface.ts'
import { TypingShare } from './typing-share.ts'

export type DiscordParts = Readonly<{
  token: string
  /** Without a version: `https://discord.com/api`. The gateway's address comes from it. */
  apiUrl: string
  /** What Discord allows over all routes: 50, until it raises that for a bot in very many servers. */
  requestsPerSecond?: number
  log: Log
  clock: Clock
}>

const tooManyRefusals =
  'Discord answered a thousand requests of the last ten minutes with 401, 403 or 429, and at ten thousand it bans the address: see the permissions of the bot in its servers, and that no other program uses its token.'

const defaultRequestsPerSecond = 50

/** Discord for the house: one bot account, its DMs, and the servers that it is in. */
export function createDiscordAdapter(parts: DiscordParts): PlatformAdapter {
  // People paste the token with the word that belongs before it on the wire.
  return new DiscordAdapter({ ...parts, token: parts.token.trim().replace(/^Bot\s+/i, '') })
}

class DiscordAdapter implements PlatformAdapter {
  readonly platform = platform
  readonly #log: Log
  readonly #clock: Clock
  readonly #api: DiscordApi
  readonly #gateway: Gateway
  readonly #ownMessages = new OwnMessages()
  readonly #typingShare: TypingShare
  readonly #turns: ChannelTurns
  readonly #closing = new AbortController()
  readonly #errands = new Set<Promise<void>>()
  /** The session of each shard: together with a dispatch's number it names a happening that has no id. */
  readonly #sessions = new Map<number, string>()
  #inbox: Inbox | undefined

  constructor({ token, apiUrl, requestsPerSecond = defaultRequestsPerSecond, log, clock }: DiscordParts) {
    this.#log = log
    this.#clock = clock
    const onTokenRefused = () => log.error({ cause: tokenRefused }, 'discord refused a request')
    const onPaused = (ms: number) => log.error({ ms, cause: tooManyRefusals }, 'discord is left alone for a while')
    const now = () => clock.now().getTime()
    this.#api = new DiscordApi({ token, apiUrl, requestsPerSecond, onTokenRefused, onPaused, now })
    this.#typingShare = new TypingShare(requestsPerSecond, now)
    this.#gateway = new Gateway({ token, apiUrl, log, clock, onPacket: (packet, shard) => this.#take(packet, shard) })
    this.#turns = new ChannelTurns(channel => this.#learn(channel))
  }

  async start(inbox: Inbox, signal: AbortSignal): Promise<void> {
    this.#inbox = inbox
    await this.#gateway.connect(signal)
  }

  async closeDoor(): Promise<void> {
    this.#inbox = undefined
  }

  health(): Health {
    return this.#api.tokenRefused ? { state: 'lost', cause: tokenRefused } : this.#gateway.health()
  }

  surface(place: Place, answering: MessageId): ReplySurface {
    const parts = {
      api: this.#api,
      log: this.#log,
      ownMessages: this.#ownMessages,
      typingShare: this.#typingShare,
      scene: () => this.#gateway.scene,
    }
    return new DiscordSurface(parts, place, answering)
  }

  /** Reads nothing yet: Discord lists no DMs to a bot, so the places to look in must come from the ledger of turns. */
  async *missed(_since: Date, _places: readonly Place[], _signal: AbortSignal): AsyncIterable<MessageEvent> {}

  async [Symbol.asyncDispose](): Promise<void> {
    this.#inbox = undefined
    this.#closing.abort(new Error('the Discord adapter was closed'))
    await this.#gateway[Symbol.asyncDispose]()
    await Promise.all(this.#errands)
    this.#api[Symbol.dispose]()
  }

  #take(packet: GatewayDispatchPayload, shard: number): void {
    this.#guarded(packet, () => {
      if (packet.t === GatewayDispatchEvents.Ready) this.#sessions.set(shard, packet.d.session_id)
      if (packet.t === GatewayDispatchEvents.MessageCreate) this.#rememberOwn(packet.d)
      const { scene } = this.#gateway
      if (scene === undefined || this.#inbox === undefined) return
      const delivery = { id: `${this.#sessions.get(shard) ?? '-'}:${packet.s}`, at: this.#clock.now() }
      this.#turns.take(channelOf(packet, scene), () => this.#guarded(packet, () => this.#handOver(packet, delivery)))
    })
  }

  #handOver(packet: GatewayDispatchPayload, delivery: Delivery): void {
    const { scene } = this.#gateway
    const told = scene && eventOf(packet, delivery, scene)
    if (told === undefined || this.#inbox === undefined) return
    if (told.type !== 'message') {
      this.#inbox.event(told)
      return
    }
    this.#inbox.event({ ...told, surface: this.surface(told.place, told.message.id) })
    this.#stayIn(told, scene)
  }

  /** One dispatch that nobody understands must not end the line that brings the next. */
  #guarded(packet: GatewayDispatchPayload, work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#log.error({ dispatch: packet.t, err: error }, 'a dispatch was not understood')
    }
  }

  /** Who is called into a thread becomes a member: Discord keeps that, so follow-ups reach us after a restart, too. */
  #stayIn({ place: { thread }, message }: ToldMessage, scene: Scene | undefined): void {
    if (thread === undefined || !message.addressed || scene?.channel(thread)?.joined !== false) return
    this.#run(
      this.#api.call({ method: 'PUT', route: Routes.threadMembers(thread, '@me') }, this.#closing.signal),
      'join',
    )
  }

  async #learn(channel: string): Promise<void> {
    try {
      await this.#gateway.client?.channels.fetch(channel)
    } catch (error) {
      this.#log.debug({ fault: faultOf(error) }, 'a channel stays unknown')
    }
  }

  /** What is done beside the events, and ends with the adapter at the latest. */
  #run(work: Promise<unknown>, errand: string): void {
    const done = work.then(
      () => undefined,
      (error: unknown) => this.#log.debug({ errand, fault: faultOf(error) }, 'an errand failed'),
    )
    this.#errands.add(done)
    void done.then(() => this.#errands.delete(done))
  }

  #rememberOwn({ author, channel_id, guild_id, id, nonce }: GatewayMessageCreateDispatchData): void {
    if (author.id !== this.#gateway.scene?.self || typeof nonce !== 'string') return
    this.#ownMessages.remember(nonce, messageId(platform, guild_id, channel_id, id))
  }
}
