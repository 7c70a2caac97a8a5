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
import type { Inbox } from '#src/core/platform.ts'
import type { ReplySurface } from '#src/core/surface.ts'
import { ChannelTurns } from './channel-turns.ts'
import type { DiscordApi } from './discord-api.ts'
import type { Errands } from './errands.ts'
import { channelOf, eventOf } from './events.ts'
import type { Delivery } from './happenings.ts'
import type { ToldMessage } from './incoming.ts'
import { Interactions } from './interactions.ts'
import { faultOf } from './outcomes.ts'
import { ownMessage } from './own-event.ts'
import type { OwnMessages } from './own-messages.ts'
import { isMisplaced, type Whereabouts } from './place-of.ts'
import { platform } from './platform-name.ts'
import { answerPrivately } from './private-answer.ts'
import type { Scene } from './scene.ts'
import { acknowledge, tapOf, tapped } from './taps.ts'
import { Whisper } from './whisper.ts'

export type ListenerParts = Readonly<{
  api: DiscordApi
  log: Log
  clock: Clock
  errands: Errands
  ownMessages: OwnMessages
  /** `undefined` until the gateway has said who we are. */
  scene: () => Scene | undefined
  /** Asks for a channel that nobody has told of, so that the scene knows it. Rejects where there is none. */
  fetchChannel: (channel: string) => Promise<unknown>
  surface: (place: Place, answering: MessageId) => ReplySurface
}>

/** Takes the dispatches of the gateway, and hands them to the house as events, each channel's in their order. */
export class Listener {
  readonly #parts: ListenerParts
  readonly #turns: ChannelTurns
  /** The session of each shard: together with a dispatch's number it names a happening that has no id. */
  readonly #sessions = new Map<number, string>()
  readonly #interactions: Interactions
  readonly #whisper: Whisper
  inbox: Inbox | undefined

  constructor(parts: ListenerParts) {
    this.#parts = parts
    this.#interactions = new Interactions(parts)
    this.#whisper = new Whisper(parts)
    this.#turns = new ChannelTurns(channel => this.learn(channel))
  }

  take(packet: GatewayDispatchPayload, shard: number): void {
    this.#guarded(packet, () => {
      if (packet.t === GatewayDispatchEvents.Ready) this.#sessions.set(shard, packet.d.session_id)
      const scene = this.#parts.scene()
      const isForeign = packet.t === GatewayDispatchEvents.MessageCreate && this.#isForeign(packet.d, scene)
      if (scene === undefined || this.inbox === undefined) return
      const delivery = { id: `${this.#sessions.get(shard) ?? '-'}:${packet.s}`, at: this.#parts.clock.now() }
      // A tap waits for nothing: Discord gives us three seconds.
      const tell =
        this.#tapIn(packet, scene) ?? this.#interactionIn(packet) ?? (() => this.#handOver(packet, delivery, isForeign))
      this.#turns.take(channelOf(packet, scene), () => this.#guarded(packet, tell))
    })
  }

  /** A message with the surface that it is answered on. */
  answerable(told: ToldMessage): MessageEvent {
    this.#stayIn(told)
    const surface = this.#parts.surface(told.place, told.message.id)
    return { ...told, surface, respond: this.#whisper.to(told.person.id) }
  }

  async learn(channel: string): Promise<void> {
    try {
      await this.#parts.fetchChannel(channel)
    } catch (error) {
      this.#parts.log.debug({ fault: faultOf(error) }, 'a channel stays unknown')
    }
  }

  #handOver(packet: GatewayDispatchPayload, delivery: Delivery, isForeign: boolean): void {
    const scene = this.#parts.scene()
    if (scene === undefined || this.inbox === undefined) return
    const own = isForeign && packet.t === GatewayDispatchEvents.MessageCreate ? ownMessage(packet.d, scene) : undefined
    const told = own ?? eventOf(packet, delivery, scene)
    if (told === undefined) return
    if (isMisplaced(packet.d as Partial<Whereabouts>, scene)) throw new Error('a channel of a server, and no server')
    this.inbox.event(told.type === 'message' ? this.answerable(told) : told)
  }

  /** What tells the house of a tap, which Discord is told at once that it arrived; `undefined`: the packet is none. */
  #tapIn(packet: GatewayDispatchPayload, scene: Scene): (() => void) | undefined {
    if (packet.t !== GatewayDispatchEvents.InteractionCreate) return undefined
    const tap = tapOf(packet.d, scene)
    if (tap === undefined) return undefined
    const { errands } = this.#parts
    const acknowledged = acknowledge(tap, this.#parts, errands.signal)
    errands.run(acknowledged, 'acknowledge')
    return () => {
      const now = this.#parts.scene()
      const event = now && tapped(tap, answerPrivately(tap, this.#parts, acknowledged), now)
      if (event !== undefined) this.inbox?.event(event)
    }
  }

  #interactionIn(packet: GatewayDispatchPayload): (() => void) | undefined {
    if (packet.t !== GatewayDispatchEvents.InteractionCreate) return undefined
    return this.#interactions.take(packet.d, {
      scene: () => this.#parts.scene(),
      tell: event => this.inbox?.event(event),
      say: told => this.inbox?.event(this.answerable(told)),
    })
  }

  /** Said by our account, but not by this process. What is ours is remembered under its nonce. */
  #isForeign({ author, ...message }: GatewayMessageCreateDispatchData, scene: Scene | undefined): boolean {
    if (author.id !== scene?.self) return false
    const { ownMessages } = this.#parts
    const id = messageId(platform, message.guild_id, message.channel_id, message.id)
    if (typeof message.nonce === 'string') ownMessages.remember(message.nonce, id)
    const nonce = ownMessages.keyOf(id)
    return nonce === undefined || ownMessages.sentAt(nonce) === undefined
  }

  /** Who is called into a thread becomes a member: Discord keeps that, so follow-ups reach us after a restart, too. */
  #stayIn({ place: { thread }, message }: ToldMessage): void {
    const { api, errands, scene } = this.#parts
    if (thread === undefined || !message.addressed || scene()?.channel(thread)?.joined !== false) return
    errands.run(api.call({ method: 'PUT', route: Routes.threadMembers(thread, '@me') }, errands.signal), 'join')
  }

  /** One dispatch that nobody understands must not end the line that brings the next. */
  #guarded(packet: GatewayDispatchPayload, work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#parts.log.error({ dispatch: packet.t, err: error }, 'a dispatch was not understood')
    }
  }
}
