import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { ConfigError, isAeriesError } from '#src/core/errors.ts'
import { checkIntegrity } from './check-integrity.ts'
import { schemaVersion } from './migrations.ts'
import { storageCause } from './storage-cause.ts'
import { unusableDatabase } from './unusable-database.ts'

/** How long the copy waits for a lock on its source, in ms. */
const busyTimeoutMs = 5_000

/**
 * Copies a database, while others write to it if they like: the copy is as the source was at one moment. `to` is there
 * wholly, checked and on the disk, or not at all; a file that is there already is never overwritten.
 */
export function copyDatabase(from: string, to: string): void {
  const partial = beginCopy(to)
  try {
    fillCopy(from, partial)
    finishCopy(partial, to)
  } catch (error) {
    dropCopy(partial)
    throw error
  }
}

/** Makes the empty file that the copy grows in, readable by its owner alone. */
export function beginCopy(to: string): string {
  const partial = `${to}.partial`
  if (existsSync(to)) throw isThere(to)
  try {
    closeSync(openSync(partial, 'wx', 0o600))
  } catch (error) {
    if (existsSync(partial)) {
      throw new ConfigError(
        `${partial} is in the way: another copy grows in it, or was cut off. In that case delete it.`,
      )
    }
    throw unwritable(to, error)
  }
  return partial
}

/**
 * By VACUUM INTO and not by SQLite's backup interface: that one begins anew whenever somebody else has written, so beside a
 * busy service it may never end, and it copies free pages and the unused ends of pages as they are, where words may stand
 * that were deleted. VACUUM reads all rows in one snapshot, holds no writer up, and writes nothing but what is there.
 */
export function fillCopy(from: string, partial: string): void {
  let version = 0
  try {
    using source = opened(from)
    version = schemaVersion(source.db)
    source.db.prepare('VACUUM INTO ?').run(partial)
  } catch (error) {
    throw isOfSource(error) ? unusableDatabase(from, error) : unwritable(partial, error)
  }
  verify(partial, version)
}

/** Gives a copy its name: first the content is on the disk, then the name. */
export function finishCopy(partial: string, to: string): void {
  try {
    sync(partial)
    publish(partial, to)
    sync(dirname(to))
  } catch (error) {
    throw unwritable(to, error)
  }
}

export function dropCopy(partial: string): void {
  for (const file of [partial, `${partial}-journal`]) rmSync(file, { force: true })
}

/** Brings a file, or the names in a folder, to the disk. */
export function sync(path: string): void {
  // Windows opens no folders, and needs no such thing.
  if (process.platform === 'win32' && existsSync(`${path}/.`)) return
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function verify(copy: string, version: number): void {
  using target = opened(copy)
  checkIntegrity(target.db, copy, 'whole')
  const orphans = target.db.pragma('foreign_key_check')
  if (schemaVersion(target.db) !== version || (Array.isArray(orphans) && orphans.length > 0)) {
    throw new ConfigError(`The copy ${copy} is not what was copied: check the disk.`)
  }
}

/** A rename would overwrite what somebody else has put there meanwhile; a link does not. */
function publish(partial: string, to: string): void {
  try {
    linkSync(partial, to)
  } catch {
    if (existsSync(to)) throw isThere(to)
    // A file system without links.
    renameSync(partial, to)
  }
  rmSync(partial, { force: true })
}

function opened(path: string): Disposable & Readonly<{ db: Database.Database }> {
  const db = new Database(path, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs })
  return { db, [Symbol.dispose]: () => void db.close() }
}

function isOfSource(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB|BUSY|LOCKED)/.test(error.code)
}

function unwritable(path: string, error: unknown): unknown {
  if (isAeriesError(error)) return error
  const name = path.replace(/\.partial$/, '')
  const known = storageCause(error)
  if (known === undefined) return error
  const cause = existsSync(dirname(name)) ? `${known.cause} (${known.code})` : `there is no folder ${dirname(name)}`
  return new ConfigError(`${name} cannot be written: ${cause}. Mend that, or name another place.`, { cause: error })
}

function isThere(path: string): ConfigError {
  return new ConfigError(`${path} is there already, and nothing is overwritten: name another file.`)
}
