import type { Lesson } from '#src/core/lesson.ts'
import type { ObserverJob } from '#src/core/observer-job.ts'
import type { Signal } from '#src/core/signal.ts'

/** Why a job is not done though something may have been learnt from it. */
export type Setback = Readonly<{
  /** In few fixed words. */
  reason: string
  /** `when back`: the model is away, and no try is counted. `later`: another try may bring more. `never`: it would bring the same. */
  repeat: 'when back' | 'later' | 'never'
  cause: unknown
}>

/** What a job taught. */
export type Observed = Readonly<{
  lesson: Lesson
  /** Moods and tasks of the session, which go with it. */
  moods: readonly Signal[]
  /** Why it was not more, in few fixed words. */
  why: string | undefined
  setback: Setback | undefined
}>

/** Reads the exchanges of a job. Throws the signal's reason when that is aborted; what else it throws lets the job be tried again. */
export type Observe = (job: ObserverJob, signal: AbortSignal) => Promise<Observed>
