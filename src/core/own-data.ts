import type { Awaitable } from './awaitable.ts'
import type { HistoryPosition } from './history.ts'
import type { ConversationId, MessageId, PersonId } from './ids.ts'
import type { LearningScope } from './learning-scope.ts'
import type { SignalKind } from './signal.ts'
import type { TraitId } from './trait.ts'
import type { WorkspaceId } from './workspace.ts'

/** What shaped one answer: kept with its turn, for its asker alone, and gone with it. */
export type Reason = Readonly<{
  /** The very lines of the brief, with the traits that they tell. */
  lines: readonly Readonly<{ text: string; trait: TraitId | undefined }>[]
  /** The span of the transcript that went along; absent: none did. */
  window: Readonly<{ messages: number; from: Date; to: Date }> | undefined
  persona: string
  model: string
}>

/** One signal as its owner may see it. */
export type OwnSignal = Readonly<{
  workspace: WorkspaceId
  scope: LearningScope
  kind: SignalKind
  key: string
  value: string
  weight: number
  at: Date
  message: MessageId
}>

/** What a person does with what is kept of them, beside forgetting. */
export interface OwnData {
  /**
   * Nothing said there until now goes into a prompt any more; the stretch of talk of that person there is over. `saidAt`, by the
   * platform's clock: when they asked for it, so that what was said before and is heard later stays out, too, and what they said since stays in.
   */
  startAnew(conversation: ConversationId, person: PersonId, at: Date, saidAt?: Date): Awaitable<void>
  /** Why an answer is as it is: of the one that a message shows, or of the newest there, or else in a thread below. Of another person's answer: nothing. */
  reason(person: PersonId, of: MessageId | ConversationId): Awaitable<Reason | undefined>
  /** All signals of a person, oldest first. */
  signals(person: PersonId): Awaitable<readonly OwnSignal[]>
  /** The messages of a person in a conversation and the threads below it that were said after that place in a transcript, oldest first; without a place all. */
  saidSince(
    person: PersonId,
    conversation: ConversationId,
    after: HistoryPosition | undefined,
  ): Awaitable<readonly Readonly<{ message: MessageId; at: Date }>[]>
}
