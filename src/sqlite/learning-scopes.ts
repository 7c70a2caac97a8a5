import { hash, randomBytes } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { DefectError } from '#src/core/errors.ts'
import type { LearningScope, Sight } from '#src/core/learning-scope.ts'
import type { WorkspaceId } from '#src/core/workspace.ts'
import { createReadLinked, linkRevisionSql } from './linked-scopes.ts'

/**
 * The scopes that may be heard, as the first table of every query about a person: so nothing else is ever read, let alone
 * put into a prompt.
 */
export const visible = `visible (id, name) AS MATERIALIZED (
  SELECT learning_scope.id, learning_scope.name
  FROM person CROSS JOIN learning_scope ON learning_scope.person_id = person.id
  WHERE person.key = :person AND learning_scope.workspace = :workspace
    AND learning_scope.name IN (SELECT value FROM json_each(:scopes))
)`

export type SightColumns = Readonly<{ person: string; workspace: string; scopes: string }>

export function sightColumns({ person, workspace, scopes }: Sight): SightColumns {
  return { person, workspace, scopes: JSON.stringify(scopes) }
}

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
  const read = createReadLinked(db)
  const revision = read<SightColumns, { revision: string }>(
    `WITH ${visible} SELECT learning_scope.id || '.' || learning_scope.revision AS revision
     FROM visible CROSS JOIN learning_scope ON learning_scope.id = visible.id WHERE learning_scope.revision > 0
     ORDER BY learning_scope.id`,
  )
  // A link that comes, goes or rests changes a brief at once, also where nothing that it lends has a revision yet.
  const linkRevision = db.prepare<SightColumns, { revision: string }>(linkRevisionSql)
  const secretOf = db
    .prepare<{ person: number }, Buffer>('SELECT secret FROM learner WHERE person_id = :person')
    .pluck()
  const secretOfScope = db
    .prepare<{ scope: number }, Buffer>(
      'SELECT secret FROM learning_scope JOIN learner USING (person_id) WHERE learning_scope.id = :scope',
    )
    .pluck()
  const secretsHeard = read<SightColumns, { secret: Buffer }>(
    `WITH ${visible} SELECT DISTINCT learner.secret
     FROM visible
     CROSS JOIN learning_scope ON learning_scope.id = visible.id AND learning_scope.facts > 0
     CROSS JOIN learner ON learner.person_id = learning_scope.person_id`,
  )
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
    revision(sight: Sight): string {
      const columns = sightColumns(sight)
      return [...revision(columns), ...linkRevision.all(columns)].map(row => row.revision).join(' ')
    },
    /** What hashes the stems of that scope's person. */
    hasherOf(scope: number): Hasher {
      const secret = secretOfScope.get({ scope })
      if (secret === undefined) throw new DefectError('A person about whom something is learnt has no key.')
      return hasher(secret)
    },
    /** One for each account of whose facts some may be heard. */
    hashersOf: (sight: Sight): readonly Hasher[] =>
      secretsHeard(sightColumns(sight)).map(({ secret }) => hasher(secret)),
  }
}

export type Hasher = (term: string) => number

function hasher(secret: Buffer): Hasher {
  // In one call: an HMAC takes ten times as long to set up as to compute, and of 48 bits nobody lengthens anything.
  const key = secret.toString('hex')
  return term => hash('sha256', key + term, 'buffer').readUIntBE(0, hashBytes)
}
