import type { EventKey, PersonId } from './ids.ts'
import type { Place } from './place.ts'
import type { Reading } from './signal.ts'
import type { Trait } from './trait.ts'
import type { WorkspaceId } from './workspace.ts'

/** What is known of people, as they may read it, and their own hand in it. */
export interface Notebook {
  /** A trait as a brief tells it; `undefined`: it is told to no model. */
  tellTrait(trait: Pick<Trait, 'slot' | 'value' | 'polarity'>): string | undefined
  tellReading(reading: Pick<Reading, 'key' | 'value' | 'confidence'>): string | undefined
  /** The defaults of style, in words, with which they are answered there as long as nothing of theirs takes their place. */
  lentTo(person: PersonId, workspace: WorkspaceId, at: Date): Promise<readonly string[]>
  /** What may stand in the place of a trait's value, where that is one of few words. */
  choicesOf(trait: Pick<Trait, 'slot'>): readonly string[] | undefined
  /** Puts another value in the place of a trait's, as its owner's own word. `unfit`: it may not stand there. `gone`: not theirs, or gone. */
  correct(correction: Correction): Promise<'corrected' | 'unfit' | 'gone'>
}

export type Correction = Readonly<{
  key: EventKey
  person: PersonId
  workspace: WorkspaceId
  trait: Trait
  value: string
  /** Where they say so. */
  place: Place
  at: Date
}>
