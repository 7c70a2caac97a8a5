import type { Lesson, ObserverJob } from '#src/core/learning.ts'

/** What a job taught, and in few fixed words why it was not more. */
export type Observed = Readonly<{ lesson: Lesson; why: readonly string[] }>

/**
 * Reads the exchanges of a job. Throws an `UnavailableError` when the model is away, which is no fault of the job, the signal's
 * reason when that is aborted, and anything else when the exchanges could not be made sense of: then it is tried again.
 */
export type Observe = (job: ObserverJob, signal: AbortSignal) => Promise<Observed>
