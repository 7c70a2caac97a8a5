import type { Database } from 'better-sqlite3'
import type { EventKey } from '#src/core/ids.ts'

export type Events = ReturnType<typeof createEvents>

export function createEvents(db: Database) {
  const insert = db.prepare<{ key: string; at: number }>(
    'INSERT INTO event (key, received_at) VALUES (:key, :at) ON CONFLICT DO NOTHING',
  )

  return {
    /** Takes an event in, once: false for every repeat. */
    take(key: EventKey, at: Date): boolean {
      return insert.run({ key, at: at.getTime() }).changes === 1
    },
  }
}
