import type { Database } from 'better-sqlite3'
import type { Match } from '#src/core/learning.ts'
import type { Sight } from '#src/core/learning-scope.ts'
import { type Heard, type HeardColumns, type Hearing, heardWhere } from './heard-scopes.ts'
import { hasher } from './learning-scopes.ts'
import { type TraitColumns, traitColumns, traitOf, traitWords } from './trait-rows.ts'

/** Robertson's usual values: how fast a repeated word stops counting, and how much long texts are held back. */
const [saturation, lengthShare] = [1.2, 0.75]
/** So many words of a message are looked up, and so many facts for each word in each scope, the newest. */
const maxTerms = 24
const maxFactsOfTerm = 400

type PostingRow = Readonly<{ term: number; trait_id: number; frequency: number; length: number }>
type Asking = HeardColumns & Readonly<{ terms: string }>

export const recallSql = {
  facts: `SELECT posting.term, posting.trait_id, posting.frequency, posting.length
    FROM json_each(:heard) AS heard
    CROSS JOIN json_each(:terms) AS wanted
    CROSS JOIN posting ON posting.scope_id = heard.value AND posting.term = wanted.value AND posting.trait_id >= coalesce((
      SELECT trait_id FROM posting WHERE scope_id = heard.value AND term = wanted.value
      ORDER BY trait_id DESC LIMIT 1 OFFSET ${maxFactsOfTerm - 1}
    ), 0)`,
  traits: `SELECT ${traitColumns}
    FROM json_each(:ids) AS wanted
    CROSS JOIN trait ON trait.id = wanted.value
    ${traitWords}
    WHERE trait.status = 'active' AND (trait.until IS NULL OR trait.until > :at)
      AND trait.scope_id IN (SELECT value FROM json_each(:heard))`,
}

/** Finds the facts that share stems with a message. All counts are of what may be heard: what may not changes no order. */
export function createRecall(db: Database, hearing: Hearing) {
  const factsOf = db.prepare<Asking, PostingRow>(recallSql.facts)
  const traits = db.prepare<HeardColumns & { ids: string; at: number }, TraitColumns>(recallSql.traits)

  /** By stem, in their order. Each account has words of its own for them. */
  function postingsOf(heard: Heard, stems: readonly string[]): readonly (readonly PostingRow[])[] {
    const found = stems.map((): PostingRow[] => [])
    for (const [secret, its] of Map.groupBy(withFacts(heard), ({ secret }) => secret)) {
      if (secret === null) continue
      const hash = hasher(secret)
      const places = new Map(stems.map((stem, place) => [hash(stem), place]))
      const ids = heardWhere(heard, scope => its.includes(scope))
      for (const row of factsOf.all({ heard: ids, terms: JSON.stringify([...places.keys()]) })) {
        found[places.get(row.term) ?? -1]?.push(row)
      }
    }
    return found
  }

  function relevances(heard: Heard, stems: readonly string[]): ReadonlyMap<number, number> {
    const all = withFacts(heard)
    const facts = all.reduce((sum, scope) => sum + scope.facts, 0)
    const usualLength = all.reduce((sum, scope) => sum + scope.words, 0) / facts
    const relevance = new Map<number, number>()
    for (const rows of postingsOf(heard, stems)) {
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
    const heard = hearing.all(sight)
    const found = relevances(heard, [...new Set(terms)].slice(0, maxTerms))
    if (found.size === 0) return []
    const best = [...found].sort(([one, a], [other, b]) => b - a || one - other).slice(0, limit)
    const ids = JSON.stringify(best.map(([id]) => id))
    const rows = traits.all({ heard: heard.ids, ids, at: at.getTime() })
    return rows
      .map(row => ({ trait: traitOf(row, heard), relevance: found.get(row.id) ?? 0 }))
      .sort((one, other) => other.relevance - one.relevance || Number(one.trait.id) - Number(other.trait.id))
  }
}

function withFacts({ scopes }: Heard): Heard['scopes'] {
  return scopes.filter(({ facts }) => facts > 0)
}
