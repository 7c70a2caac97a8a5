import { ConfigError, isAeriesError } from '#src/core/errors.ts'
import { copiesOf, databaseFiles } from './database-files.ts'
import { storageCause } from './storage-cause.ts'

/** Says why the database at this path cannot be used, and what to do. An error that says so already stays as it is. */
export function unusableDatabase(path: string, error: unknown): Error {
  if (isAeriesError(error)) return error
  const known = storageCause(error)
  // Not the file's fault: a defect, which has its own words.
  if (known === undefined) return error instanceof Error ? error : new ConfigError(String(error))
  return refusal(path, `${known.cause} (${known.code})`, known.cure, known.codes.test('SQLITE_CORRUPT'), error)
}

/** The same for a file that SQLite opens and then finds faults in; `found` is one of them. */
export function damagedDatabase(path: string, found: string): Error {
  const { cure = '' } = storageCause(Object.assign(new Error(), { code: 'SQLITE_CORRUPT' })) ?? {}
  return refusal(path, `it is damaged (${found})`, cure, true, undefined)
}

function refusal(path: string, cause: string, cure: string, isDamaged: boolean, error: unknown): ConfigError {
  const rest = isDamaged ? ` ${newestBackup(path)} Nothing was changed in it.` : ''
  const elsewhere = cure.includes('DATABASE_PATH') ? '' : ', or set DATABASE_PATH to another file'
  return new ConfigError(`The database ${path} cannot be used: ${cause}. ${cure}${elsewhere}.${rest}`, { cause: error })
}

function newestBackup(path: string): string {
  const [newest] = copiesOf(databaseFiles(path).database, 'backup')
  return newest === undefined ? 'There is no backup beside it.' : `The newest backup beside it is ${newest}.`
}
