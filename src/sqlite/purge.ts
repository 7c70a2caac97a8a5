import type { Database } from 'better-sqlite3'
import type { Unlearn } from './unlearn.ts'

/** For all that is there, whenever it came. */
export const always = Number.MAX_SAFE_INTEGER

/** As many bytes as before, or the row would move. */
export const blank = 'substr(hex(zeroblob(octet_length(text))), 1, octet_length(text))'

// When it reached us, by our clock: the platform's may go differently. An event that retention has dropped is old enough.
const received = 'coalesce((SELECT received_at FROM event WHERE event.key = message.event_key), 0)'

/**
 * What was said, and the answers to it with the messages that showed them, and what was learnt from either. Events stay: they hold keys, no words, and keep
 * a late repeat from finding its way back in. Who calls it has a transaction open.
 */
export function createPurge(db: Database, unlearn: Unlearn, now: () => Date) {
  const ids = (sql: string) => db.prepare<{ key: string; until: number }, number>(sql).pluck()
  const newest = (sql: string) => db.prepare<{ key: string }, number | null>(sql).pluck()
  const questionsOfPerson = ids(
    `SELECT message.id FROM person JOIN message ON message.person_id = person.id
     WHERE person.key = :key AND message.role = 'person' AND ${received} <= :until`,
  )
  const questionsOfConversation = ids(
    `SELECT message.id FROM conversation JOIN message ON message.conversation_id = conversation.id
     WHERE conversation.key = :key AND message.role = 'person' AND ${received} <= :until`,
  )
  const question = ids('SELECT id FROM message WHERE key = :key AND :until >= 0')
  const turnShownIn = ids(
    `SELECT turn_id FROM reply_part WHERE message_key = :key AND :until >= 0
     UNION ALL SELECT turn_id FROM superseded_part WHERE message_key = :key AND :until >= 0`,
  )
  // A session has the platform's times: by those it may lie behind all that was forgotten.
  const dropSessions = {
    person: db.prepare<{ key: string }>(
      `DELETE FROM session WHERE person_id = (SELECT id FROM person WHERE key = :key)
         AND NOT EXISTS (SELECT 1 FROM message WHERE message.person_id = session.person_id)
         AND NOT EXISTS (SELECT 1 FROM observer_job WHERE observer_job.session_id = session.id)`,
    ),
    conversation: db.prepare<{ key: string }>(
      `DELETE FROM session WHERE conversation_id = (SELECT id FROM conversation WHERE key = :key)
         AND NOT EXISTS (SELECT 1 FROM message WHERE message.conversation_id = session.conversation_id)
         AND NOT EXISTS (SELECT 1 FROM observer_job WHERE observer_job.session_id = session.id)`,
    ),
  }
  const dropOwn = ['talk', 'signed_in'].map(table =>
    db.prepare<{ key: string }>(`DELETE FROM ${table} WHERE person_key = :key`),
  )
  const dropTalk = db.prepare<{ key: string }>('DELETE FROM talk WHERE key = :key')
  const dropPerson = db.prepare<{ key: string }>(
    `DELETE FROM person WHERE key = :key
       AND NOT EXISTS (SELECT 1 FROM message WHERE message.person_id = person.id)
       AND NOT EXISTS (SELECT 1 FROM turn WHERE turn.asker_id = person.id)
       AND NOT EXISTS (SELECT 1 FROM learning_scope WHERE learning_scope.person_id = person.id)`,
  )
  const dropConversation = db.prepare<{ key: string }>(
    `DELETE FROM conversation WHERE key = :key
       AND NOT EXISTS (SELECT 1 FROM message WHERE message.conversation_id = conversation.id)
       AND NOT EXISTS (SELECT 1 FROM turn WHERE turn.conversation_id = conversation.id)`,
  )
  const newestOf = {
    person: newest(
      `SELECT max(${received}) FROM person JOIN message ON message.person_id = person.id WHERE person.key = :key`,
    ),
    conversation: newest(
      `SELECT max(${received}) FROM conversation JOIN message ON message.conversation_id = conversation.id
       WHERE conversation.key = :key`,
    ),
    message: newest(`SELECT ${received} FROM message WHERE key = :key`),
  }
  // Of answers that outlived their words nothing but what people thought of them is left.
  const wordless = (owner: string) =>
    ids(
      `SELECT id FROM turn WHERE ${owner} AND closed_at <= :until
         AND NOT EXISTS (SELECT 1 FROM message WHERE message.turn_id = turn.id)`,
    )
  const wordlessOfPerson = wordless('asker_id = (SELECT id FROM person WHERE key = :key)')
  const wordlessOfConversation = wordless('conversation_id = (SELECT id FROM conversation WHERE key = :key)')
  const someOfConversation = db
    .prepare<{ key: string; until: number; most: number }, number>(
      `SELECT message.id FROM conversation JOIN message ON message.conversation_id = conversation.id
       WHERE conversation.key = :key AND message.role = 'person' AND ${received} <= :until LIMIT :most`,
    )
    .pluck()
  // Before what the account is known by: the links tell in which other answers that was used.
  const dropLinks = [
    'DELETE FROM link WHERE (account = :key OR peer = :key) AND linked_at <= :until',
    'DELETE FROM link_code WHERE (account = :key OR other = :key) AND :until >= 0',
  ].map(sql => db.prepare<{ key: string; until: number }>(sql))
  const drop = createDrop(db, key => unlearn.source(key, now()))

  return {
    /** What a person said anywhere until then, the answers to it, their links, and the person, if nothing is left. */
    person(key: string, until: number): void {
      for (const statement of dropLinks) statement.run({ key, until })
      // All at once, before the messages: taking back what each of them taught would make everything anew as often.
      unlearn.person(key, until, now())
      drop(questionsOfPerson.all({ key, until }))
      drop([], wordlessOfPerson.all({ key, until }))
      dropSessions.person.run({ key })
      dropPerson.run({ key })
      for (const statement of dropOwn) statement.run({ key })
    },
    /** All that was said in a conversation until then. */
    conversation(key: string, until: number): void {
      drop(questionsOfConversation.all({ key, until }))
      drop([], wordlessOfConversation.all({ key, until }))
      unlearn.conversation(key, until)
      dropSessions.conversation.run({ key })
      dropConversation.run({ key })
      dropTalk.run({ key })
    },
    /** So many messages of a conversation at most. Returns how many those were. */
    some(key: string, until: number, most: number): number {
      const questions = someOfConversation.all({ key, until, most })
      drop(questions)
      return questions.length
    },
    /** A message of a person with the answer to it; or, by one of the messages that show it, an answer. */
    message(key: string): void {
      drop(question.all({ key, until: always }), turnShownIn.all({ key, until: always }))
    },
    /** When the newest of it reached us. */
    newest: (kind: keyof typeof newestOf, key: string): number => newestOf[kind].get({ key }) ?? 0,
  }
}

/**
 * Deletes questions, the answers of their turns and of these turns, and of the turns those that nothing is left of. What is
 * deleted is blanked first, in place: rows that move to other pages when others go leave traces that secure_delete does not reach.
 * `keepsOpinions`: of an answer that somebody thinks something of that stays, without any words, so that they can take it back. Who calls it
 * has a transaction open.
 */
export function createDrop(db: Database, unlearn: (message: string) => void, keepsOpinions = false) {
  type Row = { id: number }
  const turnOf = db.prepare<Row, number | null>('SELECT turn_id FROM message WHERE id = :id').pluck()
  const keyOf = db.prepare<Row, string>('SELECT key FROM message WHERE id = :id AND key IS NOT NULL').pluck()
  const shownIn = db
    .prepare<Row, string>(
      `SELECT message_key FROM reply_part WHERE turn_id = :id
       UNION ALL SELECT message_key FROM superseded_part WHERE turn_id = :id`,
    )
    .pluck()
  const ofQuestion = [
    db.prepare<Row>(`UPDATE message SET text = ${blank} WHERE id = :id`),
    db.prepare<Row>('DELETE FROM message WHERE id = :id'),
  ]
  const unrated = keepsOpinions ? 'AND NOT EXISTS (SELECT 1 FROM opinion WHERE turn_id = :id AND is_given = 1)' : ''
  const ofTurn = [
    db.prepare<Row>(`UPDATE message SET text = ${blank} WHERE turn_id = :id AND role = 'aeries'`),
    db.prepare<Row>("DELETE FROM message WHERE turn_id = :id AND role = 'aeries'"),
    db.prepare<Row>(`UPDATE draft SET text = ${blank} WHERE turn_id = :id`),
    db.prepare<Row>('DELETE FROM draft WHERE turn_id = :id'),
    db.prepare<Row>(`DELETE FROM reply_part WHERE turn_id = :id ${unrated}`),
    db.prepare<Row>(`DELETE FROM opinion WHERE turn_id = :id ${unrated}`),
    db.prepare<Row>(`UPDATE superseded SET text = ${blank} WHERE turn_id = :id`),
    db.prepare<Row>('DELETE FROM superseded WHERE turn_id = :id'),
    db.prepare<Row>('DELETE FROM superseded_part WHERE turn_id = :id'),
    db.prepare<Row>('DELETE FROM observer_job WHERE turn_id = :id'),
    db.prepare<Row>(
      `DELETE FROM turn WHERE id = :id AND NOT EXISTS (SELECT 1 FROM message WHERE turn_id = :id) ${unrated}`,
    ),
  ]

  return (questions: readonly number[], turns: readonly number[] = []): void => {
    const answered = new Set([...turns, ...questions.flatMap(id => turnOf.get({ id }) ?? [])])
    for (const id of questions) for (const key of keyOf.all({ id })) unlearn(key)
    for (const id of answered) for (const key of shownIn.all({ id })) unlearn(key)
    for (const id of questions) for (const statement of ofQuestion) statement.run({ id })
    for (const id of answered) for (const statement of ofTurn) statement.run({ id })
  }
}
