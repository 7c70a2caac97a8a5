import { hash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { PersonId } from '#src/core/ids.ts'
import type { KeepsDays, Retention, TidyStep } from '#src/core/retention.ts'
import { createExpire } from './expire.ts'
import type { Forgotten } from './forgotten.ts'
import { createLeftPlaces } from './left-places.ts'
import { createNobodies } from './nobodies.ts'
import { createPurge } from './purge.ts'
import type { UnitOfWork } from './unit-of-work.ts'
import { createLearningRows, createUnlearn } from './unlearn.ts'

type Parts = Readonly<{
  unit: UnitOfWork
  forgotten: Forgotten
  now: () => Date
  /** Has the write-ahead log emptied: what was deleted stands in it. With `REWRITE` also what moved rows leave behind. */
  emptyLog(mode: 'TRUNCATE' | 'REWRITE'): void
}>

export function createRetention(db: Database, { unit, forgotten, now, emptyLog }: Parts): Retention {
  const unlearn = createUnlearn(db, createLearningRows(db))
  const purge = createPurge(db, unlearn, now)
  const left = createLeftPlaces(db, { unit, purge, unlearn, forgotten, now })
  const expire = createExpire(db)
  const nobodies = createNobodies(db, unlearn)
  const workspaces = db
    .prepare<{ platform: string }, string>(
      'SELECT DISTINCT workspace FROM conversation WHERE platform = :platform AND workspace IS NOT NULL',
    )
    .pluck()
  const errands = db.prepare<[], string>('SELECT person FROM errand ORDER BY asked_at').pluck()
  const audit = db.prepare<{ person: string; hash: Buffer; at: number }>(
    `INSERT INTO audit (at, what, person, found) SELECT :at, 'forget', :hash, found FROM errand WHERE person = :person`,
  )
  const dropErrand = db.prepare<{ person: string }>('DELETE FROM errand WHERE person = :person')
  /** What stands in the log and is in no transcript any more. */
  let emptying: 'TRUNCATE' | 'REWRITE' | undefined

  function done(): TidyStep {
    if (emptying !== undefined) emptyLog(emptying)
    emptying = undefined
    return { isMore: false, messages: 0 }
  }

  const errandDone = unit((person: PersonId, at: Date) => {
    audit.run({ person, hash: namelessPerson(person), at: at.getTime() })
    dropErrand.run({ person })
  })
  const age = unit((keepsDays: KeepsDays, at: Date) => expire(keepsDays, at))
  const people = unit(() => nobodies.step())

  return {
    leave: place => left.add(place),
    step(keepsDays, at) {
      const messages = left.step()
      if (messages !== undefined) {
        emptying = 'REWRITE'
        nobodies.begin()
        return { isMore: true, messages }
      }
      if (people()) return { isMore: true, messages: 0 }
      const aged = age(keepsDays, at)
      if (aged.messages > 0) {
        emptying ??= 'TRUNCATE'
        nobodies.begin()
      }
      return aged.isMore || aged.messages > 0 ? { ...aged, isMore: true } : done()
    },
    workspaces: platform => workspaces.all({ platform }),
    errands: () => errands.all().map(person => ({ person: person as PersonId })),
    errandDone(person, at) {
      errandDone(person, at)
      emptyLog('TRUNCATE')
    },
  }
}

/** As it stands in the list of what the operator did. */
export function namelessPerson(person: PersonId): Buffer {
  return hash('sha256', person, 'buffer').subarray(0, 16)
}
