import Database from 'better-sqlite3'
import type { Cohorts } from '#src/core/cohorts.ts'
import { ConfigError } from '#src/core/errors.ts'
import type { Preferences } from '#src/core/preferences.ts'
import { createBriefData } from './brief-data.ts'
import { createCohorts } from './cohorts.ts'
import { createHearing } from './heard-scopes.ts'
import { lookAtMigration } from './look-at-database.ts'
import { createPreferences } from './preferences.ts'
import { tellFaults } from './tell-faults.ts'
import { createUnitOfWork } from './unit-of-work.ts'

/** How long it waits for a write of the service, in ms. */
const busyTimeoutMs = 2_000

export type CohortDatabase = Disposable & Readonly<{ cohorts: Cohorts; preferences: Preferences }>

/**
 * What cohorts are made of and where they stand, beside a service that runs: their own two tables are all that is written, in
 * transactions of a millisecond, and the service reads them anew for each brief. One of another schema is a `ConfigError`.
 */
export function openCohorts(path: string, mode: 'read' | 'write'): CohortDatabase {
  const { path: file, steps } = lookAtMigration(path)
  if (steps.length > 0)
    throw new ConfigError(`${file} is of an older Aeries. Start Aeries once, or run npm run migrate.`)
  const db = new Database(file, { readonly: mode === 'read', fileMustExist: true, timeout: busyTimeoutMs })
  if (mode === 'write') {
    db.pragma('synchronous = NORMAL')
    db.pragma('secure_delete = ON')
  }
  const unit = createUnitOfWork(db, () => {})
  return {
    cohorts: tellFaults(file, createCohorts(db, unit, createBriefData(db, createHearing(db)))),
    preferences: tellFaults(file, createPreferences(db, unit)),
    [Symbol.dispose]: () => void db.close(),
  }
}
