import type { Database } from 'better-sqlite3'
import { type Slot, slots } from '#src/core/claim.ts'
import { type Settled, settleTraits } from '#src/core/settle-traits.ts'
import type { TraitStatus } from '#src/core/trait.ts'
import type { EvidenceRows, Group } from './evidence.ts'
import type { LearningScopes } from './learning-scopes.ts'
import { createPostings, type Indexed } from './postings.ts'

/**
 * Live traits in one scope of one person in one workspace. A limit over all scopes would let what was said in a DM push out what a
 * channel knows, and so tell of it.
 */
const maxLive = 300
/** A trait that counts until something supersedes it outlasts all that fade: beyond any mass times any half-life, in ms. */
const endless = 1e15

type Row = Readonly<{
  id: number
  scope: number
  slot: Slot
  group: Slot
  part: 'slot' | 'fact'
  polarity: number
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
  statements: string
  strongUntil: number
  terms: string
  length: number
}>

const columns = `id, scope_id AS scope, slot, slot_group AS "group", part, polarity, is_told AS isTold, status, mass,
  half_life AS halfLife, since, last_at AS lastAt, count, until, ended_at AS endedAt, wording_id AS wording,
  conflict_id AS conflict, superseded_by AS supersededBy, statements, strong_until AS strongUntil, terms, length`

export type Traits = ReturnType<typeof createTraits>

/** What the evidence adds up to. */
export function createTraits(db: Database, evidence: EvidenceRows, scopes: LearningScopes) {
  const postings = createPostings(db)
  const ofGroup = db.prepare<Group, Row>(
    `SELECT ${columns} FROM trait WHERE scope_id = :scope AND slot_group = :group ORDER BY id`,
  )
  const put = db.prepare<Row>(
    `INSERT OR REPLACE INTO trait (id, scope_id, slot, slot_group, part, polarity, is_told, status, mass, half_life, since,
       last_at, count, until, ended_at, wording_id, conflict_id, superseded_by, statements, strong_until, terms, length)
     VALUES (:id, :scope, :slot, :group, :part, :polarity, :isTold, :status, :mass, :halfLife, :since,
       :lastAt, :count, :until, :endedAt, :wording, :conflict, :supersededBy, :statements, :strongUntil, :terms, :length)`,
  )
  const remove = db.prepare<{ id: number }>('DELETE FROM trait WHERE id = :id')
  // Those on the wrong side of the limit: few, however many there are.
  const misplaced = db.prepare<{ scope: number }, Indexed & Readonly<{ status: TraitStatus }>>(
    `SELECT trait.id, scope_id AS scope, part, wanted AS status, terms, length
     FROM (
       SELECT id, status, iif(row_number() OVER (ORDER BY strong_until DESC, id) <= ${maxLive}, 'active', 'expired') AS wanted
       FROM trait WHERE scope_id = :scope AND ended_at IS NULL
     ) AS standing JOIN trait USING (id)
     WHERE wanted <> standing.status ORDER BY trait.id`,
  )
  const crowd = db.prepare<{ scope: number }, { active: number; hasExpired: number }>(
    `SELECT (SELECT count(*) FROM trait INDEXED BY trait_live WHERE scope_id = :scope AND status = 'active') AS active,
       EXISTS (SELECT 1 FROM trait INDEXED BY trait_expired WHERE scope_id = :scope AND status = 'expired') AS hasExpired`,
  )
  const setStatus = db.prepare<{ id: number; status: TraitStatus }>('UPDATE trait SET status = :status WHERE id = :id')

  /** Lets the strongest live, and brings back those that room was made for. */
  function keepStrongest(scope: number): void {
    const { active = 0, hasExpired = 0 } = crowd.get({ scope }) ?? {}
    if (active <= maxLive && (active === maxLive || hasExpired === 0)) return
    for (const trait of misplaced.all({ scope })) {
      setStatus.run(trait)
      if (trait.status === 'active') postings.add(trait)
      else postings.remove(trait)
    }
  }

  return {
    /** Makes the traits of a group anew. Returns whether what may be told has changed. */
    settle({ scope, group }: Group): boolean {
      const statements = evidence.ofGroup({ scope, group })
      const byId = new Map(statements.map(statement => [statement.id, statement]))
      const before = new Map(ofGroup.all({ scope, group }).map(row => [row.id, row]))
      const hash = scopes.hasherOf(scope)
      const after = settleTraits(statements).map((settled): Row => {
        const old = before.get(settled.id)
        // To hash its words is most of the work of a trait, and most traits stay as they are.
        const isKnown = old?.statements === JSON.stringify(settled.statements)
        const terms = settled.statements.flatMap(id => byId.get(id)?.terms ?? [])
        return rowOf({ scope, group }, settled, old?.status, isKnown ? old : postings.describe(terms, hash))
      })
      const stays = new Set(after.map(({ id }) => id))
      const gone = [...before.values()].filter(({ id }) => !stays.has(id))
      for (const row of gone) {
        if (row.status === 'active') postings.remove(row)
        remove.run({ id: row.id })
      }
      for (const row of after) {
        const old = before.get(row.id)
        if (old && isSame(old, row)) continue
        if (old?.status === 'active') postings.remove(old)
        put.run(row)
        if (row.status === 'active') postings.add(row)
      }
      keepStrongest(scope)
      const told = (rows: Iterable<Row>) =>
        [...rows]
          .filter(row => row.endedAt === null)
          .map(row => `${row.id} ${row.polarity} ${byId.get(row.wording)?.value ?? row.wording} ${row.conflict}`)
          .join('\n')
      return gone.length > 0 || told(before.values()) !== told(after)
    },
    /** Takes out all traits of a scope, to be made anew. */
    clear(scope: number): void {
      for (const { group } of evidence.groupsOfScope(scope)) {
        for (const row of ofGroup.all({ scope, group })) {
          if (row.status === 'active') postings.remove(row)
          remove.run({ id: row.id })
        }
      }
    },
  }
}

function isSame(one: Row, other: Row): boolean {
  return (Object.keys(other) as (keyof Row)[]).every(column => one[column] === other[column])
}

function rowOf(
  { scope, group }: Group,
  settled: Settled,
  known: TraitStatus | undefined,
  found: Pick<Indexed, 'terms' | 'length'>,
): Row {
  const { id, slot, polarity, mass, halfLifeMs, since, lastAt, statements, until, endedAt } = settled
  const ended = endedAt !== undefined
  return {
    ...{ id, scope, slot, group, polarity, mass, since, lastAt },
    part: slots[slot].sensitivity === 'S2' ? 'fact' : 'slot',
    isTold: settled.isTold ? 1 : 0,
    status: ended ? 'superseded' : known === 'expired' ? 'expired' : 'active',
    halfLife: halfLifeMs ?? null,
    count: statements.length,
    until: until ?? null,
    endedAt: endedAt ?? null,
    wording: settled.wording,
    conflict: settled.conflict ?? null,
    supersededBy: settled.supersededBy ?? null,
    statements: JSON.stringify(statements),
    strongUntil: lastAt + (halfLifeMs === undefined ? endless : halfLifeMs * Math.log2(mass)),
    terms: found.terms,
    length: found.length,
  }
}
