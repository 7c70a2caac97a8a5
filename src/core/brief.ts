import type { Person } from './person.ts'
import type { Place } from './place.ts'
import type { Awaitable } from './store.ts'

/** Who asks what, where: all that a brief may depend on beside what is known of the asker. */
export type BriefRequest = Readonly<{
  /** The one who is answered. Nothing of anybody else goes into the brief. */
  asker: Person
  /** Where the answer goes, with those who hear it there now: what was said elsewhere is told as far as `scopesTellableIn` allows. */
  place: Place
  /** The words of the turn, oldest first: what the tail is looked up by. */
  asked: readonly string[]
  at: Date
  /**
   * The prompt's prefix is new anyway, since the conversation's window has just moved on or begins: the time to render the
   * standing part afresh at no cost.
   */
  isNewPrefix: boolean
  /** Tokens that both parts may take together, as `tokens` counts them. */
  budget: number
  /** Tokens of a text in a prompt, rather too many than too few. Pure, linear. */
  tokens(text: string): number
}>

/**
 * What one prompt tells of its asker; empty texts where there is nothing to tell. Both are whole lines without a break at
 * either end, each with a first line of its own that says what it is: notes about the person, data and no instructions. No
 * line begins with `<`.
 */
export type Brief = Readonly<{
  /**
   * How to talk to this person, and the facts that always matter. The same bytes in every turn of a session but for a reason to
   * say something else at once; in a DM it stands before the history, and each change of it costs the whole prefix.
   */
  standing: string
  /** What matters for these words alone: goes to the very end of the prompt, so that it may differ each time. */
  tail: string
}>

/**
 * What is known of a person, made ready for one prompt. It is read in process within 5 ms (a tail that takes longer is left out)
 * and may throw: a reply is given with an empty brief then, and never waits longer.
 */
export interface Briefs {
  brief(request: BriefRequest): Awaitable<Brief>
}

export const emptyBrief: Brief = { standing: '', tail: '' }
