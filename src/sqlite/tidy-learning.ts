import type { Database } from 'better-sqlite3'
import { groupOf } from '#src/core/testimony.ts'
import type { LearningRows, Unlearn } from './unlearn.ts'

const dayMs = 24 * 3_600_000
/** A job that was given up is looked at by an operator within a month, or never. */
const deadKeptMs = 30 * dayMs
/** Nothing reaches a session that long after its last word: jobs are read within a day, moods fade within hours. */
const sessionKeptMs = 7 * dayMs
/** What was said of a while is told no more once that is over; a month later no late message belongs before it either. */
const passedKeptMs = 30 * dayMs
/** Rows that one step takes out of each kind: some ms of work. */
const rowsOfStep = 100
/** More than the jobs that wait or were given up keep from going. */
const sessionsLookedAt = 5_000

type Passed = Readonly<{ id: number; ends: number }>

/**
 * Takes out what is of no use to anybody any more. Of what people said only what was of a while, is long past, and stands alone: nothing was
 * superseded by it or supersedes it, so that whatever else is taken back leaves the same with and without it. All other evidence stays,
 * however old: when what took its place is taken back, it counts again. The log of signals stays, too: dials are its replay.
 */
export function createTidyLearning(db: Database, { evidence, traits }: LearningRows, unlearn: Unlearn) {
  const dropJobs = db.prepare<{ until: number }>(
    `DELETE FROM observer_job WHERE id IN (
       SELECT id FROM observer_job INDEXED BY observer_job_due WHERE state = 'dead' AND not_before < :until LIMIT ${rowsOfStep}
     )`,
  )
  // The oldest by their numbers; the newest stays, so that no number, by which signals know their session, comes a second time.
  const dropSessions = db.prepare<{ until: number }>(
    `DELETE FROM session WHERE id IN (
       SELECT id FROM (SELECT id, last_at FROM session ORDER BY id LIMIT ${sessionsLookedAt}) AS oldest
       WHERE last_at < :until AND id < (SELECT max(id) FROM session)
         AND NOT EXISTS (SELECT 1 FROM observer_job WHERE observer_job.session_id = oldest.id)
       LIMIT ${rowsOfStep}
     )`,
  )
  const passed = db.prepare<{ after: number; id: number; until: number }, Passed>(
    `SELECT id, said_at + lasts AS ends
     FROM evidence INDEXED BY evidence_passing
     WHERE lasts IS NOT NULL AND said_at + lasts >= :after AND said_at + lasts < :until
       AND (said_at + lasts > :after OR id > :id)
     ORDER BY said_at + lasts, id LIMIT ${rowsOfStep}`,
  )
  /** Behind what was looked at and has to stay; from the start again once all was. */
  let looked = { after: 0, id: 0 }

  /** Whether there may be more. */
  function dropPassed(until: number): boolean {
    const found = passed.all({ ...looked, until })
    const last = found.at(-1)
    const isMore = last !== undefined && found.length === rowsOfStep
    looked = isMore ? { after: last.ends, id: last.id } : { after: 0, id: 0 }
    for (const one of evidence.ofIds(found.map(({ id }) => id))) {
      if (traits.standsAlone({ scope: one.scope, group: groupOf(one.slot) }, one)) unlearn.take([one.id])
    }
    return isMore
  }

  /** One step. Who calls it has a transaction open. Returns whether there may be more. */
  return (at: Date): boolean => {
    const now = at.getTime()
    const jobs = dropJobs.run({ until: now - deadKeptMs }).changes
    const sessions = dropSessions.run({ until: now - sessionKeptMs }).changes
    const isMore = dropPassed(now - passedKeptMs)
    return isMore || jobs === rowsOfStep || sessions === rowsOfStep
  }
}
