import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import Database from 'better-sqlite3'
import { ConfigError, isAeriesError } from '#src/core/errors.ts'
import { liveBytes } from './check-integrity.ts'
import { type MigrationPlan, planMigration } from './copy-before-migration.ts'
import { checkOrigin, type Migration, readMigrations, schemaVersion } from './migrations.ts'
import { storageCause } from './storage-cause.ts'

/** What a file says of itself: how many steps of the schema it has taken, and what a copy of it takes, in bytes. */
export type DatabaseFacts = Readonly<{ path: string; schema: number; bytes: number }>

/** Reads it and changes nothing. One that is missing, not ours, newer or damaged is a `ConfigError`. */
export function lookAtDatabase(path: string): DatabaseFacts {
  return look(path, (db, file, migrations) => {
    checkOrigin(db, file, migrations)
    const schema = schemaVersion(db)
    if (schema === 0) throw new ConfigError(`${file} is empty: there is nothing of Aeries in it.`)
    return { path: file, schema, bytes: liveBytes(db) }
  })
}

/** What bringing it up to date would mean. */
export function lookAtMigration(path: string): MigrationPlan & Readonly<{ path: string; newest: number }> {
  return look(path, (db, file, migrations) => ({
    ...planMigration(db, file, migrations),
    path: file,
    newest: migrations.length,
  }))
}

function look<Found>(
  path: string,
  read: (db: Database.Database, file: string, migrations: readonly Migration[]) => Found,
): Found {
  const file = resolve(path)
  const found = statSync(file, { throwIfNoEntry: false })
  if (found === undefined) throw new ConfigError(`There is no file ${file}. Name one that is there.`)
  if (found.isDirectory()) throw new ConfigError(`${file} is a folder. Name a file in it.`)
  try {
    const db = new Database(file, { readonly: true, fileMustExist: true })
    try {
      return read(db, file, readMigrations())
    } finally {
      db.close()
    }
  } catch (error) {
    const known = isAeriesError(error) ? undefined : storageCause(error)
    if (known === undefined) throw error
    throw new ConfigError(
      `${file} cannot be read: ${known.cause} (${known.code}). ${known.cure}. Nothing was changed.`,
      {
        cause: error,
      },
    )
  }
}
