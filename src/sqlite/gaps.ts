import type { Database } from 'better-sqlite3'
import type { PlaceRead } from '#src/core/platform.ts'

/** Since when words of a platform may be missing, and how far they were read meanwhile. */
export function createGaps(db: Database) {
  const note = db.prepare<{ platform: string; since: number }>(
    `INSERT INTO missed (platform, since) VALUES (:platform, :since)
     ON CONFLICT (platform) DO UPDATE SET since = min(since, :since)`,
  )
  const fill = db.prepare<{ platform: string }>('DELETE FROM missed WHERE platform = :platform')
  const read = db.prepare<{ platform: string; place: string; until: number }>(
    `INSERT INTO place_read (platform, place, until) SELECT platform, :place, :until FROM missed WHERE platform = :platform
     ON CONFLICT (platform, place) DO UPDATE SET until = max(until, excluded.until)`,
  )
  const readUntil = db.prepare<{ platform: string }, { place: string; until: number }>(
    'SELECT place, until FROM place_read WHERE platform = :platform',
  )
  const find = db.prepare<{ platform: string }, number>('SELECT since FROM missed WHERE platform = :platform').pluck()

  return {
    note(platform: string, since: Date): void {
      note.run({ platform, since: since.getTime() })
    },
    read(platform: string, { place, until }: Pick<PlaceRead, 'place' | 'until'>): void {
      read.run({ platform, place, until: until.getTime() })
    },
    readUntil(platform: string): ReadonlyMap<string, Date> {
      return new Map(readUntil.all({ platform }).map(({ place, until }) => [place, new Date(until)]))
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
