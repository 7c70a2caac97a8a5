import type { Awaitable } from './awaitable.ts'
import type { PersonId } from './ids.ts'
import type { Place } from './place.ts'

/** For so many days what was said there is kept, word for word; 0: until somebody takes it out. */
export type KeepsDays = (place: Pick<Place, 'platform' | 'workspace' | 'channel'>) => number

/** A place that is no more, or that Aeries was taken out of: a whole workspace, a channel of it, or one thread of that. */
export type LeftPlace = Readonly<{
  platform: string
  workspace: string | undefined
  channel: string | undefined
  thread: string | undefined
}>

export type TidyStep = Readonly<{
  isMore: boolean
  /** So many messages went in it. */
  messages: number
}>

/** Somebody who runs Aeries wants all of a person taken out: they have left, and cannot say so themself any more. */
export type PersonErrand = Readonly<{ person: PersonId }>

/** How long words stay. What is taken out by its age was learnt from; what is taken out because its place is gone was not. */
export interface Retention {
  /**
   * Notes that all of that place is to be taken out that came until now, with all that was learnt from it; it is done step by step, also after a
   * restart.
   */
  leave(place: LeftPlace): Awaitable<void>
  /** One step of milliseconds: of places that are gone, then of what is older than it may be. */
  step(keepsDays: KeepsDays, at: Date): Awaitable<TidyStep>
  /** In which of a platform's workspaces something was said. */
  workspaces(platform: string): Awaitable<readonly string[]>
  /** Who is to be forgotten because the operator asked for it from outside of this process. */
  errands(): Awaitable<readonly PersonErrand[]>
  /** It was done. */
  errandDone(person: PersonId, at: Date): Awaitable<void>
}
