import type { Database } from 'better-sqlite3'
import type { ClaimKind, Slot } from '#src/core/claim.ts'
import type { Statement } from '#src/core/lesson.ts'
import { groupOf, type Testimony } from '#src/core/settle-traits.ts'

type Written = Readonly<{
  scope: number
  slot: Slot
  group: Slot
  kind: ClaimKind
  polarity: number
  message: string
  session: number
  said: number
  written: number
  weight: number
  halfLife: number | null
  lasts: number | null
  start: number
  value: string
  quote: string
  head: string
  terms: string
}>

type Row = Readonly<{
  id: number
  kind: ClaimKind
  slot: Slot
  value: string
  polarity: 1 | -1
  said_at: number
  weight: number
  half_life: number | null
  lasts: number | null
  head: string
  terms: string
}>

export type Group = Readonly<{ scope: number; group: Slot }>

type GroupRow = Readonly<{ scope_id: number; slot_group: Slot }>

/** As many bytes as before, or the row would move. */
const blanked = ['value', 'quote', 'head', 'terms']
  .map(column => `${column} = substr(hex(zeroblob(octet_length(${column}))), 1, octet_length(${column}))`)
  .join(', ')

export type EvidenceRows = ReturnType<typeof createEvidence>

/** What people said about themselves: the one table that holds their words. */
export function createEvidence(db: Database) {
  const isThere = db
    .prepare<{ scope: number; message: string; slot: string; value: string }, number>(
      `SELECT EXISTS (SELECT 1 FROM evidence
         WHERE message_key = :message AND scope_id = :scope AND slot = :slot AND value = :value)`,
    )
    .pluck()
  const insert = db.prepare<Written>(
    `INSERT INTO evidence (scope_id, slot, slot_group, kind, polarity, message_key, session_id, said_at, written_at, weight,
       half_life, lasts, start, value, quote, head, terms)
     VALUES (:scope, :slot, :group, :kind, :polarity, :message, :session, :said, :written, :weight,
       :halfLife, :lasts, :start, :value, :quote, :head, :terms)`,
  )
  const ofGroup = db.prepare<Group, Row>(
    `SELECT id, kind, slot, value, polarity, said_at, weight, half_life, lasts, head, terms
     FROM evidence INDEXED BY evidence_of_group
     WHERE scope_id = :scope AND slot_group = :group ORDER BY said_at, id`,
  )
  const groupsOfMessage = db.prepare<{ message: string }, GroupRow>(
    'SELECT DISTINCT scope_id, slot_group FROM evidence WHERE message_key = :message',
  )
  const groupsOfScope = db.prepare<{ scope: number }, GroupRow>(
    'SELECT DISTINCT scope_id, slot_group FROM evidence WHERE scope_id = :scope',
  )
  const ofMessage = db
    .prepare<{ message: string; person: string }, number>(
      `SELECT evidence.id FROM evidence
       JOIN learning_scope ON learning_scope.id = scope_id JOIN person ON person.id = learning_scope.person_id
       WHERE message_key = :message AND (:person = '' OR person.key = :person)`,
    )
    .pluck()
  const blank = db.prepare<{ id: number }>(`UPDATE evidence SET ${blanked} WHERE id = :id`)
  const remove = db.prepare<{ id: number }>('DELETE FROM evidence WHERE id = :id')

  return {
    /** Writes a statement down, once for each message. Returns the group that has to be settled. */
    put(scope: number, statement: Statement, session: number, now: Date): Group {
      const { claim, at, weight, halfLifeMs, head, terms } = statement
      const { kind, slot, value, polarity, message, quote, start, lastsMs } = claim
      const group = groupOf(slot)
      if (isThere.get({ scope, message, slot, value }) !== 1) {
        insert.run({
          ...{ scope, slot, group, kind, polarity, message, session, weight, start, value, quote },
          said: at.getTime(),
          written: now.getTime(),
          halfLife: halfLifeMs ?? null,
          lasts: lastsMs ?? null,
          head: head.join(' '),
          terms: terms.join(' '),
        })
      }
      return { scope, group }
    },
    /** All of a group in the order of time, with the stems that find it. */
    ofGroup(group: Group): readonly (Testimony & Readonly<{ terms: readonly string[] }>)[] {
      return ofGroup.all(group).map(testimonyOf)
    },
    groupsOfMessage: (message: string): readonly Group[] => groupsOfMessage.all({ message }).map(groupOfRow),
    groupsOfScope: (scope: number): readonly Group[] => groupsOfScope.all({ scope }).map(groupOfRow),
    /** That person's alone, or whoever's it is. */
    ofMessage: (message: string, person = ''): readonly number[] => ofMessage.all({ message, person }),
    drop(id: number): void {
      blank.run({ id })
      remove.run({ id })
    },
  }
}

function groupOfRow({ scope_id: scope, slot_group: group }: GroupRow): Group {
  return { scope, group }
}

function testimonyOf(row: Row): Testimony & Readonly<{ terms: readonly string[] }> {
  return {
    id: row.id,
    kind: row.kind,
    slot: row.slot,
    value: row.value,
    polarity: row.polarity,
    at: row.said_at,
    weight: row.weight,
    halfLifeMs: row.half_life ?? undefined,
    lastsMs: row.lasts ?? undefined,
    head: words(row.head),
    terms: words(row.terms),
  }
}

function words(text: string): readonly string[] {
  return text === '' ? [] : text.split(' ')
}
