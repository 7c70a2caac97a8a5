import type { MessageId, PersonId } from './ids.ts'
import type { Place } from './place.ts'
import type { TraitId } from './trait.ts'

/** One line of what a prompt tells of its asker, with what it rests on; what was noticed and never said rests on no single message. */
export type BriefingLine = Readonly<{
  text: string
  trait: TraitId | undefined
  since: Date | undefined
  from: Readonly<{ message: MessageId; quote: string; at: Date }> | undefined
  /** A default of the workspace: nothing of theirs taught it. */
  isLent: boolean
}>

/** What is known of somebody, as the next prompt in a place would carry it. */
export interface Briefing {
  /** For themself alone. Takes milliseconds. */
  of(person: PersonId, place: Place): Promise<readonly BriefingLine[]>
}
