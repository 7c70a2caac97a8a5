import { type ConversationId, conversationId } from './ids.ts'

/** Who can read what is said in a place. `external`: people of another workspace can, too. */
export type Audience = 'dm' | 'private' | 'public' | 'external'

/** Where a message was said. `platform` is a plain string on purpose: nothing switches over it. */
export type Place = Readonly<{
  platform: string
  /** Slack team or Discord guild; a Discord DM has none. */
  workspace: string | undefined
  channel: string
  /** Set when the place is a thread of the channel. */
  thread: string | undefined
  audience: Audience
  /** A thread with fewer readers than its channel: what is said there is not for the channel's other closed threads. */
  apart?: true
  /** What people call the channel, as they wrote it: never trusted, never in a key. */
  name?: string
}>

export function conversationOf(place: Place): ConversationId {
  return conversationId(place)
}

/** Others than the asker read along and speak there. */
export function isShared(place: Place): boolean {
  return place.audience !== 'dm'
}
