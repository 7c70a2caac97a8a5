import { refuse } from './api-error.ts'
import { type Channel, channelType } from './channel.ts'
import { demand, permission } from './permissions.ts'
import type { World } from './world.ts'

/** Throws when a person may not say something new in a channel. An archived thread opens again by being written to. */
export function demandSending(world: World, personId: string, channel: Channel): void {
  const held = world.permissions(personId, channel)
  if (channel.type === channelType.dm && personId === world.botId && channel.recipientId !== undefined) {
    if (!world.person(channel.recipientId).acceptsDms) throw refuse.closedDm()
  }
  demand(held, channel.thread ? 'sendMessagesInThreads' : 'sendMessages')
  if (channel.thread?.locked && !(held & permission.manageThreads)) {
    throw channel.thread.archived ? refuse.archivedThread() : refuse.lockedThread()
  }
}

/** Throws when a thread is closed for changes: archived for everybody, locked for all who do not manage threads. */
export function demandOpen(world: World, personId: string, channel: Channel): void {
  if (channel.thread?.archived) throw refuse.archivedThread()
  const manages = world.permissions(personId, channel) & permission.manageThreads
  if (channel.thread?.locked && !manages) throw refuse.lockedThread()
}
