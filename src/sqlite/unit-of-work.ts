import type { Database } from 'better-sqlite3'

/** Makes a function happen wholly or not at all. */
export type UnitOfWork = <Args extends unknown[], Result>(work: (...args: Args) => Result) => (...args: Args) => Result

export function createUnitOfWork(db: Database, onCommit: () => void): UnitOfWork {
  return work => {
    // IMMEDIATE takes the write lock first: a transaction that reads and then writes cannot wait for it half-way.
    const { immediate } = db.transaction(work)
    return (...args) => {
      const result = immediate(...args)
      onCommit()
      return result
    }
  }
}

/** The same for work of a single statement, which SQLite carries out so anyway: a transaction around it would cost as much again. */
export function createSingleStatement(onCommit: () => void): UnitOfWork {
  return work =>
    (...args) => {
      const result = work(...args)
      onCommit()
      return result
    }
}
