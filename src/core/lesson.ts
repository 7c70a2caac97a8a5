import type { Claim } from './claim.ts'
import type { PersonId } from './ids.ts'
import type { LearningScope } from './learning-scope.ts'
import type { SessionId } from './session.ts'
import type { Signal } from './signal.ts'
import type { WorkspaceId } from './workspace.ts'

/** A validated claim, ready to be weighed. */
export type Statement = Readonly<{
  claim: Claim
  /** When it was said, by the platform's clock. */
  at: Date
  weight: number
  /** `undefined`: it counts until something supersedes it. */
  halfLifeMs: number | undefined
  /** The stems of the value, without stop words: two of one slot that share most of them are about the same thing. */
  head: readonly string[]
  /** The stems by which a later message finds it. */
  terms: readonly string[]
}>

/** What one exchange taught about its asker. It is written as a whole, or not at all. */
export type Lesson = Readonly<{
  person: PersonId
  workspace: WorkspaceId
  /** Where it was said. */
  scope: LearningScope
  session: SessionId
  statements: readonly Statement[]
  signals: readonly Signal[]
}>

/** `forgotten`: their message is gone, or they had just this forgotten after they said it. */
export type Learnt = Readonly<{ statements: number; signals: number; forgotten: number }>
