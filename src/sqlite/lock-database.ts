import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { ConfigError } from '#src/core/errors.ts'
import { type DatabaseFiles, databaseFiles } from './database-files.ts'
import { unusableDatabase } from './unusable-database.ts'

/** Who uses a database. */
export type Holder = Readonly<{ pid: number; host: string; since: string }>

const holderForm = z.object({ pid: z.int(), host: z.string(), since: z.string() })

/** From winning the lock to saying who holds it a process takes some ms; the loser asks again for that long, in ms. */
const askAgainMs = 25
const askForMs = 500

/**
 * Makes the database this process's own until disposed of. Another holder is a `ConfigError` that names it.
 *
 * The lock is the operating system's, which ends it with its process whatever ends that: an exclusive transaction on an
 * empty SQLite file, held open. It also keeps a second holder in the same process out. The lock's file is never removed
 * (two could then hold two files of one name), and never opened by other means: on POSIX the first close of a file gives
 * up every lock that the process has on it.
 */
export function lockDatabase(path: string): Disposable {
  const files = databaseFiles(path)
  try {
    mkdirSync(dirname(files.lock), { recursive: true, mode: 0o700 })
    makeEmpty(files.lock)
    const lock = take(files)
    try {
      writeHolder(files)
    } catch (error) {
      lock.close()
      throw error
    }
    return { [Symbol.dispose]: () => letGo(files, lock) }
  } catch (error) {
    throw unusableDatabase(files.database, error)
  }
}

/** Who uses the database at this moment, without taking it for longer than that; `unknown`: somebody who does not say. */
export function holderOf(path: string): Holder | 'unknown' | undefined {
  const files = databaseFiles(path)
  if (!existsSync(files.lock)) return undefined
  const lock = tryLock(files.lock)
  if (lock === undefined) return askHolder(files.holder) ?? 'unknown'
  lock.close()
  return undefined
}

/** As it stands in a sentence: `Aeries (pid 7 on harbour, since …)`. */
export function nameHolder(holder: Holder | 'unknown'): string {
  if (holder === 'unknown') return 'another process'
  return `another Aeries (pid ${holder.pid} on ${holder.host}, since ${holder.since})`
}

function take(files: DatabaseFiles): Database.Database {
  const lock = tryLock(files.lock)
  if (lock !== undefined) return lock
  const holder = askHolder(files.holder)
  // Nobody says that it is theirs: somebody who just looked (`holderOf`), or was about to end.
  const secondTry = holder === undefined ? tryLock(files.lock) : undefined
  if (secondTry !== undefined) return secondTry
  throw new ConfigError(
    `The database ${files.database} is in use by ${nameHolder(holder ?? 'unknown')}. ` +
      `Stop that one first, or set DATABASE_PATH to another file. Deleting ${files.lock} would not help: it ends with its process.`,
  )
}

function tryLock(file: string): Database.Database | undefined {
  const db = new Database(file, { timeout: 0 })
  try {
    // Nothing is ever written, so nothing needs a journal.
    db.pragma('journal_mode = MEMORY')
    db.exec('BEGIN EXCLUSIVE')
    return db
  } catch (error) {
    db.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return undefined
    throw error
  }
}

/** Only a file that nobody has made yet is opened here, so no lock on it can get lost. */
function makeEmpty(file: string): void {
  if (existsSync(file)) return
  try {
    closeSync(openSync(file, 'wx', 0o600))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}

/** Written beside and renamed, so that nobody reads half of it. */
function writeHolder({ holder }: DatabaseFiles): void {
  const me: Holder = { pid: process.pid, host: hostname(), since: new Date().toISOString() }
  rmSync(`${holder}.new`, { force: true })
  writeFileSync(`${holder}.new`, `${JSON.stringify(me)}\n`, { mode: 0o600 })
  renameSync(`${holder}.new`, holder)
}

function letGo({ holder }: DatabaseFiles, lock: Database.Database): void {
  rmSync(holder, { force: true })
  lock.close()
}

/** What the holder says of itself. What one that was killed has left says nothing about the one that came after. */
function askHolder(file: string): Holder | undefined {
  for (let waited = 0; ; waited += askAgainMs) {
    const holder = readHolder(file)
    if (holder !== undefined && (holder.host !== hostname() || isAlive(holder.pid))) return holder
    if (waited >= askForMs) return undefined
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, askAgainMs)
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return holderForm.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // Missing or not readable: its words are a courtesy, the lock is what counts.
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives, under another account.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
