import type { Settled, Standing } from '#src/core/settle-traits.ts'
import type { Group } from './about.ts'
import type { EvidenceRows, Told } from './evidence.ts'
import { settledOf, type TraitRow, type TraitTable } from './trait-table.ts'

/** What a replay goes over, and what it replaces. */
export type Stretch = Readonly<{
  before: readonly TraitRow[]
  statements: readonly Told[]
  standing: readonly Standing[]
  /** What it makes of these is not its own: they are as they were. */
  isOutside: (settled: Settled) => boolean
}>

const beginning = { at: Number.MIN_SAFE_INTEGER, id: 0 }
const end = { at: Number.MAX_SAFE_INTEGER, id: 0 }

/**
 * Of a group that holds one value, what statements that came or went can change: from the trait that stood before the first of them
 * to the second one that was opened after the last. The first of these two opens or goes on what has the same value; from then on
 * both replays have that value standing, so the second is opened by the same statement, with nothing of what was before.
 */
export function stretchOf(group: Group, changed: readonly Told[], evidence: EvidenceRows, table: TraitTable): Stretch {
  const [first = beginning, last = first] = [changed.at(0), changed.at(-1)]
  const [opened, earlier] = table.openedBefore(group, first)
  const [, edge] = table.openedAfter(group, last)
  const from = opened === undefined ? beginning : { at: opened.since, id: opened.id }
  const to = edge === undefined ? end : { at: edge.since, id: edge.id }
  const standing = earlier && opened && earlier.supersededBy === opened.id ? standingBefore(earlier, evidence) : []
  return {
    before: table.opened(group, from, to),
    statements: evidence.between(group, from, to),
    standing,
    isOutside: ({ id }) => id === edge?.id || id === earlier?.id,
  }
}

/** A trait as it stood before it was superseded. */
function standingBefore(row: TraitRow, evidence: EvidenceRows): readonly Standing[] {
  const trait = { ...settledOf(row), endedAt: undefined, supersededBy: undefined }
  return evidence.ofIds([row.wording]).map(newest => ({ trait, newest }))
}
