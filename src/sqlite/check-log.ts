import { readFileSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { ConfigError } from '#src/core/errors.ts'
import { databaseFiles } from './database-files.ts'

/** The file is read whole for this, after an unclean end only. */
const readUpToBytes = 64e6
/** Where the header of a file says that it has a log (https://sqlite.org/fileformat.html#file_format_version_numbers), and how it says that it has none. */
const versionsAt = [18, 19] as const
const withoutLog = 1

/** Some of the first and some of the last: keys of events stay when all else is deleted. */
const someEvents = `
  SELECT key FROM (SELECT key FROM event ORDER BY key LIMIT 50)
  UNION SELECT key FROM (SELECT key FROM event ORDER BY key DESC LIMIT 50)`

/**
 * Throws a `ConfigError` when the log beside a database is another database's, left there by a person who put this one in its
 * place. SQLite cannot tell: it would take the log for the newest state, and nothing of this database would be left.
 */
export function checkLog(db: Database.Database, file: string): void {
  const { log } = databaseFiles(file)
  const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (sizeOf(log) === 0 || sizeOf(file) > readUpToBytes) return
  const keys = eventsWithoutLog(file)
  const has = db.prepare<{ key: string }, number>('SELECT count(*) FROM event WHERE key = :key').pluck()
  if (keys.length === 0 || keys.some(key => has.get({ key }) === 1)) return
  throw new ConfigError(
    `The database ${file} cannot be used: the log beside it, ${log}, is that of another database. Move the log away, or put back the one that belongs there. Nothing was changed in either.`,
  )
}

function eventsWithoutLog(file: string): readonly string[] {
  const bytes = readFileSync(file)
  for (const at of versionsAt) bytes[at] = withoutLog
  let db: Database.Database | undefined
  try {
    db = new Database(bytes)
    return db.prepare<[], string>(someEvents).pluck().all()
  } catch (error) {
    // A checkpoint that was cut off leaves a file that is whole only with its log.
    if (error instanceof Database.SqliteError) return []
    throw error
  } finally {
    db?.close()
  }
}
