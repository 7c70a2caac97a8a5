import type { Database } from 'better-sqlite3'
import type { Slot } from '#src/core/claim.ts'
import { sharedByNear } from '#src/core/testimony.ts'
import type { LearningScopes } from './learning-scopes.ts'

export type Group = Readonly<{ scope: number; group: Slot }>

type Head = readonly string[]
type At = Readonly<{ scope: number; term: number; trait: number; evidence: number }>
type Sharing = Readonly<{ scope: number; terms: string; shared: number }>

/** Finds statements by what they are about, without a look at all the others of their group. */
export function createAbout(db: Database, scopes: LearningScopes) {
  const insert = db.prepare<At>(
    'INSERT OR IGNORE INTO about (scope_id, term, trait_id, evidence_id) VALUES (:scope, :term, :trait, :evidence)',
  )
  const move = db.prepare<At & Readonly<{ to: number }>>(
    `UPDATE about SET trait_id = :to
     WHERE scope_id = :scope AND term = :term AND trait_id = :trait AND evidence_id = :evidence`,
  )
  const remove = db.prepare<Omit<At, 'trait'>>(
    'DELETE FROM about WHERE scope_id = :scope AND term = :term AND evidence_id = :evidence',
  )
  const sharing = (column: 'trait_id' | 'evidence_id', limits: string) =>
    db
      .prepare<Sharing, number>(
        `SELECT ${column} FROM about
         WHERE scope_id = :scope AND term IN (SELECT value FROM json_each(:terms)) ${limits}
         GROUP BY ${column} HAVING count(*) >= :shared ORDER BY ${column}`,
      )
      .pluck()
  const traits = sharing('trait_id', 'AND trait_id > 0')
  const statements = sharing('evidence_id', '')

  const other = db
    .prepare<{ scope: number; terms: string; evidence: number }, number>(
      `SELECT 1 FROM about
       WHERE scope_id = :scope AND term IN (SELECT value FROM json_each(:terms)) AND evidence_id <> :evidence LIMIT 1`,
    )
    .pluck()

  function termsOf({ scope, group }: Group, head: Head): readonly number[] {
    const hash = scopes.hasherOf(scope)
    return [...new Set(head)].map(word => hash(`${group} ${word}`))
  }

  function sharingOf(group: Group, head: Head): Sharing {
    return { scope: group.scope, terms: JSON.stringify(termsOf(group, head)), shared: sharedByNear(head) }
  }

  return {
    put(group: Group, head: Head, evidence: number, trait = 0): void {
      for (const term of termsOf(group, head)) insert.run({ scope: group.scope, term, trait, evidence })
    },
    remove(group: Group, head: Head, evidence: number): void {
      for (const term of termsOf(group, head)) remove.run({ scope: group.scope, term, evidence })
    },
    /** Makes a statement the newest word of a trait, or (`to` 0) of none. */
    move(group: Group, head: Head, evidence: number, trait: number, to: number): void {
      for (const term of termsOf(group, head)) move.run({ scope: group.scope, term, trait, evidence, to })
    },
    /** All standing traits that may be near, and perhaps some that are not. */
    traitsNear: (group: Group, head: Head): readonly number[] => traits.all(sharingOf(group, head)),
    /** The same of all statements. */
    statementsNear: (group: Group, head: Head): readonly number[] => statements.all(sharingOf(group, head)),
    /** Whether another statement has a word of its head. */
    isShared: (group: Group, head: Head, evidence: number): boolean =>
      other.get({ scope: group.scope, terms: JSON.stringify(termsOf(group, head)), evidence }) === 1,
  }
}
