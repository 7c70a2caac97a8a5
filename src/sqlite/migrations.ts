import { readdirSync, readFileSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { ConfigError, DefectError } from '#src/core/errors.ts'

/** One numbered step of the schema. A released one is never edited. */
export type Migration = Readonly<{ version: number; name: string; sql: string }>

/** Marks the files that are ours: "Aeri" in ASCII. */
const applicationId = 0x41657269

/** The steps in a folder of `0001-what.sql` files, numbered from 1 without a gap. */
export function readMigrations(folder: URL = new URL('./migrations/', import.meta.url)): readonly Migration[] {
  const names = readdirSync(folder).filter(name => name.endsWith('.sql'))
  return names.sort().map((name, index) => {
    const version = Number.parseInt(name, 10)
    if (version !== index + 1) throw new DefectError(`The migration ${name} is not number ${index + 1} in its row.`)
    return { version, name, sql: readFileSync(new URL(name, folder), 'utf8') }
  })
}

/** Throws a `ConfigError`, before anything is written, for a file of another program or of a newer Aeries. */
export function checkOrigin(db: Database, path: string, migrations: readonly Migration[]): void {
  const tables = db.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get() ?? 0
  if (tables > 0 && db.pragma('application_id', { simple: true }) !== applicationId) {
    throw new ConfigError(
      `${path} is the database of another program: nothing was changed in it. Set DATABASE_PATH to another file.`,
    )
  }
  const version = schemaVersion(db)
  if (version > migrations.length) {
    throw new ConfigError(
      `${path} was written by a newer Aeries (its schema is ${version}, this one knows up to ${migrations.length}): ` +
        'nothing was changed in it. Start that version or a newer one, or set DATABASE_PATH to another file.',
    )
  }
}

/** Brings the schema up to date: all that is missing, or nothing. Returns the names of the steps that were taken. */
export function migrate(db: Database, migrations: readonly Migration[]): readonly string[] {
  if (schemaVersion(db) === migrations.length) return []
  // A table that others point at is rebuilt with the check off, and checked at the end. Inside a transaction this pragma does nothing.
  db.pragma('foreign_keys = OFF')
  const taken = db.transaction(() => {
    // Read again: another process may have been faster.
    const missing = migrations.slice(schemaVersion(db))
    for (const migration of missing) db.exec(migration.sql)
    const orphans = db.pragma('foreign_key_check')
    if (Array.isArray(orphans) && orphans.length > 0) {
      throw new DefectError(
        `The migration to schema ${migrations.length} leaves ${orphans.length} rows without a parent.`,
      )
    }
    db.pragma(`application_id = ${applicationId}`)
    db.pragma(`user_version = ${migrations.length}`)
    return missing.map(({ name }) => name)
  })
  const names = taken.immediate()
  db.pragma('foreign_keys = ON')
  return names
}

/** How many of the steps a database has taken: 0 for an empty one. */
export function schemaVersion(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }))
}
