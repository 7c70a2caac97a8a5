import { hash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { Usage } from '#src/core/access.ts'
import type { PersonId } from '#src/core/ids.ts'
import type { UnitOfWork } from './unit-of-work.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** What limits count. It is pruned as it grows: no job is needed, and nothing is older than a day for long. */
export function createUsage(db: Database, unit: UnitOfWork): Usage {
  const insert = db.prepare<{ person: Buffer; at: number }>(
    'INSERT INTO asking (person, asked_at) VALUES (:person, :at)',
  )
  const prune = db.prepare<{ before: number }>('DELETE FROM asking WHERE asked_at <= :before')
  // What stands in the future was counted before our clock was set back: it must not bar anybody until then.
  const nth = db
    .prepare<{ person: Buffer; since: number; now: number; skip: number }, number>(
      `SELECT asked_at FROM asking WHERE person = :person AND asked_at > :since AND asked_at <= :now
       ORDER BY asked_at DESC LIMIT 1 OFFSET :skip`,
    )
    .pluck()
  const count = db
    .prepare<{ person: Buffer; since: number }, number>(
      'SELECT count(*) FROM asking WHERE person = :person AND asked_at > :since',
    )
    .pluck()
  const add = db.prepare<{ hour: number; tokens: number }>(
    `INSERT INTO spending (hour, tokens) VALUES (:hour, :tokens)
     ON CONFLICT (hour) DO UPDATE SET tokens = tokens + :tokens`,
  )
  const pruneSpent = db.prepare<{ before: number }>('DELETE FROM spending WHERE hour < :before')
  const spent = db
    .prepare<{ since: number }, number>('SELECT coalesce(sum(tokens), 0) FROM spending WHERE hour >= :since')
    .pluck()
  const tell = db.prepare<{ person: Buffer; at: number; notSince: number }>(
    `INSERT INTO refusal (person, told_at) VALUES (:person, :at)
     ON CONFLICT (person) DO UPDATE SET told_at = :at WHERE told_at <= :notSince OR told_at > :at`,
  )
  const pruneTold = db.prepare<{ before: number }>('DELETE FROM refusal WHERE told_at < :before')

  return {
    ask: unit((person: PersonId, at: Date) => {
      prune.run({ before: at.getTime() - dayMs })
      insert.run({ person: nameless(person), at: at.getTime() })
    }),
    nthAsked(person, which, now) {
      const at = nth.get({
        person: nameless(person),
        since: now.getTime() - dayMs,
        now: now.getTime(),
        skip: which - 1,
      })
      return at === undefined ? undefined : new Date(at)
    },
    askedSince: (person, since) => count.get({ person: nameless(person), since: since.getTime() }) ?? 0,
    spend: unit((tokens: number, at: Date) => {
      pruneSpent.run({ before: hourOf(at) - 48 })
      add.run({ hour: hourOf(at), tokens })
    }),
    spentSince: since => spent.get({ since: hourOf(since) }) ?? 0,
    tellRefusal: unit((person: PersonId, at: Date, notSince: Date) => {
      pruneTold.run({ before: at.getTime() - dayMs })
      const told = { person: nameless(person), at: at.getTime(), notSince: notSince.getTime() }
      return tell.run(told).changes === 1
    }),
  }
}

function nameless(person: PersonId): Buffer {
  return hash('sha256', person, 'buffer').subarray(0, 16)
}

function hourOf(at: Date): number {
  return Math.floor(at.getTime() / hourMs)
}
