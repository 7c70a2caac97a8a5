import Database from 'better-sqlite3'
import type {
  Ledger,
  LedgerJob,
  LedgerPart,
  LedgerSuperseded,
  LedgerSupersededPart,
  LedgerTurn,
  LedgerWords,
} from './ledger.ts'

const turnsSql = `
  SELECT CAST(turn.id AS TEXT) AS id, turn.key, CAST(turn.conversation_id AS TEXT) AS conversation,
    conversation.key AS place, conversation.thread, person.key AS asker, turn.state,
    turn.run, turn.withdrawn
  FROM turn
  LEFT JOIN conversation ON conversation.id = turn.conversation_id
  LEFT JOIN person ON person.id = turn.asker_id
  ORDER BY turn.id`
const wordsSql = `
  SELECT CAST(id AS TEXT) AS id, CAST(conversation_id AS TEXT) AS conversation, role, CAST(turn_id AS TEXT) AS turn,
    event_key AS event, key, said_at AS saidAt, CAST(ordinal AS TEXT) AS ordinal, text
  FROM message ORDER BY conversation_id, ordinal, id`
const partsSql =
  'SELECT CAST(turn_id AS TEXT) AS turn, part, message_key AS message FROM reply_part ORDER BY turn_id, part'

const supersededSql =
  'SELECT CAST(turn_id AS TEXT) AS turn, run, in_place AS inPlace, text FROM superseded ORDER BY turn_id, run'
const supersededPartsSql =
  'SELECT CAST(turn_id AS TEXT) AS turn, run, part, message_key AS message FROM superseded_part ORDER BY turn_id, run, part'

const learntSql = 'SELECT message_key FROM signal UNION SELECT message_key FROM evidence'
const doubledSql = `
  SELECT format('%s %s %s of %s, %d times', kind, key, value, message_key, count(*))
  FROM signal JOIN learning_scope ON learning_scope.id = scope_id
  WHERE source = message_key GROUP BY person_id, message_key, kind, key, value HAVING count(*) > 1
  UNION ALL
  SELECT format('%s %s of %s, %d times', slot, value, message_key, count(*))
  FROM evidence JOIN learning_scope ON learning_scope.id = scope_id
  GROUP BY person_id, message_key, slot, value HAVING count(*) > 1
  UNION ALL
  SELECT format('%s %s counts %d times and was told %d times', key, value, counted, told)
  FROM (SELECT scope_id, key, value, sum(count) AS counted FROM aggregate GROUP BY scope_id, key, value)
  JOIN (SELECT scope_id, key, value, count(*) AS told FROM signal WHERE is_counted = 1 AND weight <> 0
    GROUP BY scope_id, key, value) USING (scope_id, key, value)
  WHERE counted <> told`

const opinionsSql = `
  SELECT format('%s %s %s', opinion.message_key, person.key, opinion.sign)
  FROM opinion JOIN person ON person.id = opinion.person_id WHERE opinion.is_given = 1`

/** Reads the whole ledger with plain SQL, and lets SQLite check its file. */
export function readLedger(path: string): Ledger {
  const db = new Database(path, { readonly: true, fileMustExist: true })
  try {
    const words = db.prepare<[], Omit<LedgerWords, 'ordinal'> & { ordinal: string }>(wordsSql).all()
    const events = db.prepare<[], [string, number]>('SELECT key, received_at FROM event').raw().all()
    return {
      turns: db.prepare<[], LedgerTurn>(turnsSql).all(),
      words: words.map(one => ({ ...one, ordinal: BigInt(one.ordinal) })),
      parts: db.prepare<[], LedgerPart>(partsSql).all(),
      drafts: db.prepare<[], string>('SELECT CAST(turn_id AS TEXT) FROM draft').pluck().all(),
      events: new Map(events),
      jobs: db.prepare<[], LedgerJob>('SELECT CAST(turn_id AS TEXT) AS turn, state, reason FROM observer_job').all(),
      learntFrom: new Set(db.prepare<[], string>(learntSql).pluck().all()),
      doubled: db.prepare<[], string>(doubledSql).pluck().all(),
      opinions: new Set(db.prepare<[], string>(opinionsSql).pluck().all()),
      superseded: db.prepare<[], LedgerSuperseded>(supersededSql).all(),
      supersededParts: db.prepare<[], LedgerSupersededPart>(supersededPartsSql).all(),
      removals: db.prepare<[], string>('SELECT message_key FROM removal').pluck().all(),
      damages: damagesOf(db),
    }
  } finally {
    db.close()
  }
}

function damagesOf(db: Database.Database): readonly string[] {
  const integrity = db.prepare<[], string>('PRAGMA integrity_check').pluck().all()
  const strays = db.prepare<[], { table: string; rowid: number; parent: string }>('PRAGMA foreign_key_check').all()
  return [
    ...integrity.filter(words => words !== 'ok'),
    ...strays.map(({ table, rowid, parent }) => `row ${rowid} of ${table} points at no ${parent}`),
  ]
}
