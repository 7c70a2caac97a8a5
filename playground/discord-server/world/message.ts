import type { Json } from './json.ts'

/** Discord's numbers for the kinds of message that this server makes. */
export const messageType = { plain: 0, threadCreated: 18, reply: 19, threadStarter: 21 } as const

/** Discord's message flags, as far as they mean something here. */
export const messageFlag = {
  suppressEmbeds: 1 << 2,
  hasThread: 1 << 5,
  ephemeral: 1 << 6,
  loading: 1 << 7,
  suppressNotifications: 1 << 12,
  hasSnapshot: 1 << 14,
  componentsV2: 1 << 15,
} as const

/** Who is named in a message so that it counts: what was written, less what `allowed_mentions` forbade. */
export type Mentions = Readonly<{ users: readonly string[]; roles: readonly string[]; everyone: boolean }>

export type Attachment = Readonly<{ id: string; filename: string; contentType: string; size: number; url: string }>

export type Emoji = Readonly<{ id: string | null; name: string }>

export type Reaction = Readonly<{ emoji: Emoji; personIds: readonly string[] }>

export type Reference = Readonly<{
  kind: 'reply' | 'forward' | 'thread'
  messageId: string | undefined
  channelId: string
  guildId: string | undefined
}>

/** The copy of a message that a forward carries: it names no author and never changes. */
export type Snapshot = Readonly<{
  content: string
  createdAt: number
  editedAt: number | undefined
  flags: number
  embeds: readonly Json[]
  attachments: readonly Attachment[]
  mentions: Mentions
}>

/** One frame of a message's film strip: what people saw from `at` on, who was or would have been pinged, what unfurled. */
export type Version = Readonly<{
  at: number
  content: string
  flags: number
  /** People whom this version rings for; `silent` when SUPPRESS_NOTIFICATIONS leaves only a badge, or it is an edit. */
  pings: Readonly<{ personIds: readonly string[]; silent: boolean }>
  /** Addresses for which Discord would have fetched a preview. */
  unfurls: readonly string[]
}>

export type Message = Readonly<{
  id: string
  type: number
  channelId: string
  guildId: string | undefined
  authorId: string
  content: string
  createdAt: number
  editedAt: number | undefined
  deletedAt: number | undefined
  flags: number
  nonce: string | number | undefined
  mentions: Mentions
  attachments: readonly Attachment[]
  embeds: readonly Json[]
  components: readonly Json[]
  reactions: readonly Reaction[]
  reference: Reference | undefined
  snapshot: Snapshot | undefined
  /** The interaction that this message answers. */
  interactionId: string | undefined
  /** The only person who sees it, when the answer to an interaction is private. */
  ephemeralFor: string | undefined
  versions: readonly Version[]
}>
