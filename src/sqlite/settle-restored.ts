import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import { nextIdIn } from './side-by-side.ts'

/** Who asked longer ago than that waits for no answer any more, in ms. */
const patienceMs = 15 * 60_000

/** What the database that a backup replaces had come to: up to when it heard each platform, and what it left open. */
export type LastState = Readonly<{
  heardUntil: ReadonlyMap<string, number>
  openTurns: ReadonlySet<string>
  waiting: ReadonlySet<string>
}>

/** `undefined`: there is none, or nobody can read it. */
export function readLastState(file: string): LastState | undefined {
  if (!existsSync(file)) return undefined
  try {
    const db = new Database(file, { readonly: true, fileMustExist: true })
    try {
      const keys = (sql: string) => new Set(db.prepare<[], string>(sql).pluck().all())
      const heard = db
        .prepare<[], { platform: string; until: number }>(
          `SELECT platform, coalesce((SELECT since FROM missed WHERE missed.platform = conversation.platform), max(heard_at)) AS until
           FROM conversation GROUP BY platform`,
        )
        .all()
      return {
        heardUntil: new Map(heard.map(({ platform, until }) => [platform, until])),
        openTurns: keys("SELECT key FROM turn WHERE state = 'answering'"),
        waiting: keys('SELECT event_key FROM message WHERE turn_id IS NULL'),
      }
    } finally {
      db.close()
    }
  } catch {
    // What brings a backup back is often that this one is damaged.
    return undefined
  }
}

/**
 * A backup takes for open, and for the last that was heard, what was so when it was made. The database that it replaces has
 * gone on from there: what that one closed is not written once more, over answers that are whole by now, and what that one
 * heard was not missed. Where nobody knows, only what is recent may still be waited for.
 */
export function settleRestored(db: Database.Database, last: LastState | undefined, now: Date): void {
  const at = now.getTime()
  const recent = at - patienceMs
  const isOpen = (known: ReadonlySet<string> | undefined, key: string, ordinal: number) =>
    known === undefined ? ordinal >= recent * 1_000 : known.has(key)
  db.transaction(() => {
    closeTurns(db, at, (key, ordinal) => isOpen(last?.openTurns, key, ordinal))
    closeWaiting(db, at, (key, ordinal) => isOpen(last?.waiting, key, ordinal))
    db.exec('DELETE FROM missed')
    const platforms = db.prepare<[], string>('SELECT DISTINCT platform FROM conversation').pluck().all()
    const hear = db.prepare<{ platform: string; until: number }>(
      `UPDATE conversation SET heard_at = :until
       WHERE id = (SELECT id FROM conversation WHERE platform = :platform ORDER BY heard_at DESC LIMIT 1) AND heard_at < :until`,
    )
    for (const platform of platforms) hear.run({ platform, until: last?.heardUntil.get(platform) ?? recent })
  }).immediate()
}

type Open = Readonly<{ id: number; key: string; ordinal: number }>

function closeTurns(db: Database.Database, at: number, isOpen: (key: string, ordinal: number) => boolean): void {
  const close = db.prepare<{ id: number; at: number }>(
    "UPDATE turn SET state = 'failed', closed_at = :at WHERE id = :id",
  )
  const drop = db.prepare<{ id: number }>('DELETE FROM draft WHERE turn_id = :id')
  for (const { id, key, ordinal } of db
    .prepare<[], Open>("SELECT id, key, ordinal FROM turn WHERE state = 'answering'")
    .all()) {
    if (isOpen(key, ordinal)) continue
    close.run({ id, at })
    drop.run({ id })
  }
}

function closeWaiting(db: Database.Database, at: number, isOpen: (key: string, ordinal: number) => boolean): void {
  type Waiting = Open & Readonly<{ conversation: number; person: number }>
  const waiting = db.prepare<[], Waiting>(
    'SELECT id, event_key AS key, ordinal, conversation_id AS conversation, person_id AS person FROM message WHERE turn_id IS NULL',
  )
  const begin = db
    .prepare<{ conversation: number; person: number; ordinal: number; at: number }, number>(
      `INSERT INTO turn (id, conversation_id, asker_id, state, ordinal, begun_at, closed_at)
       VALUES (${nextIdIn('turn')}, :conversation, :person, 'failed', :ordinal, :at, :at) RETURNING id`,
    )
    .pluck()
  const take = db.prepare<{ id: number; turn: number }>('UPDATE message SET turn_id = :turn WHERE id = :id')
  for (const { id, key, ordinal, conversation, person } of waiting.all()) {
    if (isOpen(key, ordinal)) continue
    const turn = begin.get({ conversation, person, ordinal, at })
    if (turn !== undefined) take.run({ id, turn })
  }
}
