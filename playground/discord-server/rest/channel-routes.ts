import { z } from 'zod'
import { channelPayload, threadMemberPayload } from '#playground/discord-server/wire/channel-payload.ts'
import { refuse } from '#playground/discord-server/world/api-error.ts'
import type { Channel } from '#playground/discord-server/world/channel.ts'
import { demand, permission } from '#playground/discord-server/world/permissions.ts'
import { changeThread, createThread, joinThread, leaveThread } from '#playground/discord-server/world/threads.ts'
import { shaped } from './message-body.ts'
import { type Call, param, type Reply, type Route, route } from './route.ts'

const privateThread = 12

/** Channels and threads: look, open a thread, come and go, archive. */
export const channelRoutes: readonly Route[] = [
  route('GET', '/channels/:channel', call => ({ status: 200, body: channelPayload(call.world, seen(call)) })),
  route('PATCH', '/channels/:channel', patchThread),
  route('POST', '/channels/:channel/messages/:message/threads', call => openThread(call, param(call, 'message'))),
  route('POST', '/channels/:channel/threads', call => openThread(call, undefined)),
  route('PUT', '/channels/:channel/thread-members/@me', call => {
    const thread = seen(call)
    if (thread.thread?.archived) throw refuse.archivedThread()
    joinThread(call.world, thread.id, [call.world.botId])
    return { status: 204 }
  }),
  route('DELETE', '/channels/:channel/thread-members/@me', call => {
    leaveThread(call.world, seen(call).id, call.world.botId)
    return { status: 204 }
  }),
  route('GET', '/channels/:channel/thread-members', call => {
    const { id, thread } = seen(call)
    const members = (thread?.memberIds ?? []).map(one => threadMemberPayload(id, one, thread?.changedAt ?? 0))
    return { status: 200, body: members }
  }),
]

function seen(call: Call): Channel {
  const channel = call.world.channel(param(call, 'channel'))
  demand(call.world.permissions(call.world.botId, channel))
  return channel
}

const threadSchema = z.object({
  name: z.string(),
  type: z.int().optional(),
  auto_archive_duration: z.union([z.literal(60), z.literal(1_440), z.literal(4_320), z.literal(10_080)]).optional(),
})

function openThread(call: Call, messageId: string | undefined): Reply {
  const { world } = call
  const body = shaped(threadSchema, call.json)
  const thread = createThread(world, {
    creatorId: world.botId,
    channelId: seen(call).id,
    name: body.name,
    messageId,
    // API v10 makes a free thread private unless told otherwise.
    isPrivate: messageId === undefined && (body.type ?? privateThread) === privateThread,
    autoArchiveMinutes: body.auto_archive_duration,
  })
  return { status: 201, body: channelPayload(world, thread) }
}

const patchSchema = z.object({
  name: z.string().min(1).max(100).optional(),
  archived: z.boolean().optional(),
  locked: z.boolean().optional(),
})

/** Only threads can be changed here: the bot does not rebuild a guild. */
function patchThread(call: Call): Reply {
  const { world } = call
  const channel = seen(call)
  const { name, archived, locked } = shaped(patchSchema, call.json)
  const manages = (world.permissions(world.botId, channel) & permission.manageThreads) !== 0n
  const owns = channel.thread?.ownerId === world.botId
  if (!channel.thread || (!manages && (locked !== undefined || !owns))) throw refuse.missingPermissions()
  const changed = changeThread(world, channel.id, {
    ...(name !== undefined && { name }),
    ...(archived !== undefined && { archived }),
    ...(locked !== undefined && { locked }),
  })
  return { status: 200, body: channelPayload(world, changed) }
}
