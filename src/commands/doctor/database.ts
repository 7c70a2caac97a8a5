import { existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { checkDatabasePath } from '#src/check-database-path.ts'
import { isAeriesError } from '#src/core/errors.ts'
import { checkIntegrity } from '#src/sqlite/check-integrity.ts'
import { copiesOf, databaseFiles } from '#src/sqlite/database-files.ts'
import { freeBytes, megabytes } from '#src/sqlite/free-space.ts'
import { holderOf, nameHolder } from '#src/sqlite/lock-database.ts'
import { lookAtMigration } from '#src/sqlite/look-at-database.ts'
import { storageCause } from '#src/sqlite/storage-cause.ts'
import { type Finding, fault, faultFrom, ok, warning } from './finding.ts'

/** Below that, in bytes, a busy day may fill the disk; below the second an hour may. */
const littleSpace = 1_000_000_000
const noSpace = 100_000_000
const dayMs = 86_400_000
const oldBackupDays = 7

/** The file, its version, the room around it, and its backups. Reads, and changes nothing. */
export function* lookAtDatabase(path: string): Iterable<Finding> {
  if (path === ':memory:') {
    yield warning('database', 'everything is kept in memory and gone with the process', 'Set DATABASE_PATH to a file.')
    return
  }
  try {
    checkDatabasePath(path)
  } catch (error) {
    if (!isAeriesError(error)) throw error
    yield faultFrom('database', error.message, otherFile)
    return
  }
  const { database } = databaseFiles(path)
  yield* existsSync(database) ? lookAtFile(database) : [ok('database', `${database} is made at the first start`)]
  yield lookAtSpace(database)
  if (existsSync(database)) yield lookAtBackups(database)
}

const otherFile = 'Name another file as DATABASE_PATH, or bring a backup back.'

function* lookAtFile(database: string): Iterable<Finding> {
  try {
    const plan = lookAtMigration(database)
    inspect(database)
    const holder = holderOf(database)
    const used = holder ? `in use by ${nameHolder(holder)}` : 'in use by nobody'
    yield ok('database', `${database}, ${megabytes(statSync(database).size)}, schema ${plan.schema}, ${used}`)
    if (plan.steps.length === 0) return
    const steps = `the next start brings it from schema ${plan.schema} to ${plan.newest}`
    if (plan.neededBytes > plan.freeBytes) {
      const missing = megabytes(plan.neededBytes - plan.freeBytes)
      yield fault('database version', `${steps}, after a copy for which ${missing} are missing`, 'Free that much.')
    } else
      yield warning('database version', `${steps}, after a copy`, 'Nothing; npm run migrate -- --check tells more.')
  } catch (error) {
    const known = isAeriesError(error) ? undefined : storageCause(error)
    if (!isAeriesError(error) && known === undefined) throw error
    yield known
      ? fault('database', `${database} cannot be read: ${known.cause} (${known.code})`, known.cure)
      : faultFrom('database', (error as Error).message, otherFile)
  }
}

function inspect(database: string): void {
  const db = new Database(database, { readonly: true, fileMustExist: true })
  try {
    checkIntegrity(db, database, 'at start')
  } finally {
    db.close()
  }
}

function lookAtSpace(database: string): Finding {
  const folder = nearest(dirname(database))
  const free = freeBytes(folder)
  const told = `${megabytes(free)} free at ${folder}`
  const cure = 'Free some space, or set DATABASE_PATH to another disk: without room nothing is answered.'
  if (free < noSpace) return fault('disk', told, cure)
  return free < littleSpace ? warning('disk', told, cure) : ok('disk', told)
}

function lookAtBackups(database: string): Finding {
  const [newest] = copiesOf(database, 'backup')
  const ageDays = (path: string) => Math.floor((Date.now() - statSync(path).mtimeMs) / dayMs)
  const cure = 'Run npm run backup every night, and keep the copies on another machine as well.'
  if (newest !== undefined && ageDays(newest) <= oldBackupDays)
    return ok('backup', `${newest}, ${ageDays(newest)} days old`)
  if (newest !== undefined) return warning('backup', `the newest one beside it is ${ageDays(newest)} days old`, cure)
  const isNew = Date.now() - statSync(database).birthtimeMs < dayMs
  return isNew ? ok('backup', 'none yet, of a database of today') : warning('backup', 'there is none beside it', cure)
}

/** The folder, or the nearest one above it that is there. */
function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder))
}
