/** What is wrong, as it stands in a sentence, and what helps. */
export type StorageCause = Readonly<{
  codes: RegExp
  cause: string
  cure: string
  /** It can pass while Aeries runs: a disk gets room again, another process lets go. */
  passes: boolean
}>

/** The codes of SQLite (https://sqlite.org/rescode.html) and of the file system, most telling first. */
const causes: readonly StorageCause[] = [
  {
    codes: /^SQLITE_(NOTADB|CORRUPT)/,
    cause: 'it is damaged or no SQLite database',
    cure: 'Bring back a backup with npm run restore -- FILE, which keeps the damaged file',
    passes: false,
  },
  {
    // The index of the log is a file as well, and needs room as well.
    codes: /^(SQLITE_FULL|SQLITE_IOERR_SHMSIZE|ENOSPC|EDQUOT)/,
    cause: 'the disk is full',
    cure: 'Free some space',
    passes: true,
  },
  {
    codes: /^(SQLITE_(READONLY|PERM|AUTH)|EACCES|EPERM|EROFS)/,
    cause: 'this account may not read and write it',
    cure: 'Give the account that runs Aeries the file and its folder',
    passes: true,
  },
  {
    codes: /^SQLITE_(BUSY|LOCKED|PROTOCOL)/,
    cause: 'another process holds it locked',
    cure: 'Stop that process',
    passes: true,
  },
  {
    codes: /^SQLITE_CANTOPEN/,
    cause: 'it, or a file that SQLite keeps beside it, cannot be opened',
    cure: 'Give the account that runs Aeries the file and its folder',
    passes: true,
  },
  {
    codes: /^(EISDIR|ENOTDIR|EEXIST)/,
    cause: 'it is a folder, or its parent is not one',
    cure: 'Set DATABASE_PATH to a file, such as ./data/aeries.db',
    passes: false,
  },
  {
    codes: /^(SQLITE_(IOERR|NOMEM)|E[A-Z]+$)/,
    cause: 'the file system failed',
    cure: 'Check the disk',
    passes: true,
  },
]

/** `undefined`: not the storage's fault. */
export function storageCause(error: unknown): (StorageCause & Readonly<{ code: string }>) | undefined {
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) return undefined
  const { code } = error
  const known = causes.find(({ codes }) => codes.test(code))
  return known && { ...known, code }
}
