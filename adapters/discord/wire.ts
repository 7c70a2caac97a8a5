import {
  GatewayDispatchEvents,
  type GatewayDispatchPayload,
  type GatewayMessageCreateDispatchData,
  InteractionType,
} from 'discord.js'
import { z } from 'zod'

/**
 * A dispatch in the shape that we rely on, or `undefined` where it has another one. What an event cannot be told without must
 * be right; what merely comes along with it is left out where it is not, so that no word is lost for an odd sticker.
 */
export function soundPacket(packet: GatewayDispatchPayload): GatewayDispatchPayload | undefined {
  const schema = schemas[packet.t]
  if (schema === undefined) return packet
  const { success, data } = schema.safeParse(packet.d)
  return success ? ({ ...packet, d: data } as GatewayDispatchPayload) : undefined
}

/** A message of a history, likewise: as Discord would have told of it live. */
export function soundMessage(message: unknown): GatewayMessageCreateDispatchData | undefined {
  const sound: unknown = messageSchema.safeParse(message).data
  return sound as GatewayMessageCreateDispatchData | undefined
}

const id = z.string().regex(/^\d{15,20}$/)
const time = z.string().refine(text => !Number.isNaN(Date.parse(text)))
const text = z.string()

const user = z.looseObject({
  id,
  username: text,
  global_name: text.nullish().catch(undefined),
  bot: z.boolean().optional(),
  system: z.boolean().optional(),
})
const member = z.looseObject({
  nick: text.nullish().catch(undefined),
  roles: z.array(id).optional().catch(undefined),
})
const mentioned = user.extend({ member: z.looseObject({ nick: text.nullish() }).optional().catch(undefined) })

const words = {
  content: text,
  mentions: z.array(mentioned),
  attachments: z
    .array(
      z.looseObject({
        filename: text,
        content_type: text.optional().catch(undefined),
        url: text.optional().catch(undefined),
        size: z.int().nonnegative().optional().catch(undefined),
      }),
    )
    .optional()
    .catch(undefined),
  embeds: z
    .array(z.looseObject({ url: text.optional().catch(undefined), title: text.optional().catch(undefined) }))
    .optional()
    .catch(undefined),
  sticker_items: z
    .array(z.looseObject({ name: text }))
    .optional()
    .catch(undefined),
  poll: z
    .looseObject({ question: z.looseObject({ text: text.optional().catch(undefined) }) })
    .optional()
    .catch(undefined),
  flags: z.int().optional().catch(undefined),
}

const quoted = z.looseObject({ ...words, id, channel_id: id, author: user })
const copy = z.looseObject({ ...words, mentions: z.array(mentioned).optional().catch(undefined) })

const reference = z.looseObject({
  type: z.int().optional().catch(undefined),
  message_id: id.optional().catch(undefined),
  channel_id: id.optional().catch(undefined),
  guild_id: id.optional().catch(undefined),
})

const messageSchema = z.looseObject({
  ...words,
  id,
  channel_id: id,
  guild_id: id.optional(),
  author: user,
  type: z.int(),
  timestamp: time,
  edited_timestamp: time.nullish().catch(null),
  mention_everyone: z.boolean().catch(false),
  channel_type: z.int().optional().catch(undefined),
  nonce: z.union([text, z.number()]).optional().catch(undefined),
  member: member.optional().catch(undefined),
  message_reference: reference.optional().catch(undefined),
  referenced_message: quoted.nullish().catch(undefined),
  message_snapshots: z
    .array(z.looseObject({ message: copy }))
    .optional()
    .catch(undefined),
})

const place = { channel_id: id, guild_id: id.optional() }
const emoji = z.looseObject({ id: id.nullable(), name: text.nullish() })
const ofMessage = z.looseObject({ ...place, message_id: id })
const reacted = ofMessage.extend({ user_id: id, emoji, member: member.extend({ user }).optional().catch(undefined) })

const tapped = z.looseObject({
  ...place,
  id,
  application_id: id,
  token: text.min(1),
  type: z.literal(InteractionType.MessageComponent),
  data: z.looseObject({ component_type: z.int(), custom_id: text.min(1) }),
  message: z.looseObject({ id, author: z.looseObject({ id }) }),
  channel: z.looseObject({ type: z.int() }).optional().catch(undefined),
  member: z.looseObject({ nick: text.nullish().catch(undefined), user }).optional(),
  user: user.optional(),
})
const otherInteraction = z.looseObject({ type: z.int().refine(type => type !== InteractionType.MessageComponent) })

const schemas: Readonly<Partial<Record<string, z.ZodType>>> = {
  [GatewayDispatchEvents.MessageCreate]: messageSchema,
  // An update without an author is one without new words: a link unfolded.
  [GatewayDispatchEvents.MessageUpdate]: z.union([
    messageSchema,
    z.looseObject({ id, channel_id: id, author: z.undefined().optional() }),
  ]),
  [GatewayDispatchEvents.MessageDelete]: z.looseObject({ ...place, id }),
  [GatewayDispatchEvents.MessageDeleteBulk]: z.looseObject({ ...place, ids: z.array(id) }),
  [GatewayDispatchEvents.MessageReactionAdd]: reacted,
  [GatewayDispatchEvents.MessageReactionRemove]: reacted,
  [GatewayDispatchEvents.MessageReactionRemoveAll]: ofMessage,
  [GatewayDispatchEvents.MessageReactionRemoveEmoji]: ofMessage.extend({ emoji }),
  [GatewayDispatchEvents.GuildDelete]: z.looseObject({ id, unavailable: z.boolean().optional() }),
  [GatewayDispatchEvents.ChannelDelete]: z.looseObject({ id, guild_id: id.optional() }),
  [GatewayDispatchEvents.ThreadDelete]: z.looseObject({ id, guild_id: id, parent_id: id.nullish() }),
  [GatewayDispatchEvents.InteractionCreate]: z.union([tapped, otherInteraction]),
}
