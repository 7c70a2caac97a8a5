import type { Database } from 'better-sqlite3'

export type Heard = ReturnType<typeof createHeard>

/** How far each platform was heard, by its own clock. */
export function createHeard(db: Database) {
  const put = db.prepare<{ platform: string; at: number }>(
    `INSERT INTO heard (platform, said_at) VALUES (:platform, :at)
     ON CONFLICT (platform) DO UPDATE SET said_at = :at WHERE :at > said_at`,
  )
  const find = db.prepare<{ platform: string }, number>('SELECT said_at FROM heard WHERE platform = :platform').pluck()

  return {
    put(platform: string, at: Date): void {
      put.run({ platform, at: at.getTime() })
    },
    until(platform: string): Date | undefined {
      const at = find.get({ platform })
      return at === undefined ? undefined : new Date(at)
    },
  }
}
