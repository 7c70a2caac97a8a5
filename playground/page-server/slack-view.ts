import type { MessageView, PlaceView, PromptsView, SceneView, SessionView, SlackView } from '#playground/page/wire.ts'
import type { SlackServer } from '#playground/slack-server/slack-server.ts'
import type { Channel } from '#playground/slack-server/world/channel.ts'
import type { Message } from '#playground/slack-server/world/message.ts'
import type { World } from '#playground/slack-server/world/world.ts'
import type { Session, View, WorldEvent } from '#playground/slack-server/world/world-event.ts'

/** The command of the app's manifest; Slack tells no app which ones it has. */
const commands = [{ name: 'aeries', description: 'What Aeries knows of you, and how it talks to you', options: [] }]

/** The world of Slack as the page shows it: the first workspace, and who shares a channel with it. */
export function slackScene({ world }: Pick<SlackServer, 'world'>): SceneView {
  const [team] = world.teams.values()
  return {
    platform: 'slack',
    name: team?.name ?? 'Slack',
    bot: team?.installation?.botUserId ?? '',
    people: [...world.people.values()]
      .filter(({ deleted }) => !deleted)
      .map(({ id, name, displayName }) => ({ id, handle: name, name: displayName, isBot: world.isBotUser(id) })),
    places: [...world.channels.values()].map(channel => placeView(world, channel)),
    commands,
    menu: [],
  }
}

export function slackMessage(message: Message): MessageView {
  const { channelId: place, ts, threadTs: thread, stream } = message
  const isRunning = stream !== undefined && (stream.state === 'in_progress' || stream.state === 'stopped')
  return {
    platform: 'slack',
    id: `${place}:${ts}`,
    native: ts,
    place,
    thread,
    isBroadcast: message.broadcast,
    author: message.authorId,
    at: Number(ts) * 1_000,
    text: message.markdown ?? message.text,
    format: message.markdown === undefined ? 'mrkdwn' : 'markdown',
    isStreaming: isRunning,
    others:
      isRunning && stream.recipientId !== undefined
        ? { recipient: stream.recipientId, text: stream.firstChunk }
        : undefined,
    blocks: message.blocks,
    embeds: message.attachments,
    files: message.files.map(({ id, name, content }) => ({ name, size: content.length, url: `/files/slack/${id}` })),
    reactions: message.reactions.map(({ name: key, personIds: people }) => ({ key, people })),
    replyTo: undefined,
    forwarded: undefined,
    state: 'said',
    isEdited: message.edited !== undefined,
    isGone: message.deletedAt !== undefined,
    onlyFor: message.ephemeralFor,
    length: (message.versions.at(-1)?.shown ?? message.text).length,
    versions: message.versions.length,
  }
}

export function slackView({ id, personId: person, type, view, open: isOpen }: View): SlackView {
  return { id, person, type, view, isOpen }
}

export function sessionView({ channelId: place, threadTs: thread, status }: Session): SessionView {
  return { place, thread, isWorking: status === 'processing' }
}

export function promptsView(event: Extract<WorldEvent, { type: 'prompts' }>): PromptsView {
  const { channelId: place, threadTs: thread, title, prompts } = event
  const told = prompts.map(one => ({ title: String(one['title']), message: String(one['message']) }))
  return { place, thread, title, prompts: told }
}

function placeView(world: World, channel: Channel): PlaceView {
  const readers = channel.memberIds.filter(id => !world.isBotUser(id))
  return {
    id: channel.id,
    kind: kindOf(channel),
    name: channel.name,
    parent: undefined,
    readers,
    isClosed: channel.archived || !channel.messagesTab,
  }
}

function kindOf({ kind, teamIds }: Channel): PlaceView['kind'] {
  if (kind === 'im' || kind === 'mpim') return 'dm'
  if (teamIds.length > 1) return 'shared'
  return kind === 'private' ? 'private' : 'open'
}
