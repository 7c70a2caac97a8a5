import type { Database } from 'better-sqlite3'
import type { TurnId } from '#src/core/ids.ts'
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
  // One statement, since it is run for each word of each reply.
  const put = db.prepare<{ turn: TurnId; text: string; outcome: TurnOutcome | null; note: string | null }>(
    `INSERT INTO draft (turn_id, text, outcome, note)
     SELECT id, :text, :outcome, :note FROM turn WHERE key = :turn AND state = 'answering'
     ON CONFLICT (turn_id) DO UPDATE SET text = excluded.text, outcome = excluded.outcome, note = excluded.note`,
  )
  const drop = db.prepare<{ turn: number }>('DELETE FROM draft WHERE turn_id = :turn')

  return {
    /** False when there is no such turn that is open. */
    put(turn: TurnId, { text, end }: Draft): boolean {
      return put.run({ turn, text, outcome: end?.outcome ?? null, note: end?.note ?? null }).changes === 1
    },
    drop(turn: number): void {
      drop.run({ turn })
    },
  }
}
