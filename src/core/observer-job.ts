import type { ConversationId, Id, MessageId, PersonId, TurnId } from './ids.ts'
import type { LearningScope } from './learning-scope.ts'
import type { Place } from './place.ts'
import type { SessionId } from './session.ts'
import type { WorkspaceId } from './workspace.ts'

export type JobId = Id<'job'>

/** One exchange for the observer: what the person said, and what they were answered. */
export type Exchange = Readonly<{
  turn: TurnId
  place: Place
  said: readonly Readonly<{ message: MessageId; text: string; at: Date }>[]
  reply: Readonly<{ text: string; at: Date }>
  session: SessionId
}>

/** Exchanges of one session, heard by the same people, oldest first. */
export type ObserverJob = Readonly<{
  ids: readonly JobId[]
  person: PersonId
  conversation: ConversationId
  workspace: WorkspaceId
  scope: LearningScope
  /** How often it failed already. */
  attempts: number
  exchanges: readonly Exchange[]
}>

export type JobCounts = Readonly<{ waiting: number; dead: number; oldest: Date | undefined }>
