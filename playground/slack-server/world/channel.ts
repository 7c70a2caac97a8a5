export type ChannelKind = 'public' | 'private' | 'im' | 'mpim'

export type Channel = Readonly<{
  id: string
  kind: ChannelKind
  /** Without the number sign; a direct conversation has none. */
  name: string
  /** The workspace that it was made in. */
  teamId: string
  /** All workspaces that it is shared with, its own among them. */
  teamIds: readonly string[]
  memberIds: readonly string[]
  archived: boolean
  createdAt: number
  /** False: the person's Messages tab is closed, writing ends in messages_tab_disabled. */
  messagesTab: boolean
}>

export function isExternal(channel: Channel): boolean {
  return channel.teamIds.length > 1
}

/** Slack's word in `channel_type` of message events. */
export function channelType(kind: ChannelKind): 'channel' | 'group' | 'im' | 'mpim' {
  if (kind === 'public') return 'channel'
  return kind === 'private' ? 'group' : kind
}

/** Slack's word in the names of message subscriptions and history scopes. */
export function channelFamily(kind: ChannelKind): 'channels' | 'groups' | 'im' | 'mpim' {
  if (kind === 'public') return 'channels'
  return kind === 'private' ? 'groups' : kind
}
