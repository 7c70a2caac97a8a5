import type { Database } from 'better-sqlite3'
import type { Slot } from '#src/core/claim.ts'
import type { PersonId } from '#src/core/ids.ts'
import type { Learning } from '#src/core/learning.ts'
import type { TraitId } from '#src/core/trait.ts'
import type { WorkspaceId } from '#src/core/workspace.ts'
import type { Forgotten } from './forgotten.ts'
import { keyTombstone, traitTombstones } from './tombstones.ts'
import type { UnitOfWork } from './unit-of-work.ts'
import type { LearningRows, Unlearn } from './unlearn.ts'

type Parts = Readonly<{
  unit: UnitOfWork
  unlearn: Unlearn
  rows: LearningRows
  forgotten: Forgotten
  now: () => Date
  /** Has the write-ahead log emptied: what was forgotten stands in it. */
  emptyLog(): void
}>

/** Takes out single things that are known of somebody, and writes down that nothing said before brings them back. */
export function createForgetLearnt(
  db: Database,
  { unit, unlearn, rows, forgotten, now, emptyLog }: Parts,
): Pick<Learning, 'forgetTrait' | 'forgetKey'> {
  const find = db.prepare<
    { person: string; trait: number },
    { id: number; slot: Slot; value: string; head: string; scope_id: number; said_at: number }
  >(
    `SELECT evidence.id, evidence.slot, evidence.value, evidence.head, evidence.scope_id, evidence.said_at
     FROM trait
     CROSS JOIN learning_scope ON learning_scope.id = trait.scope_id
     CROSS JOIN person ON person.id = learning_scope.person_id AND person.key = :person
     CROSS JOIN trait_piece ON trait_piece.trait_id = trait.id
     CROSS JOIN evidence ON evidence.id = trait_piece.evidence_id
     WHERE trait.id = :trait`,
  )
  const scopesIn = db
    .prepare<{ person: string; workspace: string }, number>(
      `SELECT learning_scope.id FROM person JOIN learning_scope ON learning_scope.person_id = person.id
       WHERE person.key = :person AND workspace = :workspace`,
    )
    .pluck()
  const takeTrait = unit((ids: readonly number[], scope: number) => {
    unlearn.take(ids)
    rows.scopes.bump(scope, now())
    rows.scopes.erased(scope, now())
  })
  const takeKey = unit((person: string, workspace: string, key: string, until: number) => {
    let isFound = false
    for (const scope of scopesIn.all({ person, workspace })) {
      if (!rows.signals.takeKey(scope, key, until).found) continue
      isFound = true
      rows.scopes.bump(scope, now())
      rows.scopes.erased(scope, now())
    }
    return isFound
  })

  return {
    forgetTrait(person: PersonId, trait: TraitId, at: Date): boolean {
      const found = find.all({ person, trait: Number(trait) })
      const [first] = found
      if (first === undefined) return false
      // Written down first: after a crash in between, the list says more than the database, never less.
      // Never before what is forgotten was said: the platform's clock may be ahead of ours.
      const until = new Date(Math.max(at.getTime(), ...found.map(({ said_at }) => said_at)))
      for (const { slot, value, head } of found) {
        const told = { slot, value, head: head === '' ? [] : head.split(' ') }
        for (const id of traitTombstones(person, told)) forgotten.add('trait', id, until)
      }
      takeTrait(
        found.map(({ id }) => id),
        first.scope_id,
      )
      emptyLog()
      return true
    },
    forgetKey(person: PersonId, workspace: WorkspaceId, key: string, at: Date): boolean {
      forgotten.add('trait', keyTombstone(person, key), at)
      const isFound = takeKey(person, workspace, key, at.getTime())
      emptyLog()
      return isFound
    },
  }
}
