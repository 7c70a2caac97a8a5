import { messagePayload } from '#playground/slack-server/events/message-payload.ts'
import { channelOf, isMember, messageOf, writableChannel } from '#playground/slack-server/web-api/channel-access.ts'
import { countCharacters, readMetadata } from '#playground/slack-server/web-api/contents.ts'
import { type Call, method } from '#playground/slack-server/web-api/method.ts'
import { checkBlocks } from '#playground/slack-server/world/blocks.ts'
import type { Channel } from '#playground/slack-server/world/channel.ts'
import { isJson, type Json } from '#playground/slack-server/world/json.ts'
import type { Message } from '#playground/slack-server/world/message.ts'
import { threadRoot } from '#playground/slack-server/world/post-message.ts'
import { Refusal } from '#playground/slack-server/world/refusal.ts'
import { setSession } from './assistant-methods.ts'

export const streamMethods = {
  'chat.startStream': method(2, ['chat:write'], start),
  'chat.appendStream': method(4, ['chat:write'], append),
  'chat.stopStream': method(2, ['chat:write'], stop),
}

function start(call: Call): Json {
  const { world, streams, args, identity } = call
  const channel = writableChannel(call)
  if (!world.rules.stream.channels.includes(channel.kind)) throw new Refusal('channel_type_not_supported')
  const threadTs = threadRoot(world, channel.id, args.required('thread_ts'))
  if (threadTs === undefined) throw new Refusal('cannot_reply_to_message')
  const { botId, botUserId } = identity.installation
  const recipientId = recipient(call, channel)
  const { text } = readChunks(call)
  const message = streams.start({ channel, threadTs, recipientId, botId, botUserId, text })
  return { channel: channel.id, ts: message.ts }
}

/** Who the stream is for. In a DM that is clear; elsewhere Slack wants to be told. */
function recipient({ world, args, identity }: Call, channel: Channel): string | undefined {
  if (channel.kind === 'im') return channel.memberIds.find(id => id !== identity.installation.botUserId)
  const teamId = args.text('recipient_team_id')
  const personId = args.text('recipient_user_id')
  if (!teamId) throw new Refusal('missing_recipient_team_id')
  if (!personId) throw new Refusal('missing_recipient_user_id')
  const person = world.people.get(personId)
  if (person?.teamId !== teamId || !channel.memberIds.includes(personId)) throw new Refusal('user_not_found')
  return personId
}

function append(call: Call): Json {
  const message = streamOf(call)
  const { text, blocks, others } = readChunks(call)
  if (text === '' && blocks.length === 0 && others === 0) throw new Refusal('no_text')
  const { channelId, ts } = call.streams.append(message, text)
  return { channel: channelId, ts }
}

function stop(call: Call): Json {
  const { world, streams, args } = call
  const before = streamOf(call)
  const { text, blocks: chunkBlocks } = readChunks(call)
  const measure = (some: string) => countCharacters(some, world.rules)
  const asked = args.list('blocks', 'invalid_blocks_format')
  const blocks = [...chunkBlocks, ...(asked ? checkBlocks(asked, world.rules, measure) : [])]
  const metadata = readMetadata(call)
  const message = streams.stop(before, text, { ...(blocks.length > 0 && { blocks }), ...(metadata && { metadata }) })
  const status = args.text('session_status')
  if (status !== undefined) setSession(call, { channelId: message.channelId, threadTs: message.threadTs ?? '', status })
  return { channel: message.channelId, ts: message.ts, message: messagePayload(world, message) }
}

function streamOf(call: Call): Message {
  const channel = channelOf(call)
  if (channel.archived) throw new Refusal('is_archived')
  if (!isMember(call, channel)) throw new Refusal('not_in_channel')
  const message = messageOf(call, channel)
  if (message.botId !== call.identity.installation.botId) throw new Refusal('message_not_owned_by_app')
  return message
}

type Chunks = Readonly<{ text: string; blocks: readonly Json[]; others: number }>

const chunkTypes = new Set(['markdown_text', 'blocks', 'task_update', 'plan_update'])

/** The words of a call, given whole or in chunks; tasks and plans are taken and not kept. */
function readChunks({ args, world }: Call): Chunks {
  const chunks = args.list('chunks', 'invalid_chunks') ?? []
  if (!chunks.every(isJson)) throw new Refusal('invalid_chunks')
  if (chunks.some(({ type }) => typeof type !== 'string' || !chunkTypes.has(type))) throw new Refusal('invalid_chunks')
  const words = chunks.filter(({ type }) => type === 'markdown_text').map(({ text }) => text)
  if (!words.every(one => typeof one === 'string')) throw new Refusal('invalid_chunks')
  const text = [args.text('markdown_text') ?? '', ...words].join('')
  const measure = (some: string) => countCharacters(some, world.rules)
  if (measure(text) > world.rules.markdownLimit) throw new Refusal('msg_blocks_too_long')
  const blocks = chunks
    .filter(({ type }) => type === 'blocks')
    .flatMap(({ blocks: some }) => checkBlocks(some, world.rules, measure))
  return { text, blocks, others: chunks.length - words.length }
}
