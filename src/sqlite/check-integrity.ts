import type { Database } from 'better-sqlite3'
import { damagedDatabase } from './unusable-database.ts'

/** A check of everything goes through some 120 MB in a second, the quick one, without the indexes, through 280. */
const wholeUpToBytes = 64e6
const quickUpToBytes = 256e6

/**
 * Throws a `ConfigError` for a file with a fault in it. At a start a person waits for it, so that a large file is not gone
 * through: a backup does that (`whole`), and SQLite itself with each page that it reads.
 */
export function checkIntegrity(db: Database, file: string, extent: 'at start' | 'whole'): void {
  const size = liveBytes(db)
  if (extent === 'whole' || size <= wholeUpToBytes) check(db, file, 'integrity_check')
  else if (size <= quickUpToBytes) check(db, file, 'quick_check')
}

/** What the database takes without its free pages, which a copy leaves out. */
export function liveBytes(db: Database): number {
  const pragma = (name: string) => Number(db.pragma(name, { simple: true }))
  return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size')
}

function check(db: Database, file: string, pragma: 'integrity_check' | 'quick_check'): void {
  const found = String(db.pragma(`${pragma}(1)`, { simple: true }))
  // A finding names pages, tables and indexes, never what is in them.
  if (found !== 'ok') throw damagedDatabase(file, found.replaceAll('\n', ' '))
}
