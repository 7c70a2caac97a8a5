import type { Database } from 'better-sqlite3'
import type { MessageId, TurnId } from '#src/core/ids.ts'
import type { Removal, SupersedeCause } from '#src/core/revisions.ts'
import type { TurnOutcome } from '#src/core/turn.ts'
import { type PlaceColumns, placeColumns, placeOf } from './conversations.ts'
import { blank } from './purge.ts'

export type TurnRow = Readonly<{
  id: number
  key: string
  conversation: number
  person: number
  ordinal: number
  run: number
  state: TurnOutcome | 'answering'
  note: string | null
  closed_at: number | null
  withdrawn: number
  /** Of its reply, if it has words in the transcript. */
  text: string | null
}>

export type SupersededRow = Readonly<{
  run: number
  cause: SupersedeCause
  in_place: number
  outcome: TurnOutcome
  note: string | null
  text: string
}>

/** The statements behind `Revisions`. Who calls them has a transaction open. */
export function createRevisionRows(db: Database) {
  type Id = { id: number }
  const turnColumns = `turn.id, turn.key, turn.conversation_id AS conversation, turn.asker_id AS person, turn.ordinal, turn.run,
    turn.state, turn.note, turn.closed_at, turn.withdrawn,
    (SELECT text FROM message WHERE message.turn_id = turn.id AND role = 'aeries') AS text`
  const find = db.prepare<{ key: string }, TurnRow>(`SELECT ${turnColumns} FROM turn WHERE key = :key`)
  const about = db.prepare<{ message: string }, TurnRow>(
    `SELECT ${turnColumns} FROM turn WHERE id = coalesce(
       (SELECT turn_id FROM reply_part WHERE message_key = :message),
       (SELECT turn_id FROM superseded_part WHERE message_key = :message),
       (SELECT turn_id FROM message WHERE key = :message)
     )`,
  )
  const later = (whose: string) =>
    db
      .prepare<Pick<TurnRow, 'id' | 'conversation' | 'person'>, number>(
        `SELECT EXISTS (SELECT 1 FROM turn INDEXED BY turn_of_conversation
           WHERE conversation_id = :conversation AND id > :id AND withdrawn = 0 AND is_overheard = 0${whose})`,
      )
      .pluck()
  const hasLater = later('')
  const hasLaterOfAsker = later(' AND asker_id = :person')
  const open = db.prepare<Id>(
    "UPDATE turn SET state = 'answering', closed_at = NULL, note = NULL, run = run + 1 WHERE id = :id",
  )
  const withdraw = db.prepare<{ id: number; at: number }>(
    `UPDATE turn SET withdrawn = 1, note = NULL, closed_at = coalesce(closed_at, :at),
       state = CASE state WHEN 'answering' THEN 'stopped' ELSE state END WHERE id = :id`,
  )
  const dropReply = [
    `UPDATE message SET text = ${blank} WHERE turn_id = :id AND role = 'aeries'`,
    "DELETE FROM message WHERE turn_id = :id AND role = 'aeries'",
    `UPDATE draft SET text = ${blank} WHERE turn_id = :id`,
    'DELETE FROM draft WHERE turn_id = :id',
  ].map(sql => db.prepare<Id>(sql))
  const dropJob = db.prepare<Id>('DELETE FROM observer_job WHERE turn_id = :id')
  const dropOpinions = db.prepare<Id>('DELETE FROM opinion WHERE turn_id = :id')
  const carryOpinions = db.prepare<{ id: number; run: number }>(
    'UPDATE opinion SET run = (SELECT run FROM turn WHERE id = :id) WHERE turn_id = :id AND run = :run',
  )
  const unlearnt = db.prepare<Id>('UPDATE turn SET unlearnt = 1 WHERE id = :id')
  const keep = db.prepare<SupersededRow & Id>(
    `INSERT INTO superseded (turn_id, run, cause, in_place, outcome, note, text)
     VALUES (:id, :run, :cause, :in_place, :outcome, :note, :text)`,
  )
  const kept = db.prepare<Id, SupersededRow>(
    'SELECT run, cause, in_place, outcome, note, text FROM superseded WHERE turn_id = :id ORDER BY run DESC LIMIT 1',
  )
  const ofOldWords = db.prepare<Id>("UPDATE superseded SET cause = 'edit' WHERE turn_id = :id")
  const ofRun = [
    `UPDATE superseded SET text = ${blank} WHERE turn_id = :id AND run = :run`,
    'DELETE FROM superseded WHERE turn_id = :id AND run = :run',
    'DELETE FROM superseded_part WHERE turn_id = :id AND run = :run',
  ].map(sql => db.prepare<{ id: number; run: number }>(sql))
  const setAside = [
    `INSERT INTO superseded_part (message_key, turn_id, run, part)
     SELECT message_key, turn_id, :run, part FROM reply_part WHERE turn_id = :id`,
    'DELETE FROM reply_part WHERE turn_id = :id',
  ]
  const takeBack = [
    `INSERT OR REPLACE INTO reply_part (turn_id, part, message_key)
     SELECT turn_id, part, message_key FROM superseded_part WHERE turn_id = :id AND run = :run`,
    'DELETE FROM superseded_part WHERE turn_id = :id AND run = :run',
  ]
  const moveParts = (steps: readonly string[]) => {
    const statements = steps.map(sql => db.prepare<{ id: number; run: number }>(sql))
    return (id: number, run: number) => {
      for (const statement of statements) statement.run({ id, run })
    }
  }
  const supersededIn = db.prepare<{ message: string }, { id: number; run: number }>(
    'SELECT turn_id AS id, run FROM superseded_part WHERE message_key = :message',
  )
  const removeAll = {
    parts: [
      `INSERT OR IGNORE INTO removal (message_key, conversation_id)
       SELECT message_key, turn.conversation_id FROM reply_part JOIN turn ON turn.id = turn_id WHERE turn_id = :id`,
      'DELETE FROM reply_part WHERE turn_id = :id',
    ].map(sql => db.prepare<Id>(sql)),
    superseded: db.prepare<Id>(
      `INSERT OR IGNORE INTO removal (message_key, conversation_id)
       SELECT message_key, turn.conversation_id FROM superseded_part JOIN turn ON turn.id = turn_id WHERE turn_id = :id`,
    ),
    run: db.prepare<{ id: number; run: number }>(
      `INSERT OR IGNORE INTO removal (message_key, conversation_id)
       SELECT message_key, turn.conversation_id FROM superseded_part JOIN turn ON turn.id = turn_id
       WHERE turn_id = :id AND superseded_part.run = :run`,
    ),
  }
  const dropPart = db.prepare<{ message: string }>('DELETE FROM reply_part WHERE message_key = :message')
  const remove = db.prepare<{ message: string; conversation: number }>(
    'INSERT OR IGNORE INTO removal (message_key, conversation_id) VALUES (:message, :conversation)',
  )
  const removed = db.prepare<{ message: string }>('DELETE FROM removal WHERE message_key = :message')
  const removals = db.prepare<{ platform: string }, PlaceColumns & { message_key: string }>(
    `SELECT message_key, ${placeColumns} FROM removal CROSS JOIN conversation ON conversation.id = conversation_id
     WHERE platform = :platform`,
  )
  const correct = db.prepare<{ message: string; person: string; text: string }>(
    `UPDATE message SET text = :text WHERE key = :message AND role = 'person' AND text <> :text
       AND person_id = (SELECT id FROM person WHERE key = :person)`,
  )

  return {
    find: (turn: TurnId) => find.get({ key: turn }),
    about: (message: MessageId) => about.get({ message }),
    isNewest: (turn: TurnRow) => hasLater.get(turn) === 0,
    isNewestOfAsker: (turn: TurnRow) => hasLaterOfAsker.get(turn) === 0,
    /** For another run. */
    open: (id: number) => open.run({ id }),
    /** With what people thought of its reply. */
    withdraw(id: number, at: Date): void {
      withdraw.run({ id, at: at.getTime() })
      dropOpinions.run({ id })
    },
    dropReply(id: number): void {
      for (const statement of dropReply) statement.run({ id })
    },
    /** What was still to be learnt is left to the next reply. */
    putOffLearning(id: number): void {
      if (dropJob.run({ id }).changes > 0) unlearnt.run({ id })
    },
    dropJob: (id: number) => dropJob.run({ id }),
    dropOpinions: (id: number) => dropOpinions.run({ id }),
    /** The turn has the reply of that run again, and what people think of it. */
    carryOpinions: (id: number, run: number) => carryOpinions.run({ id, run }),
    unlearnt: (id: number) => unlearnt.run({ id }),
    keep: (id: number, row: SupersededRow) => keep.run({ ...row, id }),
    kept: (id: number) => kept.get({ id }),
    /** What answered the question as it was before is brought back by nobody who takes their 🔁 back. */
    ofOldWords: (id: number) => ofOldWords.run({ id }),
    setAside: moveParts(setAside),
    takeBack: moveParts(takeBack),
    dropSuperseded(id: number, run: number): void {
      for (const statement of ofRun) statement.run({ id, run })
    },
    dropAllSuperseded(id: number): void {
      for (let row = kept.get({ id }); row; row = kept.get({ id })) this.dropSuperseded(id, row.run)
    },
    supersededIn: (message: MessageId) => supersededIn.get({ message }),
    removeParts(id: number): void {
      for (const statement of removeAll.parts) statement.run({ id })
    },
    removeSuperseded: (id: number) => removeAll.superseded.run({ id }),
    removeRun: (id: number, run: number) => removeAll.run.run({ id, run }),
    dropPart: (message: MessageId) => dropPart.run({ message }),
    remove: (message: MessageId, conversation: number) => remove.run({ message, conversation }),
    removed: (message: MessageId) => removed.run({ message }),
    removals: (platform: string): readonly Removal[] =>
      removals.all({ platform }).map(row => ({ place: placeOf(row), message: row.message_key as MessageId })),
    correct: (message: MessageId, person: string, text: string) => correct.run({ message, person, text }).changes === 1,
  }
}
