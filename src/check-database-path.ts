import { accessSync, constants, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { unusableDatabase } from '#src/sqlite/unusable-database.ts'

/**
 * As much as can be told without touching anything: whether there is or can be a file that this account may write. A
 * `ConfigError` says what stands in the way; the rest shows when the file is opened.
 */
export function checkDatabasePath(path: string): void {
  if (path === ':memory:') return
  const file = resolve(path)
  try {
    const found = statSync(file, { throwIfNoEntry: false })
    if (found?.isDirectory()) throw systemError('EISDIR')
    if (found) accessSync(file, constants.R_OK | constants.W_OK)
    checkFolder(dirname(file))
  } catch (error) {
    throw unusableDatabase(file, error)
  }
}

/** A folder that is missing is made below the nearest one that is there. */
function checkFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false })
  if (!found) checkFolder(dirname(folder))
  else if (!found.isDirectory()) throw systemError('ENOTDIR')
  else accessSync(folder, constants.W_OK | constants.X_OK)
}

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code })
}
