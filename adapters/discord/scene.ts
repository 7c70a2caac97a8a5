import type { Standing } from '#src/core/person.ts'
import type { Audience } from '#src/core/place.ts'

/** What is known of a channel; a thread is a channel of its own here, with its parent beside it. */
export type ChannelFacts = Readonly<{
  kind: 'dm' | 'group' | 'channel' | 'thread'
  /** Channel's name; of a DM there is none. */
  name: string | undefined
  /** Who can read along; a public thread is as open as its parent. */
  audience: Audience
  /** A private thread: fewer read along than in its parent. */
  apart?: true
  /** The channel that a thread hangs in. */
  parent: string | undefined
  /** Aeries is a member of the thread. Discord keeps that, so it survives our restarts. */
  joined: boolean
  /** The id of the newest message in it, where that is surely known. */
  newest: string | undefined
}>

export type Lively = Readonly<{ channel: string; guild: string; newest: string }>

/** An account with the roles that an event tells of it. */
export type Member = Readonly<{ account: string; roles: readonly string[] }>

/** What the payload of a message does not say and the reader of it needs: who we are, and what ids are called. */
export interface Scene {
  /** Aeries' own account. */
  readonly self: string
  /** Whether Discord shows us the words of messages that do not mention us (the Message Content intent). */
  readonly readsContent: boolean
  /** From where attachments are read; Discord's own hosts unless said. */
  readonly fileOrigins?: readonly string[]
  channel(id: string): ChannelFacts | undefined
  /** Channels and threads of servers that Aeries may read and whose newest message is newer than this id, the newest first. */
  livelySince(id: string): readonly Lively[]
  roleName(guild: string, role: string): string | undefined
  /** The role that Discord made for Aeries alone: mentioning it is mentioning Aeries. */
  ownRole(guild: string): string | undefined
  /** What somebody may do in a channel. */
  standing(guild: string, channel: string, member: Member): Standing | undefined
  /** The name under which an account was last seen, for events that carry the bare id. */
  nameOf(guild: string | undefined, account: string): string | undefined
}
