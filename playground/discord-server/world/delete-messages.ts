import { refuse } from './api-error.ts'
import { channelType } from './channel.ts'
import type { Message } from './message.ts'
import { demand } from './permissions.ts'
import { demandOpen } from './thread-rules.ts'
import type { World } from './world.ts'

const bulkAgeMs = 14 * 24 * 3_600_000

/** Deletes one message: one's own, or with Manage Messages in a guild. */
export function deleteMessage(world: World, personId: string, channelId: string, messageId: string): void {
  const channel = world.channel(channelId)
  const held = world.permissions(personId, channel)
  demand(held)
  const message = world.message(channelId, messageId)
  if (message.authorId !== personId) {
    if (channel.type === channelType.dm) throw refuse.notInDm()
    demand(held, 'manageMessages')
  }
  if (channel.thread?.locked && channel.thread.archived) demandOpen(world, personId, channel)
  removeMessages(world, channelId, [message], false)
}

/** Deletes 2 to 100 messages at once; unknown ids count and are passed over. */
export function bulkDelete(world: World, personId: string, channelId: string, messageIds: readonly string[]): void {
  const channel = world.channel(channelId)
  if (channel.guildId === undefined) throw refuse.notInDm()
  demand(world.permissions(personId, channel), 'manageMessages')
  if (messageIds.length < 2 || messageIds.length > 100) {
    throw refuse.form('messages', 'BASE_TYPE_BAD_LENGTH', 'Must be between 2 and 100 in length.')
  }
  const found = messageIds.map(id => world.messages.find(id)).filter(one => one !== undefined)
  const standing = found.filter(one => one.channelId === channelId && one.deletedAt === undefined)
  if (standing.some(one => world.now() - one.createdAt > bulkAgeMs)) throw refuse.tooOldToBulkDelete()
  removeMessages(world, channelId, standing, true)
}

/** Takes messages away without asking who may. */
export function removeMessages(world: World, channelId: string, messages: readonly Message[], bulk: boolean): void {
  if (messages.length === 0) return
  const at = world.now()
  const gone = messages.map(message => world.messages.replace({ ...message, deletedAt: at }))
  world.emit({ type: 'deleted', channelId, messages: gone, bulk })
}
