import { existsSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { ConfigError } from '#src/core/errors.ts'
import { copyBeside } from './copy-beside.ts'
import { dropCopy, sync } from './copy-database.ts'
import { databaseFiles, freeName, timeInName } from './database-files.ts'
import { replayForgotten } from './forget.ts'
import { type Forgotten, openForgotten } from './forgotten.ts'
import { checkSpace } from './free-space.ts'
import { lockDatabase } from './lock-database.ts'
import { lookAtDatabase } from './look-at-database.ts'
import { migrate, readMigrations } from './migrations.ts'
import { readLastState, settleRestored } from './settle-restored.ts'
import { unusableDatabase } from './unusable-database.ts'

export type Restored = Readonly<{
  database: string
  /** Where the database that was there before is now. */
  aside: string | undefined
  migrated: readonly string[]
  /** How many things the list of the forgotten names, and how many of each kind the backup still had. */
  forgotten: Readonly<{ listed: number; found: ReturnType<typeof replayForgotten> }>
}>

/** Migrations and the forgetting write here and there in the copy before it takes its place, in bytes. */
const workBytes = 64e6

/**
 * Puts a copy of a backup in the database's place, without what was forgotten since. The backup stays; the present database
 * is moved aside. Up to the last moment everything happens in a file of its own, so that a fault leaves all as it was.
 */
export async function restoreDatabase(
  backup: string,
  path: string,
  now: Date,
  onWritten: (bytes: number, of: number) => void,
  signal: AbortSignal,
): Promise<Restored> {
  using _lock = lockDatabase(path)
  const files = databaseFiles(path)
  const { bytes } = lookAtDatabase(backup)
  if (existsSync(files.database) && realpathSync(backup) === files.database) {
    throw new ConfigError(`${backup} is the database itself. Name a backup of it.`)
  }
  if (!existsSync(files.database) && sizeOf(files.log) > 0) {
    throw new ConfigError(
      `The database ${files.database} is missing, but its newest words are in ${files.log}. Put the database back beside it, or move that file away.`,
    )
  }
  const forgotten = openForgotten(path)
  checkSpace(dirname(files.database), bytes + workBytes, 'The restored database')
  // Left by a restore that was cut off: nobody has used it.
  for (const left of [files.restoring, `${files.restoring}.partial`]) dropCopy(left)
  await copyBeside(backup, files.restoring, written => onWritten(written, bytes), signal)
  const last = readLastState(files.database)
  const done = finish(files.restoring, forgotten, copy => settleRestored(copy, last, now))
  const aside = moveAside(path, now)
  renameSync(files.restoring, files.database)
  sync(dirname(files.database))
  return { database: files.database, aside, ...done }
}

/** Brings the copy to this program's schema and the present, and takes out of it what was forgotten. */
function finish(
  copy: string,
  forgotten: Forgotten,
  settle: (db: Database.Database) => void,
): Pick<Restored, 'migrated' | 'forgotten'> {
  const db = new Database(copy, { fileMustExist: true })
  try {
    db.pragma('foreign_keys = ON')
    db.pragma('secure_delete = ON')
    // No journal on the disk: it would hold what is taken out, and a copy that is cut off is begun anew.
    db.pragma('journal_mode = MEMORY')
    const migrated = migrate(db, readMigrations())
    settle(db)
    const found = replayForgotten(db, forgotten)
    // Rows that move from page to page leave traces in the unused parts of pages, which secure_delete does not reach.
    if (forgotten.count() > 0) db.exec('VACUUM')
    db.close()
    sync(copy)
    return { migrated, forgotten: { listed: forgotten.count(), found } }
  } catch (error) {
    db.close()
    dropCopy(copy)
    throw unusableDatabase(copy, error)
  }
}

/** With its log, without which its newest words would be lost; the database first: a start then says what is missing. */
function moveAside(path: string, now: Date): string | undefined {
  const { database, log, logIndex } = databaseFiles(path)
  if (!existsSync(database)) return undefined
  const aside = freeName(database, `replaced-${timeInName(now)}`)
  renameSync(database, aside)
  if (sizeOf(log) > 0) renameSync(log, `${aside}-wal`)
  for (const left of [log, logIndex]) rmSync(left, { force: true })
  return aside
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
