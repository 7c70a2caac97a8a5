import { messagePayload } from '#playground/slack-server/events/message-payload.ts'
import {
  channelOf,
  isMember,
  messageOf,
  personOf,
  writableChannel,
} from '#playground/slack-server/web-api/channel-access.ts'
import { readContents } from '#playground/slack-server/web-api/contents.ts'
import { type Call, method } from '#playground/slack-server/web-api/method.ts'
import type { Channel } from '#playground/slack-server/world/channel.ts'
import type { Json } from '#playground/slack-server/world/json.ts'
import { deleteMessage, editMessage, postMessage, threadRoot } from '#playground/slack-server/world/post-message.ts'
import { Refusal } from '#playground/slack-server/world/refusal.ts'
import { tsTime } from '#playground/slack-server/world/slack-ids.ts'

export const chatMethods = {
  'chat.postMessage': method('post', ['chat:write'], post),
  'chat.postEphemeral': method(4, ['chat:write'], postEphemeral),
  'chat.update': method(3, ['chat:write'], update),
  'chat.delete': method(3, ['chat:write'], remove),
  'chat.getPermalink': method('special', [], permalink),
}

function post(call: Call): Json {
  const { world, args } = call
  const channel = writableChannel(call)
  const message = postMessage(world, channel, {
    ...saidByApp(call, channel, 'post'),
    broadcast: args.flag('reply_broadcast'),
    unfurlLinks: args.flag('unfurl_links'),
    unfurlMedia: args.flag('unfurl_media'),
  })
  return { channel: channel.id, ts: message.ts, message: messagePayload(world, message) }
}

/** The root of the thread to write into. A ts of an answer lands in its thread. */
export function threadOf({ world, args }: Call, channel: Channel): string | undefined {
  const asked = args.text('thread_ts')
  if (asked === undefined || asked === '') return undefined
  const root = threadRoot(world, channel.id, asked)
  if (root === undefined) throw new Refusal('cannot_reply_to_message')
  return root
}

/** Shown to one person until they leave; it cannot be updated, and no event tells of it. */
function postEphemeral(call: Call): Json {
  const { world, args } = call
  const channel = writableChannel(call)
  const person = personOf(call, args.required('user'))
  if (!channel.memberIds.includes(person.id)) throw new Refusal('user_not_in_channel')
  const said = saidByApp(call, channel, 'ephemeral')
  const message = postMessage(world, channel, { ...said, ephemeralFor: person.id })
  return { message_ts: message.ts }
}

/** What the app says by such a call, and where. */
function saidByApp(call: Call, channel: Channel, kind: 'post' | 'ephemeral') {
  const { text = '', markdown, ...contents } = readContents(call, kind)
  const { botUserId: authorId, botId } = call.identity.installation
  const threadTs = threadOf(call, channel)
  return { ...contents, channelId: channel.id, authorId, botId, text: markdown ?? text, markdown, threadTs }
}

/** Text alone leaves old blocks standing in front of it, as in Slack; markdown_text takes their place. */
function update(call: Call): Json {
  const { world, identity } = call
  const channel = channelOf(call)
  const before = messageOf(call, channel)
  if (before.botId !== identity.installation.botId) throw new Refusal('cant_update_message')
  if (channel.archived || !isMember(call, channel)) throw new Refusal('is_inactive')
  if (before.stream?.state === 'in_progress') throw new Refusal('streaming_state_conflict')
  if (world.now() - tsTime(before.ts) > world.rules.editWindowMs) throw new Refusal('edit_window_closed')
  const { text, markdown, blocks, attachments, metadata, linkNames } = readContents(call, 'update')
  const { stream: _, ...settled } = before
  const message = editMessage(
    world,
    channel,
    { ...settled, stream: undefined },
    {
      ...(text !== undefined && { text, markdown: undefined }),
      ...(markdown !== undefined && { text: markdown, markdown, blocks: [] }),
      ...(blocks && { blocks }),
      ...(attachments && { attachments }),
      ...(metadata && { metadata }),
      linkNames,
      editedBy: identity.installation.botUserId,
    },
  )
  return { channel: channel.id, ts: message.ts, text: message.text, message: messagePayload(world, message) }
}

function remove(call: Call): Json {
  const { world, identity } = call
  const channel = channelOf(call)
  const message = messageOf(call, channel)
  if (message.botId !== identity.installation.botId) throw new Refusal('cant_delete_message')
  deleteMessage(world, message)
  return { channel: channel.id, ts: message.ts }
}

function permalink(call: Call): Json {
  const channel = channelOf(call)
  const { ts } = messageOf(call, channel, 'message_ts')
  const address = `${call.world.origin}/archives/${channel.id}/p${ts.replace('.', '')}`
  return { channel: channel.id, permalink: address }
}
