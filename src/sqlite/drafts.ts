import type { Database } from 'better-sqlite3'

export type Drafts = ReturnType<typeof createDrafts>

/** Replies of open turns as they grow. */
export function createDrafts(db: Database) {
  const put = db.prepare<{ turn: number; text: string }>(
    'INSERT INTO draft (turn_id, text) VALUES (:turn, :text) ON CONFLICT (turn_id) DO UPDATE SET text = :text',
  )
  const drop = db.prepare<{ turn: number }>('DELETE FROM draft WHERE turn_id = :turn')

  return {
    put(turn: number, text: string): void {
      put.run({ turn, text })
    },
    drop(turn: number): void {
      drop.run({ turn })
    },
  }
}
