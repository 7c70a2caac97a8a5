import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from '#src/core/store.ts'
import { openStore, type StoreOptions } from '#src/sqlite/sqlite-store.ts'

export type SqliteHome = AsyncDisposable &
  Disposable &
  Readonly<{
    folder: string
    path: string
    open: (options?: Partial<StoreOptions>) => Store
    size: (suffix?: string) => number
  }>

/** A folder with one database in it, until disposed of. */
export function createSqliteHome(): SqliteHome {
  const folder = mkdtempSync(join(tmpdir(), 'aeries-'))
  const path = join(folder, 'aeries.db')
  const remove = () => rmSync(folder, { recursive: true, force: true })
  return {
    folder,
    path,
    open: options => openStore({ path, ...options }),
    size: (suffix = '') => (existsSync(path + suffix) ? statSync(path + suffix).size : 0),
    [Symbol.dispose]: remove,
    async [Symbol.asyncDispose]() {
      remove()
    },
  }
}
