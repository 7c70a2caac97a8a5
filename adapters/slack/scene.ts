import type { Standing } from '#src/core/person.ts'
import type { FileAccess } from '#src/files/fetch-file.ts'

/** What is known of a channel. */
export type ChannelFacts = Readonly<{
  kind: 'public' | 'private' | 'im' | 'mpim'
  name: string | undefined
  /** People of another workspace are in it (Slack Connect). */
  external: boolean
}>

export type PersonFacts = Readonly<{
  name: string
  external: boolean
  bot: boolean
  team: string | undefined
  standing?: Standing
}>

/** Whether a DM answers at its top level, or each of its messages is the root of a thread, as in the agent view. */
export type DmStyle = 'flat' | 'threads'

/** What the payload of an event does not say and the reader of it needs: who we are, what ids are called, where we are in. */
export interface Scene {
  /** The workspace that the event reached us through. */
  readonly team: string
  /** Aeries' own account and its bot in this workspace. */
  readonly self: string
  readonly botId: string | undefined
  /** How files are read, with the token of the moment; absent: they are not. */
  files?(): FileAccess
  person(user: string): PersonFacts | undefined
  channel(id: string): ChannelFacts | undefined
  /** Aeries spoke or was called in this thread before that message. */
  isIn(channel: string, thread: string, message: string): boolean
  /** When a message was said, told apart from others of its channel. */
  momentOf(channel: string, ts: string): Date
  dmStyle(channel: string): DmStyle
}
