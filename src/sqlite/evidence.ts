import type { Database } from 'better-sqlite3'
import type { ClaimKind, Slot } from '#src/core/claim.ts'
import type { Statement } from '#src/core/lesson.ts'
import { groupOf, type Testimony } from '#src/core/testimony.ts'
import type { Group } from './about.ts'

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
  scope_id: number
  kind: ClaimKind
  slot: Slot
  value: string
  polarity: 1 | -1
  said_at: number
  weight: number
  half_life: number | null
  lasts: number | null
  head: string
}>

/** A statement, and who may hear it. */
export type Told = Testimony & Readonly<{ scope: number }>

type At = Pick<Told, 'at' | 'id'>
type GroupRow = Readonly<{ scope_id: number; slot_group: Slot }>

const columns = 'id, scope_id, kind, slot, value, polarity, said_at, weight, half_life, lasts, head'

/** A trait is found by the words of so many of its statements, the newest: it may be said again a thousand times. */
const findableBy = 20

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
  const insert = db
    .prepare<Written, number>(
      `INSERT INTO evidence (scope_id, slot, slot_group, kind, polarity, message_key, session_id, said_at, written_at, weight,
       half_life, lasts, start, value, quote, head, terms)
     VALUES (:scope, :slot, :group, :kind, :polarity, :message, :session, :said, :written, :weight,
       :halfLife, :lasts, :start, :value, :quote, :head, :terms) RETURNING id`,
    )
    .pluck()
  const ofGroup = db.prepare<Group, Row>(
    `SELECT ${columns} FROM evidence INDEXED BY evidence_of_group
     WHERE scope_id = :scope AND slot_group = :group ORDER BY said_at, id`,
  )
  const between = db.prepare<Group & Readonly<Record<'fromAt' | 'fromId' | 'toAt' | 'toId', number>>, Row>(
    `SELECT ${columns} FROM evidence INDEXED BY evidence_of_group
     WHERE scope_id = :scope AND slot_group = :group
       AND (said_at, id) >= (:fromAt, :fromId) AND (said_at, id) <= (:toAt, :toId) ORDER BY said_at, id`,
  )
  const ofIds = db.prepare<{ ids: string }, Row>(
    `SELECT ${columns} FROM evidence WHERE id IN (SELECT value FROM json_each(:ids)) ORDER BY said_at, id`,
  )
  const from = db
    .prepare<Group & Readonly<{ at: number; id: number; most: number }>, number>(
      `SELECT id FROM evidence INDEXED BY evidence_of_group
       WHERE scope_id = :scope AND slot_group = :group AND (said_at, id) >= (:at, :id) ORDER BY said_at, id LIMIT :most`,
    )
    .pluck()
  const other = db
    .prepare<Group & Readonly<{ id: number }>, number>(
      `SELECT 1 FROM evidence INDEXED BY evidence_of_group
       WHERE scope_id = :scope AND slot_group = :group AND id <> :id LIMIT 1`,
    )
    .pluck()
  const termsOfTrait = db
    .prepare<{ trait: number }, string>(
      `SELECT evidence.terms
       FROM (SELECT said_at, evidence_id FROM trait_piece WHERE trait_id = :trait
         ORDER BY said_at DESC, evidence_id DESC LIMIT ${findableBy}) AS piece
       CROSS JOIN evidence ON evidence.id = piece.evidence_id ORDER BY piece.said_at, evidence.id`,
    )
    .pluck()
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
    /** Writes a statement down, once for each message. Returns the group that has to be settled; without an `id` it was there. */
    put(scope: number, statement: Statement, session: number, now: Date): Group & Readonly<{ id: number | undefined }> {
      const { claim, at, weight, halfLifeMs, head, terms } = statement
      const { kind, slot, value, polarity, message, quote, start, lastsMs } = claim
      const group = groupOf(slot)
      if (isThere.get({ scope, message, slot, value }) === 1) return { scope, group, id: undefined }
      const id = insert.get({
        ...{ scope, slot, group, kind, polarity, message, session, weight, start, value, quote },
        said: at.getTime(),
        written: now.getTime(),
        halfLife: halfLifeMs ?? null,
        lasts: lastsMs ?? null,
        head: head.join(' '),
        terms: terms.join(' '),
      })
      return { scope, group, id }
    },
    /** All of a group in the order of time. */
    ofGroup: (group: Group): readonly Told[] => ofGroup.all(group).map(toldOf),
    /** The same from one statement to another. */
    between: (group: Group, from: At, to: At): readonly Told[] =>
      between.all({ ...group, fromAt: from.at, fromId: from.id, toAt: to.at, toId: to.id }).map(toldOf),
    /** In the order of time. */
    ofIds: (ids: readonly number[]): readonly Told[] =>
      ids.length === 0 ? [] : ofIds.all({ ids: JSON.stringify(ids) }).map(toldOf),
    /** Whether nothing of the group was said after the first of these but they themselves. */
    areNewest({ scope, group }: Group, added: readonly Told[]): boolean {
      const [first] = added
      if (first === undefined) return true
      const found = from.all({ scope, group, at: first.at, id: first.id, most: added.length + 1 })
      return found.length === added.length && added.every(({ id }, place) => id === found[place])
    },
    isAlone: ({ scope, group }: Group, id: number): boolean => other.get({ scope, group, id }) === undefined,
    termsOfTrait: (trait: number): readonly string[] => termsOfTrait.all({ trait }).flatMap(words),
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

function toldOf(row: Row): Told {
  return {
    id: row.id,
    scope: row.scope_id,
    kind: row.kind,
    slot: row.slot,
    value: row.value,
    polarity: row.polarity,
    at: row.said_at,
    weight: row.weight,
    halfLifeMs: row.half_life ?? undefined,
    lastsMs: row.lasts ?? undefined,
    head: words(row.head),
  }
}

function words(text: string): readonly string[] {
  return text === '' ? [] : text.split(' ')
}
