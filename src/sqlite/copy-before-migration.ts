import { dirname } from 'node:path'
import type { Database } from 'better-sqlite3'
import { liveBytes } from './check-integrity.ts'
import { copyDatabase } from './copy-database.ts'
import { copiesOf, databaseFiles, freeName } from './database-files.ts'
import { checkSpace, freeBytes } from './free-space.ts'
import { checkOrigin, type Migration, schemaVersion } from './migrations.ts'

/** What a migration itself may write before it is all in the file, beside the copy, in bytes. */
const migrationBytes = 64e6

/** What bringing a database up to date would mean. */
export type MigrationPlan = Readonly<{
  schema: number
  steps: readonly string[]
  /** Where the copy from before goes; `undefined`: there is nothing to copy. */
  copy: Readonly<{ path: string; bytes: number }> | undefined
  neededBytes: number
  freeBytes: number
}>

/** Throws a `ConfigError` for a file of another program or of a newer Aeries. */
export function planMigration(db: Database, file: string, migrations: readonly Migration[]): MigrationPlan {
  checkOrigin(db, file, migrations)
  const schema = schemaVersion(db)
  const steps = migrations.slice(schema).map(({ name }) => name)
  const isCopied = schema > 0 && steps.length > 0
  const bytes = isCopied ? liveBytes(db) : 0
  return {
    schema,
    steps,
    copy: isCopied ? { path: freeName(file, `before-schema-${migrations.length}`), bytes } : undefined,
    neededBytes: isCopied ? bytes + migrationBytes : 0,
    freeBytes: freeBytes(dirname(file)),
  }
}

/** Leaves a copy of the database as it is beside it, if there are steps to take. A `ConfigError`: there is no room for it. */
export function copyBeforeMigration(db: Database, file: string, migrations: readonly Migration[]): string | undefined {
  const { copy, neededBytes } = planMigration(db, file, migrations)
  if (copy === undefined) return undefined
  checkSpace(dirname(file), neededBytes, 'A copy of the database before its migration')
  copyDatabase(file, copy.path)
  return copy.path
}

const keptCopies = 2

/** The copies from before earlier migrations than the last two. They are the operator's: nobody deletes them but a person. */
export function oldCopies(file: string): readonly string[] {
  return copiesOf(databaseFiles(file).database, 'before-schema').slice(keptCopies)
}
