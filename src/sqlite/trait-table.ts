import type { Database } from 'better-sqlite3'
import { type Slot, slots } from '#src/core/claim.ts'
import type { Settled } from '#src/core/settle-traits.ts'
import type { TraitStatus } from '#src/core/trait.ts'
import type { Group } from './about.ts'
import type { Indexed } from './postings.ts'

/** A trait that counts until something supersedes it outlasts all that fade: beyond any mass times any half-life, in ms. */
const endless = 1e15

export type TraitRow = Readonly<{
  id: number
  scope: number
  slot: Slot
  group: Slot
  part: 'slot' | 'fact'
  polarity: 1 | -1
  isTold: number
  status: TraitStatus
  mass: number
  halfLife: number | null
  since: number
  lastAt: number
  count: number
  until: number | null
  endedAt: number | null
  wording: number
  conflict: number | null
  supersededBy: number | null
  strongUntil: number
  terms: string
  length: number
}>

const columns = `id, scope_id AS scope, slot, slot_group AS "group", part, polarity, is_told AS isTold, status, mass,
  half_life AS halfLife, since, last_at AS lastAt, count, until, ended_at AS endedAt, wording_id AS wording,
  conflict_id AS conflict, superseded_by AS supersededBy, strong_until AS strongUntil, terms, length`

/** A piece of a trait: when it was said, and which it is. */
export type Piece = Readonly<{ at: number; id: number }>

export type TraitTable = ReturnType<typeof createTraitTable>

/** Traits as they are made, each with the statements that it is made of. */
export function createTraitTable(db: Database) {
  const select = (where: string) => `SELECT ${columns} FROM trait ${where} ORDER BY id`
  const opened = (limits: string, order: string) =>
    db.prepare<Group & Piece, TraitRow>(
      `SELECT ${columns} FROM trait INDEXED BY trait_of_group
       WHERE scope_id = :scope AND slot_group = :group AND ${limits} ORDER BY ${order} LIMIT 2`,
    )
  const before = opened('(since, id) < (:at, :id)', 'since DESC, id DESC')
  const after = opened('(since, id) > (:at, :id)', 'since, id')
  const between = db.prepare<Group & Readonly<Record<'fromAt' | 'fromId' | 'toAt' | 'toId', number>>, TraitRow>(
    `SELECT ${columns} FROM trait INDEXED BY trait_of_group
     WHERE scope_id = :scope AND slot_group = :group
       AND (since, id) >= (:fromAt, :fromId) AND (since, id) < (:toAt, :toId) ORDER BY since, id`,
  )
  const ofGroup = db.prepare<Group, TraitRow>(select('WHERE scope_id = :scope AND slot_group = :group'))
  const inForce = db.prepare<Group, TraitRow>(
    select('INDEXED BY trait_in_force WHERE scope_id = :scope AND slot_group = :group AND ended_at IS NULL'),
  )
  const ofIds = db.prepare<{ ids: string }, TraitRow>(select('WHERE id IN (SELECT value FROM json_each(:ids))'))
  const put = db.prepare<TraitRow>(
    `INSERT OR REPLACE INTO trait (id, scope_id, slot, slot_group, part, polarity, is_told, status, mass, half_life, since,
       last_at, count, until, ended_at, wording_id, conflict_id, superseded_by, strong_until, terms, length)
     VALUES (:id, :scope, :slot, :group, :part, :polarity, :isTold, :status, :mass, :halfLife, :since,
       :lastAt, :count, :until, :endedAt, :wording, :conflict, :supersededBy, :strongUntil, :terms, :length)`,
  )
  const remove = db.prepare<{ id: number }>('DELETE FROM trait WHERE id = :id')
  const pieces = db
    .prepare<{ trait: number }, number>(
      'SELECT evidence_id FROM trait_piece WHERE trait_id = :trait ORDER BY said_at, evidence_id',
    )
    .pluck()
  const putPiece = db.prepare<Piece & Readonly<{ trait: number }>>(
    'INSERT INTO trait_piece (trait_id, said_at, evidence_id) VALUES (:trait, :at, :id)',
  )
  const dropSome = db.prepare<{ trait: number; ids: string }>(
    'DELETE FROM trait_piece WHERE trait_id = :trait AND evidence_id IN (SELECT value FROM json_each(:ids))',
  )
  const putSome = db.prepare<{ trait: number; ids: string }>(
    `INSERT INTO trait_piece (trait_id, said_at, evidence_id)
     SELECT :trait, evidence.said_at, evidence.id
     FROM json_each(:ids) AS come CROSS JOIN evidence ON evidence.id = come.value`,
  )
  const dropPieces = db.prepare<{ trait: number }>('DELETE FROM trait_piece WHERE trait_id = :trait')

  return {
    ofGroup: (group: Group): readonly TraitRow[] => ofGroup.all(group),
    /** The last two that were opened before then, the later one first. */
    openedBefore: (group: Group, { at, id }: Piece) => before.all({ ...group, at, id }),
    /** The first two that were opened after that, the earlier one first. */
    openedAfter: (group: Group, { at, id }: Piece) => after.all({ ...group, at, id }),
    /** Those that were opened from then on, and before `to`. */
    opened: (group: Group, from: Piece, to: Piece): readonly TraitRow[] =>
      between.all({ ...group, fromAt: from.at, fromId: from.id, toAt: to.at, toId: to.id }),
    /** Those that nothing ended. */
    inForce: (group: Group): readonly TraitRow[] => inForce.all(group),
    ofIds: (ids: readonly number[]): readonly TraitRow[] => ofIds.all({ ids: JSON.stringify(ids) }),
    put(row: TraitRow): void {
      put.run(row)
    },
    remove(id: number): void {
      dropPieces.run({ trait: id })
      remove.run({ id })
    },
    /** Returns whether it was made of others before. */
    setPieces(trait: number, its: readonly Piece[]): boolean {
      const known = pieces.all({ trait })
      const isSame = known.length === its.length && its.every(({ id }, place) => id === known[place])
      if (isSame) return false
      const [had, has] = [new Set(known), new Set(its.map(({ id }) => id))]
      const [gone, come] = [known.filter(id => !has.has(id)), its.map(({ id }) => id).filter(id => !had.has(id))]
      if (gone.length > 0) dropSome.run({ trait, ids: JSON.stringify(gone) })
      if (come.length > 0) putSome.run({ trait, ids: JSON.stringify(come) })
      return true
    },
    addPieces(trait: number, its: readonly Piece[]): void {
      for (const { at, id } of its) putPiece.run({ trait, at, id })
    },
  }
}

/** A row is written when something in it is new. */
export function isSameRow(one: TraitRow, other: TraitRow): boolean {
  return (Object.keys(other) as (keyof TraitRow)[]).every(column => one[column] === other[column])
}

export function rowOf(
  { scope, group }: Group,
  settled: Settled,
  count: number,
  known: TraitStatus | undefined,
  found: Pick<Indexed, 'terms' | 'length'>,
): TraitRow {
  const { id, slot, polarity, mass, halfLifeMs, since, lastAt, until, endedAt, wording } = settled
  return {
    ...{ id, scope, slot, group, polarity, mass, since, lastAt, count, wording },
    part: slots[slot].sensitivity === 'S2' ? 'fact' : 'slot',
    isTold: settled.isTold ? 1 : 0,
    status: endedAt !== undefined ? 'superseded' : known === 'expired' ? 'expired' : 'active',
    halfLife: halfLifeMs ?? null,
    until: until ?? null,
    endedAt: endedAt ?? null,
    conflict: settled.conflict ?? null,
    supersededBy: settled.supersededBy ?? null,
    strongUntil: lastAt + (halfLifeMs === undefined ? endless : halfLifeMs * Math.log2(mass)),
    terms: found.terms,
    length: found.length,
  }
}

export function settledOf(row: TraitRow): Settled {
  const { id, slot, polarity, mass, since, lastAt, wording } = row
  return {
    ...{ id, slot, polarity, mass, since, lastAt, wording },
    isTold: row.isTold === 1,
    halfLifeMs: row.halfLife ?? undefined,
    until: row.until ?? undefined,
    endedAt: row.endedAt ?? undefined,
    conflict: row.conflict ?? undefined,
    supersededBy: row.supersededBy ?? undefined,
  }
}
