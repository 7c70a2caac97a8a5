import {
  ComponentType,
  DiscordAPIError,
  type GatewayInteractionCreateDispatchData,
  InteractionResponseType,
  InteractionType,
  RESTJSONErrorCodes,
  Routes,
} from 'discord.js'
import type { Clock } from '#src/core/clock.ts'
import type { ControlEvent, PrivateAnswer } from '#src/core/event.ts'
import { eventKey, messageId } from '#src/core/ids.ts'
import type { DiscordApi } from './discord-api.ts'
import { personOf } from './person-of.ts'
import { placeOf } from './place-of.ts'
import { platform } from './platform-name.ts'
import type { Scene } from './scene.ts'
import { timeOf } from './snowflake.ts'

/** A person reads "This interaction failed" when Discord has not heard of us after three seconds. */
const acknowledgeWithinMs = 2_800
const tryAgainAfterMs = 300

type Tap = Extract<GatewayInteractionCreateDispatchData, { type: InteractionType.MessageComponent }>
type Answering = Readonly<{ api: DiscordApi; clock: Clock }>

/** A tap on a button under a message of ours, whichever process sent that; `undefined` for all other interactions. */
export function tapOf(data: GatewayInteractionCreateDispatchData, scene: Scene): Tap | undefined {
  if (data.type !== InteractionType.MessageComponent) return undefined
  return data.data.component_type === ComponentType.Button && data.message.author.id === scene.self ? data : undefined
}

export function tapped(tap: Tap, respond: PrivateAnswer, scene: Scene): ControlEvent | undefined {
  const user = tap.member?.user ?? tap.user
  const channel = tap.channel_id ?? tap.channel?.id
  if (user === undefined || channel === undefined) return undefined
  const where = { channel_id: channel, guild_id: tap.guild_id, channel_type: tap.channel?.type }
  return {
    type: 'control',
    key: eventKey(platform, 'tap', tap.id),
    place: placeOf(where, scene),
    at: timeOf(tap.id),
    person: personOf(user, tap.member, where, scene),
    control: {
      type: 'button',
      action: tap.data.custom_id,
      message: messageId(platform, tap.guild_id, channel, tap.message.id),
    },
    respond,
  }
}

const willBeShown = { type: InteractionResponseType.DeferredMessageUpdate } as const

/** Tells Discord that it arrived; what comes of a tap is shown by an edit, or told privately. */
export async function acknowledge(
  { id, token }: Pick<GatewayInteractionCreateDispatchData, 'id' | 'token'>,
  { api, clock }: Answering,
  signal: AbortSignal,
  body: object = willBeShown,
): Promise<void> {
  const route = Routes.interactionCallback(id, token)
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(acknowledgeWithinMs)])
  for (;;) {
    try {
      await api.call({ method: 'POST', route, body, ofInteraction: true }, inTime)
      return
    } catch (error) {
      if (error instanceof DiscordAPIError) {
        // The answer to an earlier try got lost.
        if (error.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged) return
        throw error
      }
      await clock.sleep(tryAgainAfterMs, inTime)
    }
  }
}
