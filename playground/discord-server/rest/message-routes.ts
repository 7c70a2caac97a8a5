import { z } from 'zod'
import { messagePayload } from '#playground/discord-server/wire/message-payload.ts'
import { refuse } from '#playground/discord-server/world/api-error.ts'
import { bulkDelete, deleteMessage } from '#playground/discord-server/world/delete-messages.ts'
import { editMessage } from '#playground/discord-server/world/edit-message.ts'
import type { Message } from '#playground/discord-server/world/message.ts'
import { demand, permission } from '#playground/discord-server/world/permissions.ts'
import { type Draft, postMessage } from '#playground/discord-server/world/post-message.ts'
import { startTyping } from '#playground/discord-server/world/typing.ts'
import type { World } from '#playground/discord-server/world/world.ts'
import { editedFiles, type MessageBody, messageBody, shaped, storeFiles } from './message-body.ts'
import { type Call, param, type Reply, type Route, route } from './route.ts'

const forwardReference = 1

/** Messages of a channel: read, send, edit, delete, and the sign of typing. */
export const messageRoutes: readonly Route[] = [
  route('GET', '/channels/:channel/messages', listMessages),
  route('POST', '/channels/:channel/messages', sendMessage, { bucket: 'writes' }),
  route('POST', '/channels/:channel/messages/bulk-delete', call => {
    const { messages } = shaped(z.object({ messages: z.array(z.string()) }), call.json)
    bulkDelete(call.world, call.world.botId, param(call, 'channel'), messages)
    return { status: 204 }
  }),
  route('GET', '/channels/:channel/messages/:message', getMessage),
  route('PATCH', '/channels/:channel/messages/:message', patchMessage, { bucket: 'writes' }),
  route('DELETE', '/channels/:channel/messages/:message', call => {
    deleteMessage(call.world, call.world.botId, param(call, 'channel'), param(call, 'message'))
    return { status: 204 }
  }),
  route('POST', '/channels/:channel/typing', call => {
    startTyping(call.world, call.world.botId, param(call, 'channel'))
    return { status: 204 }
  }),
]

/** A message as this application may read it over REST; the nonce is only in the answer to the send itself. */
export function restMessage(world: World, message: Message): Record<string, unknown> {
  return { ...messagePayload(world, message, { content: world.application.messageContent }) }
}

function listMessages(call: Call): Reply {
  const { world, query } = call
  const channel = world.channel(param(call, 'channel'))
  const held = world.permissions(world.botId, channel)
  demand(held)
  const limit = Number(query.get('limit') ?? 50)
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw refuse.form('limit', 'NUMBER_TYPE_MAX', 'int value should be between 1 and 100.')
  }
  // Without the permission to read on, Discord gives an empty list and no error.
  if (!(held & permission.readMessageHistory)) return { status: 200, body: [] }
  const bounds = ['around', 'before', 'after'] as const
  const bound = bounds.find(name => query.has(name))
  const page = { limit, ...(bound && { [bound]: query.get(bound) ?? '' }) }
  return { status: 200, body: world.messages.page(channel.id, page).map(one => restMessage(world, one)) }
}

function getMessage(call: Call): Reply {
  const { world } = call
  const channel = world.channel(param(call, 'channel'))
  const held = world.permissions(world.botId, channel)
  demand(held)
  if (!(held & permission.readMessageHistory)) throw refuse.missingAccess()
  return { status: 200, body: restMessage(world, world.message(channel.id, param(call, 'message'))) }
}

function sendMessage(call: Call): Reply {
  const { world } = call
  const channelId = param(call, 'channel')
  const body = messageBody(call.json)
  const draft: Draft = {
    ...draftOf(body),
    authorId: world.botId,
    channelId,
    attachments: storeFiles(world, channelId, call.files),
    nonce: body.nonce ?? undefined,
    enforceNonce: body.enforce_nonce ?? undefined,
    ...pointerOf(body),
  }
  const { message, repeated } = postMessage(world, draft)
  const nonce = message.nonce === undefined ? {} : { nonce: message.nonce }
  return { status: 200, body: { ...restMessage(world, message), ...nonce }, messageId: message.id, repeated }
}

/** The words of a body, as a draft has them. */
export function draftOf(
  body: MessageBody,
): Pick<Draft, 'content' | 'flags' | 'embeds' | 'components' | 'allowedMentions'> {
  return {
    content: body.content ?? '',
    flags: body.flags ?? undefined,
    embeds: body.embeds ?? undefined,
    components: body.components ?? undefined,
    allowedMentions: body.allowed_mentions ?? undefined,
  }
}

function pointerOf({ message_reference: pointer }: MessageBody): Pick<Draft, 'replyTo' | 'forward'> {
  if (!pointer) return {}
  if (pointer.type !== forwardReference) {
    return { replyTo: { messageId: pointer.message_id, failIfMissing: pointer.fail_if_not_exists ?? true } }
  }
  if (pointer.channel_id === undefined) {
    throw refuse.form('message_reference.channel_id', 'BASE_TYPE_REQUIRED', 'This field is required')
  }
  return { forward: { channelId: pointer.channel_id, messageId: pointer.message_id } }
}

function patchMessage(call: Call): Reply {
  const { world, limits } = call
  const where = { channelId: param(call, 'channel'), messageId: param(call, 'message') }
  const body = messageBody(call.json)
  const before = world.messages.find(where.messageId)
  if (before && world.now() - before.createdAt > world.rules.oldEdits.afterMs) {
    const wait = limits.takeNamed(`old edits:${where.channelId}`, world.rules.oldEdits)
    if (wait !== undefined) throw refuse.oldEdits(wait)
  }
  const message = editMessage(world, world.botId, where, editOf(call, body, before))
  return { status: 200, body: restMessage(world, message), messageId: message.id }
}

/** What a body changes: a field that is null empties, one that is absent stays. */
export function editOf(call: Call, body: MessageBody, before: Message | undefined): Parameters<typeof editMessage>[3] {
  return {
    content: body.content === null ? '' : body.content,
    flags: body.flags ?? undefined,
    embeds: body.embeds === null ? [] : body.embeds,
    components: body.components === null ? [] : body.components,
    allowedMentions: body.allowed_mentions ?? undefined,
    attachments: before && editedFiles(call, body, before),
  }
}
