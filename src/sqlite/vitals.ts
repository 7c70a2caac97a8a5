import type { Database } from 'better-sqlite3'

/** What an operator wants to know of a running database. */
export type Vitals = Readonly<{
  /** Writes for a moment, and changes nothing. Throws like any other write of the store when it cannot. */
  probe(): void
  /** When the oldest turn was begun that is not closed. */
  oldestOpenTurn(): Date | undefined
}>

/** Nobody's answer waits longer for a look at the database's lock, in ms. */
const probeBusyMs = 50

export function createVitals(db: Database): Vitals {
  const oldest = db.prepare<[], number | null>(`SELECT min(begun_at) FROM turn WHERE state = 'answering'`).pluck()
  // SQLite writes the page of the version whatever was there before: it takes the lock, and room in the log.
  const rewrite = db.transaction(() => {
    db.pragma(`user_version = ${Number(db.pragma('user_version', { simple: true }))}`)
  })
  return {
    probe() {
      const usual = Number(db.pragma('busy_timeout', { simple: true }))
      db.pragma(`busy_timeout = ${probeBusyMs}`)
      try {
        rewrite.immediate()
      } finally {
        db.pragma(`busy_timeout = ${usual}`)
      }
    },
    oldestOpenTurn() {
      const at = oldest.get()
      return at == null ? undefined : new Date(at)
    },
  }
}
