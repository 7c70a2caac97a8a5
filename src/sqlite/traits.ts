import type { Database } from 'better-sqlite3'
import { slots } from '#src/core/claim.ts'
import { type Standing, settleTraits } from '#src/core/settle-traits.ts'
import { areNear } from '#src/core/testimony.ts'
import { createAbout, type Group } from './about.ts'
import type { EvidenceRows, Told } from './evidence.ts'
import { createKeepStrongest } from './keep-strongest.ts'
import type { LearningScopes } from './learning-scopes.ts'
import { createPostings } from './postings.ts'
import { type Stretch, stretchOf } from './stretches.ts'
import { createTraitTable, isSameRow, rowOf, settledOf, type TraitRow } from './trait-table.ts'

type SettledRow = ReturnType<typeof settleTraits>[number]
type Heads = ReadonlyMap<number, Told>

export type Traits = ReturnType<typeof createTraits>

/** What the evidence adds up to. Each method returns whether what may be told has changed. */
export function createTraits(db: Database, evidence: EvidenceRows, scopes: LearningScopes) {
  const postings = createPostings(db)
  const keepStrongest = createKeepStrongest(db, postings)
  const about = createAbout(db, scopes)
  const table = createTraitTable(db)

  /** All that statements that came or went may change. `given`: those of them that are there. */
  function affected(group: Group, changed: readonly Told[], given: readonly Told[]): Stretch {
    if (slots[group.group].holds === 'single') return stretchOf(group, changed, evidence, table)
    if (!isOfMany(group)) return whole(table.ofGroup(group), evidence.ofGroup(group))
    const statements = company(group, changed, given)
    return whole(table.ofIds([...changed, ...statements].map(({ id }) => id)), statements)
  }

  /** All that may meet the given ones, directly or by way of others, in the order of time. */
  function company(group: Group, seeds: readonly Told[], given: readonly Told[]): readonly Told[] {
    const found = new Map(given.map(one => [one.id, one]))
    const heads = new Map(seeds.map(({ head }) => [head.join(' '), head]))
    // A map goes on to what is added to it meanwhile.
    for (const head of heads.values()) {
      const unknown = about.statementsNear(group, head).filter(id => !found.has(id))
      for (const one of evidence.ofIds(unknown)) {
        if (!areNear(one.head, head)) continue
        found.set(one.id, one)
        heads.set(one.head.join(' '), one.head)
      }
    }
    return [...found.values()].sort((one, other) => one.at - other.at || one.id - other.id)
  }

  function standingNear(group: Group, added: readonly Told[]): readonly TraitRow[] {
    if (!isOfMany(group)) return table.inForce(group)
    return table.ofIds([...new Set(added.flatMap(({ head }) => about.traitsNear(group, head)))])
  }

  /** Writes what changed. `before`: the rows that the settled ones replace. */
  function write(group: Group, before: readonly TraitRow[], after: readonly TraitRow[], known: Heads): boolean {
    const rows = new Map(before.map(row => [row.id, row]))
    const stays = new Set(after.map(({ id }) => id))
    const gone = before.filter(({ id }) => !stays.has(id))
    const wordings = evidence.ofIds([...before, ...after].map(({ wording }) => wording).filter(id => !known.has(id)))
    const heads: Heads = new Map([...known, ...wordings.map(one => [one.id, one] as const)])
    // First all that goes: what is the newest word of one trait may have been that of another.
    for (const row of [...gone, ...after.flatMap(one => rows.get(one.id) ?? [])]) mark(group, row, heads, false)
    for (const row of gone) {
      if (row.status === 'active') postings.remove(row)
      table.remove(row.id)
    }
    for (const row of after) {
      mark(group, row, heads, true)
      const old = rows.get(row.id)
      if (old && isSameRow(old, row)) continue
      if (old?.status === 'active') postings.remove(old)
      table.put(row)
      if (row.status === 'active') postings.add(row)
    }
    keepStrongest(group.scope)
    const told = (all: readonly TraitRow[]) => toldOf(all, heads)
    return gone.length > 0 || told(before) !== told(after)
  }

  function mark(group: Group, { id, wording, endedAt }: TraitRow, heads: Heads, isNewest: boolean): void {
    const head = heads.get(wording)?.head
    if (!isOfMany(group) || endedAt !== null || head === undefined) return
    about.move(group, head, wording, isNewest ? 0 : id, isNewest ? id : 0)
  }

  /** Its words are hashed once they are others. */
  function found(group: Group, trait: number) {
    return postings.describe(evidence.termsOfTrait(trait), scopes.hasherOf(group.scope))
  }

  /** Replaces all traits that are made of the given statements, or were. */
  function replace(group: Group, { before, statements, standing, isOutside }: Stretch): boolean {
    const byId = new Map(statements.map(one => [one.id, one]))
    const rows = new Map(before.map(row => [row.id, row]))
    const settled = settleTraits(statements, standing).filter(one => !isOutside(one))
    const after = settled.map(one => {
      const old = rows.get(one.id)
      const pieces = one.statements.flatMap(id => byId.get(id) ?? [])
      const isOther = table.setPieces(one.id, pieces) || old === undefined
      return rowOf(group, one, pieces.length, old?.status, isOther ? found(group, one.id) : old)
    })
    return write(group, before, after, byId)
  }

  /** The same as a replay, when nothing was said after what is added. */
  function append(group: Group, added: readonly Told[]): boolean {
    const byId = new Map(added.map(one => [one.id, one]))
    const before = standingNear(group, added)
    const rows = new Map(before.map(row => [row.id, row]))
    const newest = new Map(evidence.ofIds(before.map(({ wording }) => wording)).map(one => [one.id, one]))
    const standing = before.flatMap((row): readonly Standing[] => {
      const its = newest.get(row.wording)
      return its ? [{ trait: settledOf(row), newest: its }] : []
    })
    const after = settleTraits(added, standing).map((settled: SettledRow) => {
      const old = rows.get(settled.id)
      const pieces = settled.statements.flatMap(id => byId.get(id) ?? [])
      table.addPieces(settled.id, pieces)
      const count = (old?.count ?? 0) + pieces.length
      return rowOf(group, settled, count, old?.status, old && pieces.length === 0 ? old : found(group, settled.id))
    })
    return write(group, before, after, new Map([...byId, ...newest]))
  }

  return {
    /** Statements that were just written down. As a rule they are the newest; what was said before others is put among them. */
    add(group: Group, ids: readonly number[]): boolean {
      const added = evidence.ofIds(ids)
      if (isOfMany(group)) for (const { head, id } of added) about.put(group, head, id)
      if (evidence.areNewest(group, added)) return append(group, added)
      return replace(group, affected(group, added, added))
    },
    /** Statements that were just taken out. */
    take(group: Group, taken: readonly Told[]): boolean {
      if (isOfMany(group)) for (const { head, id } of taken) about.remove(group, head, id)
      return replace(group, affected(group, taken, []))
    },
    /** Whether nothing else is about anything of what a statement is about: all stays the same with and without it. */
    standsAlone: (group: Group, { head, id }: Told): boolean =>
      evidence.isAlone(group, id) || (isOfMany(group) && !about.isShared(group, head, id)),
    /** All traits of a group, of which there are none yet. */
    make(group: Group): void {
      const statements = evidence.ofGroup(group)
      if (isOfMany(group)) for (const { head, id } of statements) about.put(group, head, id)
      replace(group, whole([], statements))
    },
  }
}

/** Of such a group only those meet that are near; of all others there is one that stands, or a handful of words of ours. */
function isOfMany({ group }: Group): boolean {
  return slots[group].holds === 'many' && group !== 'reply_format'
}

/** A replay from nothing to the end. */
function whole(before: readonly TraitRow[], statements: readonly Told[]): Stretch {
  return { before, statements, standing: [], isOutside: () => false }
}

function toldOf(rows: readonly TraitRow[], words: Heads): string {
  return rows
    .filter(row => row.endedAt === null)
    .map(row => `${row.id} ${row.polarity} ${words.get(row.wording)?.value ?? row.wording} ${row.conflict}`)
    .sort()
    .join('\n')
}
