import { closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { ConfigError } from '#src/core/errors.ts'
import { checkOrigin, type Migration, migrate, readMigrations } from './migrations.ts'
import { unusableDatabase } from './unusable-database.ts'

/** How long a write waits for another process (a backup, a command) to let go, in ms. It blocks the event loop. */
const busyTimeoutMs = 5_000
/** SQLite's own cache of pages, in KiB: the upper levels of every index of a large database. */
const pageCacheKib = 64 * 1024
/**
 * Where a commit brings the write-ahead log into the database itself, in pages (256 MB): when the checkpointer cannot, or when
 * thousands of turns came without a pause for it to get to the log's end.
 */
const logLimitPages = 64_000
/** What a log that starts over keeps of its length, in bytes. */
const logRestBytes = 64 * 1024 * 1024

export type OpenedDatabase = Readonly<{ db: Database.Database; path: string; migrated: readonly string[] }>

/**
 * Opens the file, creates it if it is missing (readable by its owner alone: it holds what people said) and brings its schema
 * up to date. `:memory:` keeps everything in memory. Whatever stands in the way is a `ConfigError`, and the file is untouched.
 */
export function openDatabase(path: string, migrations: readonly Migration[] = readMigrations()): OpenedDatabase {
  const file = path === ':memory:' ? path : resolve(path)
  try {
    if (file !== ':memory:') prepareFile(file)
    return connect(file, migrations)
  } catch (error) {
    throw unusableDatabase(file, error)
  }
}

function connect(file: string, migrations: readonly Migration[]): OpenedDatabase {
  const db = new Database(file, { timeout: busyTimeoutMs })
  try {
    checkOrigin(db, file, migrations)
    configure(db, file)
    return { db, path: file, migrated: migrate(db, migrations) }
  } catch (error) {
    db.close()
    throw error
  }
}

function prepareFile(file: string): void {
  if (!existsSync(file) && (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) {
    // SQLite would take the write-ahead log for a left-over and delete it.
    throw new ConfigError(
      `The database ${file} is missing, but its newest words are in ${file}-wal. Put the database back beside it, or move that file away.`,
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
