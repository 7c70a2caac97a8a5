/** Discord's numbers for the kinds of channel that this server knows. */
export const channelType = { text: 0, dm: 1, announcement: 5, publicThread: 11, privateThread: 12 } as const

type ChannelType = (typeof channelType)[keyof typeof channelType]

/** What a role (type 0) or a person (type 1) may do in a channel beyond or below their roles. */
export type Overwrite = Readonly<{ id: string; type: 0 | 1; allow: bigint; deny: bigint }>

export type ThreadState = Readonly<{
  ownerId: string
  archived: boolean
  locked: boolean
  autoArchiveMinutes: number
  changedAt: number
  memberIds: readonly string[]
  messageCount: number
}>

export type Channel = Readonly<{
  id: string
  type: ChannelType
  name: string
  guildId: string | undefined
  /** The channel that a thread hangs in. */
  parentId: string | undefined
  /** Who the bot talks to in a DM. */
  recipientId: string | undefined
  overwrites: readonly Overwrite[]
  thread: ThreadState | undefined
  position: number
  lastMessageId: string | undefined
}>
