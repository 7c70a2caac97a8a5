import { refuse } from './api-error.ts'
import { type Channel, channelType, type ThreadState } from './channel.ts'
import { messageFlag, messageType } from './message.ts'
import { demand, permission } from './permissions.ts'
import { postSystemMessage } from './system-message.ts'
import type { World } from './world.ts'

export type ThreadPlan = Readonly<{
  creatorId: string
  channelId: string
  name: string
  /** The message that the thread hangs on; the thread then has its id. */
  messageId?: string | undefined
  isPrivate?: boolean | undefined
  autoArchiveMinutes?: number | undefined
}>

const oneDayMinutes = 1_440

/** Opens a thread on a message, or free in a channel. Throws what Discord refuses (160004 for a second one). */
export function createThread(world: World, plan: ThreadPlan): Channel {
  const parent = world.channel(plan.channelId)
  if (parent.thread || parent.guildId === undefined) throw refuse.form('channel_id', 'INVALID', 'Not a thread parent')
  const kind = plan.isPrivate ? 'createPrivateThreads' : 'createPublicThreads'
  demand(world.permissions(plan.creatorId, parent), kind)
  if (plan.name.length < 1 || plan.name.length > 100) {
    throw refuse.form('name', 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 100 in length.')
  }
  const root = plan.messageId === undefined ? undefined : world.message(parent.id, plan.messageId)
  if (root && world.channels.has(root.id)) throw refuse.threadExists()
  const thread = world.putChannel({
    id: root?.id ?? world.ids.next(),
    type: plan.isPrivate ? channelType.privateThread : channelType.publicThread,
    name: plan.name,
    guildId: parent.guildId,
    parentId: parent.id,
    recipientId: undefined,
    overwrites: [],
    thread: {
      ownerId: plan.creatorId,
      archived: false,
      locked: false,
      autoArchiveMinutes: plan.autoArchiveMinutes ?? oneDayMinutes,
      changedAt: world.now(),
      memberIds: [plan.creatorId],
      messageCount: 0,
    },
    position: 0,
    lastMessageId: undefined,
  })
  world.emit({ type: 'channel', change: 'created', channel: thread })
  announce(world, parent, thread, plan)
  return world.channel(thread.id)
}

/** What people see of a new thread: the mark on its message and the starter inside, or a line in the channel. */
function announce(
  world: World,
  parent: Channel,
  thread: Channel,
  { creatorId, messageId, isPrivate }: ThreadPlan,
): void {
  if (messageId !== undefined) {
    const root = world.message(parent.id, messageId)
    const marked = world.messages.replace({ ...root, flags: root.flags | messageFlag.hasThread })
    world.emit({ type: 'edited', message: marked })
    const reference = { kind: 'thread', messageId, channelId: parent.id, guildId: parent.guildId } as const
    postSystemMessage(world, {
      type: messageType.threadStarter,
      channelId: thread.id,
      authorId: creatorId,
      content: '',
      reference,
    })
  } else if (!isPrivate) {
    const reference = { kind: 'thread', messageId: undefined, channelId: thread.id, guildId: parent.guildId } as const
    postSystemMessage(world, {
      type: messageType.threadCreated,
      channelId: parent.id,
      authorId: creatorId,
      content: thread.name,
      reference,
    })
  }
}

/** Adds people to a thread who see its channel; those already in it are left alone. */
export function joinThread(world: World, threadId: string, personIds: readonly string[]): void {
  const thread = world.channel(threadId)
  const parent = world.channel(thread.parentId ?? '')
  const sees = (id: string) => (world.permissions(id, parent) & permission.viewChannel) !== 0n
  const known = thread.thread?.memberIds ?? []
  const added = [...new Set(personIds)].filter(id => !known.includes(id) && sees(id))
  if (added.length === 0) return
  const channel = change(world, thread, { memberIds: [...known, ...added] })
  world.emit({ type: 'thread-members', channel, added, removed: [] })
}

export function leaveThread(world: World, threadId: string, personId: string): void {
  const thread = world.channel(threadId)
  const known = thread.thread?.memberIds ?? []
  if (!known.includes(personId)) return
  const channel = change(world, thread, { memberIds: known.filter(id => id !== personId) })
  world.emit({ type: 'thread-members', channel, added: [], removed: [personId] })
}

/** What a new message does to its thread: opens it when archived, takes in the speaker and those who are named. */
export function speakInThread(world: World, threadId: string, personIds: readonly string[]): void {
  const thread = world.channel(threadId)
  if (thread.thread?.archived) changeThread(world, threadId, { archived: false })
  const now = world.channel(threadId)
  change(world, now, { messageCount: (now.thread?.messageCount ?? 0) + 1 })
  joinThread(world, threadId, personIds)
}

/** Archives, opens, locks or renames a thread, without asking who may. */
export function changeThread(
  world: World,
  threadId: string,
  { name, ...state }: Readonly<{ archived?: boolean; locked?: boolean; autoArchiveMinutes?: number; name?: string }>,
): Channel {
  const thread = world.channel(threadId)
  const changed = change(world, name === undefined ? thread : { ...thread, name }, { ...state, changedAt: world.now() })
  world.emit({ type: 'channel', change: 'changed', channel: changed })
  return changed
}

function change(world: World, channel: Channel, state: Partial<ThreadState>): Channel {
  if (!channel.thread) throw refuse.unknownChannel()
  return world.putChannel({ ...channel, thread: { ...channel.thread, ...state } })
}
