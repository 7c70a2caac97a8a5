import { type GatewayMessageCreateDispatchData, MessageFlags, MessageType } from 'discord.js'
import type { OwnEvent } from '#src/core/event.ts'
import { messageId } from '#src/core/ids.ts'
import { placeOf } from './place-of.ts'
import { platform } from './platform-name.ts'
import type { Scene } from './scene.ts'

/**
 * What our own account said, for those to judge who know what this process sends. Not what Discord says in our name ("Aeries joined"), and
 * not an answer to an interaction: whose that is, its token tells and the message does not.
 */
export function ownMessage(message: GatewayMessageCreateDispatchData, scene: Scene): OwnEvent | undefined {
  if (message.author.id !== scene.self) return undefined
  if (message.type !== MessageType.Default && message.type !== MessageType.Reply) return undefined
  const isPrivate = ((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0
  if (isPrivate || message.interaction_metadata !== undefined) return undefined
  return {
    type: 'own',
    platform,
    place: placeOf(message, scene),
    message: messageId(platform, message.guild_id, message.channel_id, message.id),
    at: new Date(message.timestamp),
  }
}
