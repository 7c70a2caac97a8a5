import type { Json } from '#playground/slack-server/world/json.ts'
import type { File, Message, Stream } from '#playground/slack-server/world/message.ts'
import type { World } from '#playground/slack-server/world/world.ts'
import { richText } from './rich-text.ts'

/** A message as Slack writes it in events and lists; `withThread` adds what roots tell of their thread. */
export function messagePayload(world: World, message: Message, withThread = false): Json {
  const { authorId, botId, subtype, clientMsgId, edited, ts, threadTs } = message
  return {
    type: 'message',
    ...(subtype !== undefined && { subtype }),
    user: authorId,
    ts,
    ...(clientMsgId !== undefined && { client_msg_id: clientMsgId }),
    ...(botId !== undefined && botFields(world, message, botId)),
    text: escaped(message.text),
    team: message.teamId,
    ...contents(world, message),
    ...(message.appContext && { app_context: message.appContext }),
    ...(message.stream && { streaming_state: streamingState(message.stream) }),
    ...(edited && { edited: { user: edited.personId, ts: edited.ts } }),
    ...(threadTs !== undefined && threadFields(world, message, threadTs)),
    ...(withThread && rootFields(world, message)),
    ...outsider(world, message),
  }
}

/** Slack escapes what an app did not: a bare `&`, and every `<` that opens no control sequence. */
function escaped(text: string): string {
  return text.replace(/&(?!amp;|lt;|gt;)/g, '&amp;').replace(/<(?![!@#]?[^\s<>]+>)/g, '&lt;')
}

/** The button leaves a stream in progress for the app to close. */
function streamingState({ state }: Stream): string {
  return state === 'stopped' ? 'in_progress' : state
}

function botFields(world: World, { teamId }: Message, botId: string): Json {
  const { id: appId, name } = world.app
  const profile = { id: botId, app_id: appId, name, team_id: teamId, deleted: false, updated: 0, icons: {} }
  return { bot_id: botId, app_id: appId, bot_profile: profile }
}

function contents(world: World, message: Message): Json {
  const { attachments, files, metadata, reactions } = message
  // Slack's own clients write rich text beside the text; what an app wrote comes back as it came.
  const blocks = message.botId === undefined && message.blocks.length === 0 ? richText(message.text) : message.blocks
  const counted = reactions.map(({ name, personIds }) => ({ name, users: personIds, count: personIds.length }))
  return {
    ...(blocks.length > 0 && { blocks }),
    ...(attachments.length > 0 && { attachments }),
    ...(files.length > 0 && { files: files.map(file => filePayload(world, file)), upload: false }),
    ...(metadata && { metadata }),
    ...(reactions.length > 0 && { reactions: counted }),
  }
}

function threadFields(world: World, { channelId, ts }: Message, threadTs: string): Json {
  const parent = world.messages.find(channelId, threadTs)
  return { thread_ts: threadTs, ...(parent && threadTs !== ts && { parent_user_id: parent.authorId }) }
}

function rootFields(world: World, { channelId, ts, threadTs }: Message): Json {
  const replies = threadTs === undefined || threadTs === ts ? world.messages.replies(channelId, ts) : []
  const latest = replies.at(-1)
  if (!latest) return {}
  const people = [...new Set(replies.map(reply => reply.authorId))]
  return {
    thread_ts: ts,
    reply_count: replies.length,
    reply_users_count: people.length,
    reply_users: people,
    latest_reply: latest.ts,
    subscribed: false,
  }
}

/** What tells that the author is from another workspace than the channel. */
function outsider(world: World, { channelId, teamId, authorId }: Message): Json {
  const channel = world.channels.get(channelId)
  if (!channel || channel.teamId === teamId) return {}
  const person = world.people.get(authorId)
  const profile = { name: person?.name, display_name: person?.displayName, real_name: person?.displayName }
  return { user_team: teamId, source_team: teamId, user_profile: { ...profile, team: teamId } }
}

export function filePayload(world: World, file: File): Json {
  const { id, name, title, mimetype, content, ownerId, teamId } = file
  const address = `${world.origin}/files-pri/${teamId}-${id}/${encodeURIComponent(name)}`
  const created = Math.floor(file.createdAt / 1_000)
  return {
    id,
    created,
    timestamp: created,
    name,
    title,
    mimetype,
    filetype: name.split('.').at(-1) ?? '',
    pretty_type: mimetype,
    user: ownerId,
    user_team: teamId,
    size: content.length,
    mode: 'hosted',
    is_external: false,
    is_public: false,
    file_access: 'visible',
    url_private: address,
    url_private_download: address,
    permalink: address,
  }
}
