import type { Database } from 'better-sqlite3'
import type { Slot } from '#src/core/claim.ts'
import type { Forget } from '#src/core/forget.ts'
import type { PersonId } from '#src/core/ids.ts'
import { conversationOf } from '#src/core/place.ts'
import type { Asked } from '#src/core/turn.ts'
import type { Forgotten } from './forgotten.ts'
import { linkTombstone } from './links.ts'
import { always, createPurge } from './purge.ts'
import { keyTombstone, traitTombstones } from './tombstones.ts'
import type { UnitOfWork } from './unit-of-work.ts'
import { createLearningRows, createUnlearn, type Unlearn } from './unlearn.ts'

type Parts = Readonly<{
  unit: UnitOfWork
  forgotten: Forgotten
  now: () => Date
  /** Has the write-ahead log emptied: what was deleted stands in it. */
  emptyLog(): void
}>

/** Nothing of it stands in the database's files any more. */
export function createForget(db: Database, { unit, forgotten, now, emptyLog }: Parts): Forget {
  const purge = createPurge(db, createUnlearn(db, createLearningRows(db)), now)

  /** Written down first: after a crash in between, the list says more than the database, never less. */
  function forget(kind: 'person' | 'conversation' | 'message', id: string, take: () => void): void {
    // Never before what is forgotten came, should our clock have been set back since.
    const until = new Date(Math.max(now().getTime(), purge.newest(kind, id)))
    forgotten.add(kind, id, until)
    unit(take)()
    emptyLog()
  }

  return {
    person: id => forget('person', id, () => purge.person(id, always)),
    conversation: id => forget('conversation', id, () => purge.conversation(id, always)),
    message: id => forget('message', id, () => purge.message(id)),
  }
}

/** A platform delivers what it just heard within seconds; later than that after it was said, it is a repeat. In ms. */
const repeatAfterMs = 60_000

/**
 * Whether this was forgotten before and comes once more: from a platform that repeats itself, or because the database that
 * is used now is a backup, which knows no event that came after it.
 */
export function wasForgotten(forgotten: Forgotten, { message, person, place, at }: Asked, now: Date): boolean {
  if (forgotten.count() === 0) return false
  if (forgotten.until('message', message.id) !== undefined) return true
  if (now.getTime() - at.getTime() < repeatAfterMs) return false
  const until = [forgotten.until('person', person.id), forgotten.until('conversation', conversationOf(place))]
  return until.some(time => time !== undefined && at <= time)
}

/** Takes out of a database that comes from a backup all that the list names. Returns how much of each kind it found. */
export function replayForgotten(
  db: Database,
  forgotten: Forgotten,
): Readonly<Record<'person' | 'conversation' | 'message', number>> {
  const rows = createLearningRows(db)
  const unlearn = createUnlearn(db, rows)
  // What a brief of before the restore showed is nowhere any more.
  const purge = createPurge(db, unlearn, () => new Date(0))
  const keys = (sql: string) => db.prepare<[], string>(sql).pluck().all()
  const found = (kind: 'person' | 'conversation' | 'message', sql: string) => {
    if (forgotten.count(kind) === 0) return []
    return keys(sql).flatMap(key => {
      const until = forgotten.until(kind, key)
      return until === undefined ? [] : [{ key, until: until.getTime() }]
    })
  }
  const replay = db.transaction(() => {
    const person = found('person', 'SELECT key FROM person')
    const conversation = found('conversation', 'SELECT key FROM conversation')
    const message = found(
      'message',
      'SELECT key FROM message WHERE key IS NOT NULL UNION ALL SELECT message_key FROM reply_part',
    )
    for (const { key, until } of person) purge.person(key, until)
    for (const { key, until } of conversation) purge.conversation(key, until)
    for (const { key } of message) purge.message(key)
    if (forgotten.count('trait') > 0) forgetTraits(db, forgotten, unlearn)
    settleLinks(db, forgotten)
    return { person: person.length, conversation: conversation.length, message: message.length }
  })
  return replay.immediate()
}

/** Links that were ended are; of the others facts are used once both sides say so anew, since one may have taken it back. Codes are over. */
function settleLinks(db: Database, forgotten: Forgotten): void {
  type Row = { id: number; account: string; peer: string; linked_at: number }
  const links = db.prepare<[], Row>('SELECT id, account, peer, linked_at FROM link').all()
  const drop = db.prepare<{ id: number }>('DELETE FROM link WHERE id = :id')
  for (const { id, account, peer, linked_at } of links) {
    const until = forgotten.until('link', linkTombstone(account, peer))
    if (until !== undefined && linked_at <= until.getTime()) drop.run({ id })
  }
  db.exec('UPDATE link SET gives_facts = 0; DELETE FROM link_code')
}

/** Whatever a tombstone stands for that was said before it. */
function forgetTraits(db: Database, forgotten: Forgotten, unlearn: Unlearn): void {
  type Row = { id: number; person: PersonId; slot: Slot; value: string; head: string; said_at: number }
  const evidence = db
    .prepare<[], Row>(
      `SELECT evidence.id, person.key AS person, slot, value, head, said_at FROM evidence
       JOIN learning_scope ON learning_scope.id = scope_id JOIN person ON person.id = learning_scope.person_id`,
    )
    .all()
  const isForgotten = ({ person, slot, value, head, said_at }: Row) =>
    traitTombstones(person, { slot, value, head: head === '' ? [] : head.split(' ') }).some(id => {
      const until = forgotten.until('trait', id)
      return until !== undefined && said_at <= until.getTime()
    })
  const gone = evidence.filter(isForgotten)
  unlearn.take(gone.map(({ id }) => id))
  type KeyRow = { scope: number; person: PersonId; key: string }
  const keys = db
    .prepare<[], KeyRow>(
      `SELECT DISTINCT scope_id AS scope, person.key AS person, signal.key FROM signal
       JOIN learning_scope ON learning_scope.id = scope_id JOIN person ON person.id = learning_scope.person_id`,
    )
    .all()
  for (const { scope, person, key } of keys) {
    const until = forgotten.until('trait', keyTombstone(person, key))
    if (until !== undefined) unlearn.key(scope, key, until)
  }
}
