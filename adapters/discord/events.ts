import { GatewayDispatchEvents, type GatewayDispatchPayload } from 'discord.js'
import type { Event, MessageEvent } from '#src/core/event.ts'
import {
  clearedReactions,
  type Delivery,
  deletedMessages,
  leftGuild,
  lostChannel,
  lostThread,
  reaction,
} from './happenings.ts'
import { editedMessage, incomingMessage, type ToldMessage } from './incoming.ts'
import type { Scene } from './scene.ts'

/** An event as the payload tells it. */
export type Told = Exclude<Event, MessageEvent> | ToldMessage

/**
 * One raw dispatch of the gateway as one of our events, or nothing. Raw, because discord.js drops a reaction in a DM that
 * it has not seen since its start; here every dispatch counts the same before and after a restart.
 */
export function eventOf(packet: GatewayDispatchPayload, delivery: Delivery, scene: Scene): Told | undefined {
  switch (packet.t) {
    case GatewayDispatchEvents.MessageCreate:
      return incomingMessage(packet.d, scene)
    case GatewayDispatchEvents.MessageUpdate:
      return editedMessage(packet.d, scene)
    case GatewayDispatchEvents.MessageDelete:
    case GatewayDispatchEvents.MessageDeleteBulk:
      return deletedMessages(packet.d, delivery, scene)
    case GatewayDispatchEvents.MessageReactionAdd:
      return reaction(packet.d, 'added', delivery, scene)
    case GatewayDispatchEvents.MessageReactionRemove:
      return reaction(packet.d, 'removed', delivery, scene)
    case GatewayDispatchEvents.MessageReactionRemoveAll:
    case GatewayDispatchEvents.MessageReactionRemoveEmoji:
      return clearedReactions(packet.d, delivery, scene)
    case GatewayDispatchEvents.GuildDelete:
      return leftGuild(packet.d, delivery)
    case GatewayDispatchEvents.ChannelDelete:
      return lostChannel(packet.d, delivery)
    case GatewayDispatchEvents.ThreadDelete:
      return lostThread(packet.d, delivery)
    default:
      return undefined
  }
}

/** The channel that something happened in, and whether enough is known of it to tell where that is and who did it. */
export function channelOf(
  packet: GatewayDispatchPayload,
  scene: Scene,
): Readonly<{ id: string; known: boolean }> | undefined {
  switch (packet.t) {
    case GatewayDispatchEvents.MessageCreate:
    case GatewayDispatchEvents.MessageUpdate:
    case GatewayDispatchEvents.MessageDelete:
    case GatewayDispatchEvents.MessageDeleteBulk: {
      // A thread is synced while it is active only, and without its parent a message in it has no place.
      const { channel_id: id, guild_id: guild } = packet.d
      return { id, known: guild === undefined || scene.channel(id) !== undefined }
    }
    case GatewayDispatchEvents.MessageReactionAdd:
    case GatewayDispatchEvents.MessageReactionRemove:
    case GatewayDispatchEvents.MessageReactionRemoveAll:
    case GatewayDispatchEvents.MessageReactionRemoveEmoji: {
      // In a DM a reaction bears no name; the channel knows who is in it.
      const { channel_id: id } = packet.d
      return { id, known: scene.channel(id) !== undefined }
    }
    case GatewayDispatchEvents.InteractionCreate: {
      const { channel_id: id, guild_id: guild } = packet.d
      return id === undefined ? undefined : { id, known: guild === undefined || scene.channel(id) !== undefined }
    }
    default:
      return undefined
  }
}
