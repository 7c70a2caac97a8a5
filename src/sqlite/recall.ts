import type { Database } from 'better-sqlite3'
import type { Match } from '#src/core/learning.ts'
import type { Sight } from '#src/core/learning-scope.ts'
import { type LearningScopes, type SightColumns, sightColumns, visible } from './learning-scopes.ts'
import { createReadLinked } from './linked-scopes.ts'
import { type TraitColumns, traitColumns, traitOf, traitWords } from './trait-rows.ts'

/** Robertson's usual values: how fast a repeated word stops counting, and how much long texts are held back. */
const [saturation, lengthShare] = [1.2, 0.75]
/** So many words of a message are looked up, and so many facts for each word in each scope, the newest. */
const maxTerms = 24
const maxFactsOfTerm = 400

type PostingRow = Readonly<{ term: number; trait_id: number; frequency: number; length: number }>

export const recallSql = {
  facts: `WITH ${visible}
    SELECT posting.term, posting.trait_id, posting.frequency, posting.length
    FROM json_each(:terms) AS wanted
    CROSS JOIN visible
    CROSS JOIN posting ON posting.scope_id = visible.id AND posting.term = wanted.value AND posting.trait_id IN (
      SELECT trait_id FROM posting WHERE scope_id = visible.id AND term = wanted.value
      ORDER BY trait_id DESC LIMIT ${maxFactsOfTerm}
    )`,
  size: `WITH ${visible}
    SELECT coalesce(sum(learning_scope.facts), 0) AS facts, coalesce(sum(learning_scope.words), 0) AS words
    FROM visible CROSS JOIN learning_scope ON learning_scope.id = visible.id`,
  // The plus keeps SQLite from making an index on a handful of scopes.
  traits: `WITH ${visible}
    SELECT ${traitColumns}
    FROM json_each(:ids) AS wanted
    CROSS JOIN trait ON trait.id = wanted.value
    CROSS JOIN visible ON +visible.id = trait.scope_id
    ${traitWords}
    WHERE trait.status = 'active' AND (trait.until IS NULL OR trait.until > :at)`,
}

/** Finds the facts that share stems with a message. All counts are of what may be heard: what may not changes no order. */
export function createRecall(db: Database, scopes: LearningScopes) {
  const read = createReadLinked(db)
  const factsOf = read<SightColumns & { terms: string }, PostingRow>(recallSql.facts)
  const size = read<SightColumns, { facts: number; words: number }>(recallSql.size)
  const traits = read<SightColumns & { ids: string; at: number }, TraitColumns>(recallSql.traits)

  /** `stems`: by what stands for them, which is another word for each account. */
  function relevances(columns: SightColumns, stems: ReadonlyMap<number, string>): ReadonlyMap<number, number> {
    const { facts, words } = size(columns)[0] ?? { facts: 0, words: 0 }
    const relevance = new Map<number, number>()
    if (facts === 0) return relevance
    const usualLength = words / facts
    const found = factsOf({ ...columns, terms: JSON.stringify([...stems.keys()]) })
    for (const rows of Map.groupBy(found, ({ term }) => stems.get(term)).values()) {
      const rarity = Math.log(1 + (facts - rows.length + 0.5) / (rows.length + 0.5))
      for (const { trait_id: id, frequency, length } of rows) {
        const held = saturation * (1 - lengthShare + (lengthShare * length) / usualLength)
        const gain = (rarity * frequency * (saturation + 1)) / (frequency + held)
        relevance.set(id, (relevance.get(id) ?? 0) + gain)
      }
    }
    return relevance
  }

  return (sight: Sight, terms: readonly string[], at: Date, limit: number): readonly Match[] => {
    const wanted = [...new Set(terms)].slice(0, maxTerms)
    const hashers = scopes.hashersOf(sight)
    if (hashers.length === 0) return []
    const columns = sightColumns(sight)
    const found = relevances(columns, new Map(hashers.flatMap(hash => wanted.map(term => [hash(term), term] as const))))
    if (found.size === 0) return []
    const best = [...found].sort(([one, a], [other, b]) => b - a || one - other).slice(0, limit)
    const ids = JSON.stringify(best.map(([id]) => id))
    const rows = traits({ ...columns, ids, at: at.getTime() })
    return rows
      .map(row => ({ trait: traitOf(row), relevance: found.get(row.id) ?? 0 }))
      .sort((one, other) => other.relevance - one.relevance || Number(one.trait.id) - Number(other.trait.id))
  }
}
