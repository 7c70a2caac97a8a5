import type { Brief, BriefQuestion } from './brief.ts'
import type { Opinion } from './feedback.ts'
import type { PersonId } from './ids.ts'
import type { LearningScope } from './learning-scope.ts'
import type { Learnt, Lesson } from './lesson.ts'
import type { Signal } from './signal.ts'
import type { Telling } from './telemetry.ts'
import type { TraitId } from './trait.ts'
import type { WorkspaceId } from './workspace.ts'

/** Where a line of a brief comes from: since when it is known, and the words that prove it, newest first. */
export type BriefSource = Readonly<{
  trait: TraitId
  since: Date
  scope: LearningScope
  quotes: readonly Readonly<{ quote: string; at: Date }>[]
}>

/** One thing that happened inside, with the words of people in it. */
export type Sighting =
  /** What a prompt tells of its asker; `sources` for those of its lines that tell a trait. */
  | Readonly<{ type: 'brief'; question: BriefQuestion; brief: Brief; sources: readonly BriefSource[] }>
  /** What an exchange taught, as it was written down. */
  | Readonly<{ type: 'lesson'; lesson: Lesson; learnt: Learnt }>
  /** One signal outside of an exchange; it was `known` when it was told before. */
  | Readonly<{ type: 'signal'; person: PersonId; workspace: WorkspaceId; signal: Signal; outcome: 'new' | 'known' }>
  /** What somebody thinks of an answer, by a reaction or a button; it was `known` when nothing changes by it. */
  | Readonly<{ type: 'opinion'; opinion: Opinion; outcome: 'new' | 'known' }>
  /** All that came from a source or a message was taken back. */
  | Readonly<{ type: 'retracted'; person: PersonId; from: string; found: boolean }>
  | Readonly<{ type: 'telling'; telling: Telling }>

/**
 * Who looks inside on their own machine: told what `Telemetry` never hears, people's words and names. It is there only where
 * somebody asked for it. It returns at once and never throws: nothing that a reply waits for may wait for it.
 */
export interface Inside {
  /** Nobody looks: what costs something to tell need not be made. */
  readonly isWatched: boolean
  show(sighting: Sighting): void
}
