import type { Channel } from './channel.ts'
import type { Json } from './json.ts'
import type { File, Message, Stream } from './message.ts'
import { versionOf } from './version.ts'
import type { World } from './world.ts'

/** What somebody writes; what is left out is as in a plain message. */
export type Draft = Readonly<{
  channelId: string
  authorId: string
  text: string
  markdown?: string | undefined
  blocks?: readonly Json[] | undefined
  attachments?: readonly Json[] | undefined
  files?: readonly File[] | undefined
  metadata?: Json | undefined
  subtype?: string | undefined
  threadTs?: string | undefined
  broadcast?: boolean | undefined
  botId?: string | undefined
  unfurlLinks?: boolean | undefined
  unfurlMedia?: boolean | undefined
  linkNames?: boolean | undefined
  ephemeralFor?: string | undefined
  stream?: Stream | undefined
  clientMsgId?: string | undefined
  appContext?: Json | undefined
  /** The time of an older message, in milliseconds; now when left out. */
  at?: number | undefined
}>

/** Writes a message as it stands in the draft; whether Slack takes it was asked before. */
export function postMessage(world: World, channel: Channel, draft: Draft): Message {
  const { at, ...written } = draft
  const plain: Message = {
    ...empty,
    ...dropUndefined(written),
    ts: at === undefined ? world.ids.ts() : world.ids.tsAt(at),
    threadTs: written.threadTs,
    teamId: world.people.get(draft.authorId)?.teamId ?? channel.teamId,
  }
  const first = versionOf(world, channel, plain, { at: at ?? world.now(), by: 'post' })
  const message = world.putMessage({ ...plain, versions: [first] })
  world.emit({ type: 'message', message })
  return message
}

const empty = {
  threadTs: undefined,
  broadcast: false,
  botId: undefined,
  subtype: undefined,
  markdown: undefined,
  blocks: [],
  attachments: [],
  files: [],
  metadata: undefined,
  clientMsgId: undefined,
  appContext: undefined,
  edited: undefined,
  deletedAt: undefined,
  unfurlLinks: undefined,
  unfurlMedia: undefined,
  linkNames: false,
  ephemeralFor: undefined,
  stream: undefined,
  reactions: [],
  versions: [],
} as const

function dropUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const kept = Object.entries(value).filter(([, one]) => one !== undefined)
  return Object.fromEntries(kept) as { [K in keyof T]: Exclude<T[K], undefined> }
}

/** What becomes different in a message; what is left out stays. */
export type Change = Readonly<{
  text?: string
  markdown?: string | undefined
  blocks?: readonly Json[]
  attachments?: readonly Json[]
  metadata?: Json | undefined
  linkNames?: boolean
  editedBy?: string
}>

/** Gives a message new words. People see it at once; the app hears `message_changed`, of its own edits, too. */
export function editMessage(world: World, channel: Channel, before: Message, change: Change): Message {
  const { editedBy, ...words } = change
  const at = world.now()
  const next: Message = {
    ...before,
    ...words,
    ...(editedBy !== undefined && { edited: { personId: editedBy, ts: world.ids.ts() } }),
  }
  const by = editedBy === undefined ? 'unfurl' : 'update'
  const versions = [...before.versions, versionOf(world, channel, next, { at, by, before: before.versions })]
  const message = world.putMessage({ ...next, versions })
  world.emit({ type: 'changed', message, previous: before })
  return message
}

/** Takes a message away; of a thread with answers its root stays as a tombstone. */
export function deleteMessage(world: World, before: Message): Message {
  const at = world.now()
  const gone = { at, by: 'delete', shown: '', others: '', streaming: undefined, pings: [], unfurls: [] } as const
  const message = world.putMessage({ ...before, deletedAt: at, versions: [...before.versions, gone] })
  world.emit({ type: 'deleted', message, previous: before })
  return message
}

/** The root of the thread that this ts points at: answering an answer lands in its thread. */
export function threadRoot(world: World, channelId: string, ts: string): string | undefined {
  const message = world.messages.find(channelId, ts)
  if (!message || message.ephemeralFor !== undefined) return undefined
  const root = message.threadTs ?? message.ts
  const standing = message.deletedAt === undefined || world.messages.replies(channelId, root).length > 0
  return standing ? root : undefined
}
