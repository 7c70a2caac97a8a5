import { ConfigError } from '#src/core/errors.ts'

type Words = Readonly<{ codes: RegExp; cause: string; cure: string }>

const elsewhere = 'or set DATABASE_PATH to another file'

/** The codes of SQLite (https://sqlite.org/rescode.html) and of the file system, most telling first. */
const words: readonly Words[] = [
  {
    codes: /^SQLITE_(NOTADB|CORRUPT)/,
    cause: 'it is damaged or no SQLite database',
    cure: `Put a backup in its place (keep the damaged file and its -wal), ${elsewhere}. Nothing was changed in it.`,
  },
  {
    codes: /^(SQLITE_(READONLY|PERM|AUTH)|EACCES|EPERM|EROFS)/,
    cause: 'this account may not read and write it',
    cure: `Give the account that runs Aeries the file and its folder, ${elsewhere}.`,
  },
  {
    codes: /^(SQLITE_FULL|ENOSPC|EDQUOT)/,
    cause: 'the disk is full',
    cure: `Free some space, ${elsewhere}.`,
  },
  {
    codes: /^SQLITE_(BUSY|LOCKED)/,
    cause: 'another process holds it locked',
    cure: `Stop that process, ${elsewhere}.`,
  },
  {
    codes: /^(EISDIR|ENOTDIR|EEXIST|SQLITE_CANTOPEN)/,
    cause: 'it is a folder, or its parent is not one',
    cure: 'Set DATABASE_PATH to a file, such as ./data/aeries.db.',
  },
]

/** Says why the database at this path cannot be used, and what to do. An error that says so already stays as it is. */
export function unusableDatabase(path: string, error: unknown): Error {
  const code = codeOf(error)
  // Not the file's fault: a ConfigError or a defect, which has its own words.
  if (code === undefined) return error instanceof Error ? error : new ConfigError(String(error))
  const known = words.find(({ codes }) => codes.test(code))
  const cause = known?.cause ?? 'the file system failed'
  const cure = known?.cure ?? `Check the disk, ${elsewhere}.`
  return new ConfigError(`The database ${path} cannot be used: ${cause} (${code}). ${cure}`, { cause: error })
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
