import type { Database } from 'better-sqlite3'

/** Since when words of a platform may be missing. */
export function createGaps(db: Database) {
  const note = db.prepare<{ platform: string; since: number }>(
    `INSERT INTO missed (platform, since) VALUES (:platform, :since)
     ON CONFLICT (platform) DO UPDATE SET since = min(since, :since)`,
  )
  const fill = db.prepare<{ platform: string }>('DELETE FROM missed WHERE platform = :platform')
  const find = db.prepare<{ platform: string }, number>('SELECT since FROM missed WHERE platform = :platform').pluck()

  return {
    note(platform: string, since: Date): void {
      note.run({ platform, since: since.getTime() })
    },
    fill(platform: string): void {
      fill.run({ platform })
    },
    since(platform: string): Date | undefined {
      const since = find.get({ platform })
      return since === undefined ? undefined : new Date(since)
    },
  }
}
