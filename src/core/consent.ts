import type { Awaitable } from './awaitable.ts'
import type { PersonId, TurnId } from './ids.ts'
import type { Place } from './place.ts'
import type { Button } from './surface.ts'

/** `on`: unless somebody says no. `ask`: only who said yes. `off`: nobody. */
export const learningModes = ['on', 'ask', 'off'] as const
/** Under that name somebody's choice is kept, for a place or wherever they talk. */
export const learningPreference = 'learning'
/** Under that name an admin's mode for a place is kept. */
export const placeModePreference = 'learning mode'
export type LearningMode = (typeof learningModes)[number]

/** Shown under the first answer that somebody gets. */
export type Introduction = Readonly<{ note: string; buttons: readonly Button[] }>

/** Whether Aeries may learn from people, as they chose and as it is set. */
export interface Consent {
  /** Whether what that person says there now may be learnt from, and what is known of them used. */
  allows(person: PersonId, place: Place): Awaitable<boolean>
  /** The same for learning alone, which a person may pause. */
  mayLearn(person: PersonId, place: Place): Awaitable<boolean>
  /** Nothing is learnt from that person until then; `undefined` ends the pause. */
  pause(person: PersonId, until: Date | undefined): Awaitable<void>
  /** Until when the running pause lasts. */
  pausedUntil(person: PersonId): Awaitable<Date | undefined>
  /** What that person was not told yet, or was told under an answer of that turn, which shows it as long as it stands; otherwise `undefined`. */
  introduction(person: PersonId, place: Place, turn: TurnId): Awaitable<Introduction | undefined>
  /** They were told, in that place, under the answer of that turn. */
  introduced(person: PersonId, place: Place, turn: TurnId): Awaitable<void>
  /**
   * What somebody chose, there or wherever they talk; a no counts whichever of the two it is. `default` takes a choice back.
   * Returns what to tell them.
   */
  choose(person: PersonId, place: Place, choice: LearningChoice, where: 'here' | 'everywhere'): Awaitable<string>
  /** The choice that a tap on a button of the introduction makes; `undefined`: it is another button. */
  choiceOf(action: string): LearningChoice | undefined
}

export const learningChoices = ['on', 'off', 'default'] as const
export type LearningChoice = (typeof learningChoices)[number]
