import type { Database } from 'better-sqlite3'
import type { Hasher } from './learning-scopes.ts'

/** A trait as far as the words that find it go. */
export type Indexed = Readonly<{ id: number; scope: number; part: 'slot' | 'fact'; terms: string; length: number }>

type Term = readonly [term: number, frequency: number]

/** Saying the same thing a hundred times does not make it the answer to everything. */
const maxFrequency = 4

export type Postings = ReturnType<typeof createPostings>

/** Which facts a stem finds. A global full-text index would read everybody's to find one person's. */
export function createPostings(db: Database) {
  const insert = db.prepare<{ scope: number; term: number; trait: number; frequency: number; length: number }>(
    `INSERT OR REPLACE INTO posting (scope_id, term, trait_id, frequency, length)
     VALUES (:scope, :term, :trait, :frequency, :length)`,
  )
  const remove = db.prepare<{ scope: number; term: number; trait: number }>(
    'DELETE FROM posting WHERE scope_id = :scope AND term = :term AND trait_id = :trait',
  )
  const count = db.prepare<{ scope: number; facts: number; words: number }>(
    'UPDATE learning_scope SET facts = facts + :facts, words = words + :words WHERE id = :scope',
  )

  return {
    /** Stems as a trait keeps them. */
    describe(terms: readonly string[], hash: Hasher): Pick<Indexed, 'terms' | 'length'> {
      const frequencies = new Map<string, number>()
      for (const term of terms) frequencies.set(term, Math.min(maxFrequency, (frequencies.get(term) ?? 0) + 1))
      const hashed: readonly Term[] = [...frequencies].map(([term, frequency]) => [hash(term), frequency])
      return { terms: JSON.stringify(hashed), length: hashed.reduce((sum, [, frequency]) => sum + frequency, 0) }
    },
    add({ id: trait, scope, part, terms, length }: Indexed): void {
      if (part !== 'fact') return
      for (const [term, frequency] of parsed(terms)) insert.run({ scope, term, trait, frequency, length })
      count.run({ scope, facts: 1, words: length })
    },
    remove({ id: trait, scope, part, terms, length }: Indexed): void {
      if (part !== 'fact') return
      for (const [term] of parsed(terms)) remove.run({ scope, term, trait })
      count.run({ scope, facts: -1, words: -length })
    },
  }
}

function parsed(terms: string): readonly Term[] {
  return JSON.parse(terms) as readonly Term[]
}
