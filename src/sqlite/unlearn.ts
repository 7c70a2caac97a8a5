import type { Database } from 'better-sqlite3'
import { groupOf } from '#src/core/testimony.ts'
import type { Group } from './about.ts'
import { createEvidence, type EvidenceRows } from './evidence.ts'
import { createLearningScopes, type LearningScopes } from './learning-scopes.ts'
import { createSignals, type Signals } from './signals.ts'
import { createTraits, type Traits } from './traits.ts'

/** The rows of learning that move together. */
export type LearningRows = Readonly<{
  scopes: LearningScopes
  evidence: EvidenceRows
  traits: Traits
  signals: Signals
}>

export function createLearningRows(db: Database): LearningRows {
  const scopes = createLearningScopes(db)
  const evidence = createEvidence(db)
  return { scopes, evidence, traits: createTraits(db, evidence, scopes), signals: createSignals(db) }
}

export type Unlearn = ReturnType<typeof createUnlearn>

/** Takes back what was learnt, as if it had never been. Who calls it has a transaction open. */
export function createUnlearn(db: Database, { scopes, evidence, traits, signals }: LearningRows) {
  const scopesOf = db
    .prepare<{ person: string }, number>(
      `SELECT learning_scope.id FROM person JOIN learning_scope ON learning_scope.person_id = person.id
       WHERE person.key = :person`,
    )
    .pluck()
  const oldEvidence = db
    .prepare<{ scope: number; until: number }, number>(
      'SELECT id FROM evidence WHERE scope_id = :scope AND written_at <= :until',
    )
    .pluck()
  const isEmpty = db
    .prepare<{ scope: number }, number>(
      `SELECT NOT EXISTS (SELECT 1 FROM evidence WHERE scope_id = :scope)
         AND NOT EXISTS (SELECT 1 FROM signal WHERE scope_id = :scope)`,
    )
    .pluck()
  const dropPostings = db.prepare<{ scope: number }>('DELETE FROM posting WHERE scope_id = :scope')
  const dropAbout = db.prepare<{ scope: number }>('DELETE FROM about WHERE scope_id = :scope')
  const dropPieces = db.prepare<{ scope: number }>(
    'DELETE FROM trait_piece WHERE trait_id IN (SELECT id FROM trait WHERE scope_id = :scope)',
  )
  const dropTraits = db.prepare<{ scope: number }>('DELETE FROM trait WHERE scope_id = :scope')
  const noFacts = db.prepare<{ scope: number }>('UPDATE learning_scope SET facts = 0, words = 0 WHERE id = :scope')
  const dropScope = db.prepare<{ scope: number }>('DELETE FROM learning_scope WHERE id = :scope')
  const ofPerson = [
    'DELETE FROM observer_job WHERE person_id = (SELECT id FROM person WHERE key = :person) AND created_at <= :until',
    `DELETE FROM session WHERE person_id = (SELECT id FROM person WHERE key = :person) AND started_at <= :until
       AND NOT EXISTS (SELECT 1 FROM observer_job WHERE session_id = session.id)`,
    'DELETE FROM opinion WHERE person_id = (SELECT id FROM person WHERE key = :person) AND written_at <= :until',
  ].map(sql => db.prepare<{ person: string; until: number }>(sql))
  const dropLearner = db.prepare<{ person: string }>(
    `DELETE FROM learner WHERE person_id = (SELECT id FROM person WHERE key = :person)
       AND NOT EXISTS (SELECT 1 FROM learning_scope WHERE learning_scope.person_id = learner.person_id)`,
  )
  const ofConversation = [
    'DELETE FROM observer_job WHERE conversation_id = (SELECT id FROM conversation WHERE key = :key) AND created_at <= :until',
    `DELETE FROM session WHERE conversation_id = (SELECT id FROM conversation WHERE key = :key) AND started_at <= :until
       AND NOT EXISTS (SELECT 1 FROM observer_job WHERE session_id = session.id)`,
  ].map(sql => db.prepare<{ key: string; until: number }>(sql))

  const dropOpinions = db.prepare<{ from: string; person: string }>(
    `DELETE FROM opinion WHERE message_key = :from
       AND (:person = '' OR person_id = (SELECT id FROM person WHERE key = :person))`,
  )
  const taught = db
    .prepare<{ from: string }, number>(
      `SELECT EXISTS (SELECT 1 FROM evidence WHERE message_key = :from)
         OR EXISTS (SELECT 1 FROM signal WHERE message_key = :from) OR EXISTS (SELECT 1 FROM signal WHERE source = :from)`,
    )
    .pluck()
  const dropMoods = db.prepare<{ from: string }>('DELETE FROM session_signal WHERE source = :from')

  function clear(scope: number): void {
    dropPostings.run({ scope })
    dropAbout.run({ scope })
    dropPieces.run({ scope })
    dropTraits.run({ scope })
    noFacts.run({ scope })
  }

  /** Everything that is made from the log, anew. */
  function rebuild(scope: number): void {
    clear(scope)
    for (const group of evidence.groupsOfScope(scope)) traits.make(group)
    signals.rebuild(scope)
  }

  /** Pieces of evidence with what rests on them. Returns the groups in which something changed that may be told. */
  function take(ids: readonly number[]): readonly Group[] {
    const taken = evidence.ofIds(ids)
    for (const id of ids) evidence.drop(id)
    const groups = Map.groupBy(taken, ({ scope, slot }) => `${scope} ${groupOf(slot)}`)
    return [...groups.values()].flatMap(its => {
      const [first] = its
      if (first === undefined) return []
      const group = { scope: first.scope, group: groupOf(first.slot) }
      return traits.take(group, its) ? [group] : []
    })
  }

  function forgetScope(scope: number, until: number): void {
    for (const id of oldEvidence.all({ scope, until })) evidence.drop(id)
    signals.drop(scope, until)
    rebuild(scope)
    if (isEmpty.get({ scope }) === 1) dropScope.run({ scope })
  }

  return {
    rebuild,
    take,
    /** Whether anything was learnt from a message or a reaction. */
    knows: (from: string): boolean => taught.get({ from }) === 1,
    /** Takes out a scope in which nothing is known. Returns whether it was one. */
    dropIfEmpty(scope: number): boolean {
      if (isEmpty.get({ scope }) !== 1) return false
      rebuild(scope)
      dropScope.run({ scope })
      return true
    },
    /** All signals on a key in a scope until then. Returns whether there were any. */
    key: (scope: number, key: string, until: Date): boolean => signals.takeKey(scope, key, until.getTime()).found,
    scopesOf: (person: string): readonly number[] => scopesOf.all({ person }),
    /** All that came from a message, or a reaction; of that person, or of whoever it is of. Returns whether there was anything. */
    source(from: string, now: Date, person = ''): boolean {
      const ids = evidence.ofMessage(from, person)
      const changed = new Set(take(ids).map(({ scope }) => scope))
      const { found, turned } = signals.takeBack(from, person)
      for (const scope of [...changed, ...turned]) changed.add(scope)
      for (const scope of changed) {
        scopes.bump(scope, now)
        scopes.erased(scope, now)
      }
      if (person === '') dropMoods.run({ from })
      dropOpinions.run({ from, person })
      return ids.length > 0 || found
    },
    /** All that was learnt about a person until then, by our clock. */
    person(person: string, until: number, now: Date): void {
      for (const statement of ofPerson) statement.run({ person, until })
      for (const scope of scopesOf.all({ person })) {
        scopes.erased(scope, now)
        forgetScope(scope, until)
      }
      dropLearner.run({ person })
    },
    /** What was to be learnt in a conversation. What was learnt there goes with its messages. */
    conversation(key: string, until: number): void {
      for (const statement of ofConversation) statement.run({ key, until })
    },
  }
}
