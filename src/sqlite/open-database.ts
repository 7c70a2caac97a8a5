import { closeSync, existsSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { ConfigError } from '#src/core/errors.ts'
import { checkIntegrity } from './check-integrity.ts'
import { checkLog } from './check-log.ts'
import { copyBeforeMigration } from './copy-before-migration.ts'
import { databaseFiles } from './database-files.ts'
import { checkOrigin, type Migration, migrate, readMigrations, schemaVersion } from './migrations.ts'
import { unusableDatabase } from './unusable-database.ts'

/** How long the start waits for another process (somebody's SQLite shell) to let go, in ms. */
const busyTimeoutMs = 2_000
/** The same for a write while Aeries runs, in ms: it blocks the event loop, and whoever wrote tries again or apologises. */
const busyWhileRunningMs = 1_000
/** SQLite's own cache of pages, in KiB: the upper levels of every index of a large database. */
const pageCacheKib = 64 * 1024
/**
 * Where a commit brings the write-ahead log into the database itself, in pages (256 MB): when the checkpointer cannot, or when
 * thousands of turns came without a pause for it to get to the log's end.
 */
const logLimitPages = 64_000
/** What a log that starts over keeps of its length, in bytes. */
const logRestBytes = 64 * 1024 * 1024

export type OpenedDatabase = Readonly<{
  db: Database.Database
  path: string
  /** The steps that were taken, and the copy from before them, if there was anything to copy. */
  migrated: readonly string[]
  copy: string | undefined
}>

/**
 * Opens the file, creates it if it is missing (readable by its owner alone: it holds what people said) and brings its schema
 * up to date, after a copy of it as it was. `:memory:` keeps everything in memory. Whatever stands in the way is a
 * `ConfigError`, and the file is untouched. Whoever may not be alone with the file locks it before.
 */
export function openDatabase(path: string, migrations: readonly Migration[] = readMigrations()): OpenedDatabase {
  const file = path === ':memory:' ? path : resolve(path)
  try {
    if (file !== ':memory:') {
      prepareFile(file)
      inspect(file, migrations)
    }
    return connect(file, migrations)
  } catch (error) {
    throw unusableDatabase(file, error)
  }
}

/**
 * A look before anything can be written: to close a connection that may write brings the log into the file, and the log of
 * another file, left beside a database that was put there by hand, would ruin it.
 */
function inspect(file: string, migrations: readonly Migration[]): void {
  if (statSync(file).size === 0) return
  const db = new Database(file, { readonly: true, timeout: busyTimeoutMs })
  try {
    checkOrigin(db, file, migrations)
    checkIntegrity(db, file, 'at start')
    if (schemaVersion(db) > 0) checkLog(db, file)
  } finally {
    db.close()
  }
}

function connect(file: string, migrations: readonly Migration[]): OpenedDatabase {
  const db = new Database(file, { timeout: busyTimeoutMs })
  try {
    configure(db, file)
    const copy = file === ':memory:' ? undefined : copyBeforeMigration(db, file, migrations)
    const migrated = migrateOrDrop(db, migrations, copy)
    db.pragma(`busy_timeout = ${busyWhileRunningMs}`)
    return { db, path: file, migrated, copy }
  } catch (error) {
    db.close()
    throw error
  }
}

/** A migration that fails has changed nothing, so that the copy says nothing new: one for each try would fill the disk. */
function migrateOrDrop(db: Database.Database, migrations: readonly Migration[], copy: string | undefined) {
  try {
    return migrate(db, migrations)
  } catch (error) {
    if (copy !== undefined) rmSync(copy)
    throw error
  }
}

function prepareFile(file: string): void {
  const { log, restoring } = databaseFiles(file)
  const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (sizeOf(file) === 0 && sizeOf(log) > 0) {
    // SQLite would take the write-ahead log for a left-over and delete it.
    throw new ConfigError(
      `The database ${file} is missing, but its newest words are in ${log}. Put the database back beside it, or move that file away.`,
    )
  }
  if (!existsSync(file) && existsSync(restoring)) {
    throw new ConfigError(
      `The database ${file} is missing: a restore was cut off. Run npm run restore once more, or delete ${restoring} to begin with nothing.`,
    )
  }
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  // SQLite gives its -wal and -shm files the same mode.
  closeSync(openSync(file, 'a', 0o600))
}

function configure(db: Database.Database, file: string): void {
  const mode = db.pragma('journal_mode = WAL', { simple: true })
  if (mode !== 'wal' && file !== ':memory:') {
    throw new ConfigError(
      `The database ${file} cannot keep a write-ahead log: its file system has no shared memory. Set DATABASE_PATH to a local disk.`,
    )
  }
  // With a write-ahead log, NORMAL may lose the last moments at a power cut, never at a crash, and corrupts nothing.
  db.pragma('synchronous = NORMAL')
  db.pragma('foreign_keys = ON')
  // What was deleted is overwritten with zeroes.
  db.pragma('secure_delete = ON')
  db.pragma(`wal_autocheckpoint = ${logLimitPages}`)
  db.pragma(`journal_size_limit = ${logRestBytes}`)
  db.pragma(`cache_size = -${pageCacheKib}`)
}
