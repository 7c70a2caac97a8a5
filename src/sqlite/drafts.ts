import type { Database } from 'better-sqlite3'
import type { TurnOutcome } from '#src/core/turn.ts'
import type { Draft } from '#src/core/turns.ts'

export type DraftColumns = Readonly<{ draft: string | null; outcome: TurnOutcome | null; note: string | null }>

/** A draft's columns in a join with `draft`, for `draftOf`. */
export const draftColumns = 'draft.text AS draft, draft.outcome, draft.note'

export function draftOf({ draft, outcome, note }: DraftColumns): Draft | undefined {
  if (draft === null) return undefined
  return { text: draft, end: outcome === null ? undefined : { outcome, note: note ?? undefined } }
}

export type Drafts = ReturnType<typeof createDrafts>

/** Replies of open turns as they grow. */
export function createDrafts(db: Database) {
  const put = db.prepare<{ turn: number; text: string; outcome: TurnOutcome | null; note: string | null }>(
    'INSERT OR REPLACE INTO draft (turn_id, text, outcome, note) VALUES (:turn, :text, :outcome, :note)',
  )
  const drop = db.prepare<{ turn: number }>('DELETE FROM draft WHERE turn_id = :turn')

  return {
    put(turn: number, { text, end }: Draft): void {
      put.run({ turn, text, outcome: end?.outcome ?? null, note: end?.note ?? null })
    },
    drop(turn: number): void {
      drop.run({ turn })
    },
  }
}
