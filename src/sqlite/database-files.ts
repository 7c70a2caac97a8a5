import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

/** What may lie beside a database `aeries.db`. A link leads to where the database really is, as SQLite's own files do. */
export type DatabaseFiles = Readonly<{
  database: string
  /** The newest words, until a checkpoint brings them into the database. */
  log: string
  /** An index of the log, made anew whenever it is missing. */
  logIndex: string
  /** Empty; the operating system's lock on it lasts as long as the process that uses the database. */
  lock: string
  /** Who holds the lock: pid, host, since when. */
  holder: string
  /** What was forgotten, told to nobody. */
  forgotten: string
  /** What the list of the forgotten is hashed with. */
  forgottenKey: string
  /** A restored database until it takes its place. */
  restoring: string
}>

export function databaseFiles(path: string): DatabaseFiles {
  const database = existsSync(path) ? realpathSync(path) : resolve(path)
  return {
    database,
    log: `${database}-wal`,
    logIndex: `${database}-shm`,
    lock: `${database}.lock`,
    holder: `${database}.holder`,
    forgotten: `${database}.forgotten`,
    forgottenKey: `${database}.forgotten.key`,
    restoring: `${database}.restoring`,
  }
}

/** A name beside the database that nothing has: `aeries.db` and `backup-…` make `aeries.backup-….db`, or `….2.db`. */
export function freeName(database: string, what: string): string {
  for (let number = 1; ; number += 1) {
    const name = `${stem(database)}.${what}${number === 1 ? '' : `.${number}`}.db`
    // Nor may the log of a database that was taken away lie there: SQLite would take it for the new one's.
    if (!existsSync(name) && !existsSync(`${name}-wal`)) return name
  }
}

/** The copies of a kind beside the database, newest first. */
export function copiesOf(database: string, kind: 'backup' | 'before-schema'): readonly string[] {
  const folder = dirname(database)
  const start = `${basename(stem(database))}.${kind}-`
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter(name => name.startsWith(start) && name.endsWith('.db'))
    .map(name => join(folder, name))
    .map(path => ({ path, at: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.at - a.at)
    .map(({ path }) => path)
}

/** A time as it stands in file names, in UTC: no colons, which some file systems refuse. */
export function timeInName(at: Date): string {
  return at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-')
}

function stem(database: string): string {
  return database.endsWith('.db') ? database.slice(0, -'.db'.length) : database
}
