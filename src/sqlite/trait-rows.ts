import type { Slot } from '#src/core/claim.ts'
import { DefectError } from '#src/core/errors.ts'
import type { Trait, TraitId, TraitStatus } from '#src/core/trait.ts'
import type { Heard } from './heard-scopes.ts'

export type TraitColumns = Readonly<{
  id: number
  scope_id: number
  slot: Slot
  polarity: 1 | -1
  is_told: number
  status: TraitStatus
  mass: number
  half_life: number | null
  since: number
  last_at: number
  count: number
  until: number | null
  superseded_by: number | null
  value: string
  conflict: string | null
}>

/** A trait's columns in a join with, for its words, `evidence AS wording` and `LEFT JOIN evidence AS other`. */
export const traitColumns = `trait.id, trait.scope_id, trait.slot, trait.polarity, trait.is_told, trait.status,
  trait.mass, trait.half_life, trait.since, trait.last_at, trait.count, trait.until, trait.superseded_by,
  wording.value, other.value AS conflict`

export const traitWords = `CROSS JOIN evidence AS wording ON wording.id = trait.wording_id
  LEFT JOIN evidence AS other ON other.id = trait.conflict_id`

export function traitOf(row: TraitColumns, { names }: Pick<Heard, 'names'>): Trait {
  const scope = names.get(row.scope_id)
  if (scope === undefined) throw new DefectError('A trait was read that may not be heard.')
  return {
    id: String(row.id) as TraitId,
    scope,
    slot: row.slot,
    value: row.value,
    polarity: row.polarity,
    isTold: row.is_told === 1,
    status: row.status,
    mass: row.mass,
    halfLifeMs: row.half_life ?? undefined,
    since: new Date(row.since),
    lastAt: new Date(row.last_at),
    count: row.count,
    until: row.until === null ? undefined : new Date(row.until),
    conflict: row.conflict ?? undefined,
    supersededBy: row.superseded_by === null ? undefined : (String(row.superseded_by) as TraitId),
  }
}
