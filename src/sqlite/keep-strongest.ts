import type { Database } from 'better-sqlite3'
import type { TraitStatus } from '#src/core/trait.ts'
import type { Indexed, Postings } from './postings.ts'

/**
 * Live traits in one scope of one person in one workspace. A limit over all scopes would let what was said in a DM push out what a
 * channel knows, and so tell of it.
 */
const maxLive = 300

type Ranked = Indexed & Readonly<{ strong: number }>

/** Lets the strongest live, and brings back those that room was made for: as many steps as traits came, went or moved. */
export function createKeepStrongest(db: Database, postings: Postings): (scope: number) => void {
  const ranked = (status: TraitStatus, order: string) =>
    db.prepare<{ scope: number }, Ranked>(
      `SELECT id, scope_id AS scope, part, terms, length, strong_until AS strong FROM trait INDEXED BY trait_by_strength
       WHERE scope_id = :scope AND status = '${status}' AND ended_at IS NULL ORDER BY ${order} LIMIT 1`,
    )
  const weakest = ranked('active', 'strong_until, id DESC')
  const strongest = ranked('expired', 'strong_until DESC, id')
  const count = db
    .prepare<{ scope: number }, number>(
      `SELECT count(*) FROM trait INDEXED BY trait_by_strength
       WHERE scope_id = :scope AND status = 'active' AND ended_at IS NULL`,
    )
    .pluck()
  const setStatus = db.prepare<{ id: number; status: TraitStatus }>('UPDATE trait SET status = :status WHERE id = :id')

  function expire(trait: Ranked): void {
    setStatus.run({ id: trait.id, status: 'expired' })
    postings.remove(trait)
  }

  function revive(trait: Ranked): void {
    setStatus.run({ id: trait.id, status: 'active' })
    postings.add(trait)
  }

  return scope => {
    let room = maxLive - (count.get({ scope }) ?? 0)
    for (; room < 0; room += 1) {
      const last = weakest.get({ scope })
      if (last) expire(last)
    }
    for (let next = strongest.get({ scope }); next; next = strongest.get({ scope })) {
      const last = room > 0 ? undefined : weakest.get({ scope })
      if (last && !outranks(next, last)) return
      if (last) expire(last)
      else room -= 1
      revive(next)
    }
  }
}

function outranks(one: Ranked, other: Ranked): boolean {
  return one.strong > other.strong || (one.strong === other.strong && one.id < other.id)
}
