import { hash, randomBytes } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { DefectError } from '#src/core/errors.ts'
import type { LearningScope } from '#src/core/learning-scope.ts'
import type { WorkspaceId } from '#src/core/workspace.ts'

const secretBytes = 32
/** A whole number that JavaScript and SQLite share. */
const hashBytes = 6

export type LearningScopes = ReturnType<typeof createLearningScopes>

export function createLearningScopes(db: Database) {
  const find = db
    .prepare<{ person: number; workspace: string; name: string }, number>(
      'SELECT id FROM learning_scope WHERE person_id = :person AND workspace = :workspace AND name = :name',
    )
    .pluck()
  const insert = db
    .prepare<{ person: number; workspace: string; name: string }, number>(
      'INSERT INTO learning_scope (person_id, workspace, name) VALUES (:person, :workspace, :name) RETURNING id',
    )
    .pluck()
  // By the clock: a scope that was forgotten and is learnt anew never has a revision again that it had before.
  const bump = db.prepare<{ id: number; now: number }>(
    'UPDATE learning_scope SET revision = max(revision + 1, :now) WHERE id = :id',
  )
  const erased = db.prepare<{ id: number; now: number }>(
    `UPDATE cohorts_made SET erased_at = max(erased_at, at, :now)
     WHERE workspace = (SELECT workspace FROM learning_scope WHERE id = :id)`,
  )
  const secretOf = db
    .prepare<{ person: number }, Buffer>('SELECT secret FROM learner WHERE person_id = :person')
    .pluck()
  const secretOfScope = db
    .prepare<{ scope: number }, Buffer>(
      'SELECT secret FROM learning_scope JOIN learner USING (person_id) WHERE learning_scope.id = :scope',
    )
    .pluck()
  const putSecret = db.prepare<{ person: number; secret: Buffer }>(
    'INSERT INTO learner (person_id, secret) VALUES (:person, :secret)',
  )

  return {
    put(person: number, workspace: WorkspaceId, name: LearningScope): number {
      if (secretOf.get({ person }) === undefined) putSecret.run({ person, secret: randomBytes(secretBytes) })
      return (find.get({ person, workspace, name }) ?? insert.get({ person, workspace, name })) as number
    },
    bump(id: number, now: Date): void {
      bump.run({ id, now: now.getTime() })
    },
    /** Something was taken out of it: the cohorts that it may have been counted in have to be made anew. */
    erased(id: number, now: Date): void {
      erased.run({ id, now: now.getTime() })
    },
    /** What hashes the stems of that scope's person. */
    hasherOf(scope: number): Hasher {
      const secret = secretOfScope.get({ scope })
      if (secret === undefined) throw new DefectError('A person about whom something is learnt has no key.')
      return hasher(secret.toString('hex'))
    },
  }
}

export type Hasher = (term: string) => number

/** `key`: a person's secret in hexadecimal. */
export function hasher(key: string): Hasher {
  // In one call: an HMAC takes ten times as long to set up as to compute, and of 48 bits nobody lengthens anything.
  return term => hash('sha256', key + term, 'buffer').readUIntBE(0, hashBytes)
}
