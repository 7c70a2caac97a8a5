import type { Database } from 'better-sqlite3'
import type { PersonId } from '#src/core/ids.ts'
import { namelessPerson } from './retention.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/** What an operator does with what is kept of a person who cannot ask for it themself any more. */
export interface Desk {
  /** Rows of that person by table, those without any left out. */
  counts(person: PersonId): ReadonlyMap<string, number>
  /** Notes what was done, of whom (as a hash), and how many rows were found. */
  note(what: 'export' | 'forget' | 'counts', person: PersonId, found: number): void
  /** Leaves it to the process that the database belongs to. */
  askToForget(person: PersonId, found: number): void
  /** That process has not done it yet. */
  isAsked(person: PersonId): boolean
}

const own = '(SELECT id FROM person WHERE key = :person)'
const turns = `(SELECT id FROM turn WHERE asker_id = ${own})`
const scopes = `(SELECT id FROM learning_scope WHERE person_id = ${own})`

/** Which rows of a table are a person's. Tables that are about nobody, or name nobody, are not in it; a test looks for those that are missing. */
export const rowsOfPerson: Readonly<Record<string, string>> = {
  person: 'key = :person',
  message: `person_id = ${own}`,
  turn: `asker_id = ${own}`,
  draft: `turn_id IN ${turns}`,
  reply_part: `turn_id IN ${turns}`,
  reply_reason: `person_id = ${own}`,
  superseded: `turn_id IN ${turns}`,
  superseded_part: `turn_id IN ${turns}`,
  wish: `turn_id IN ${turns}`,
  opinion: `person_id = ${own}`,
  session: `person_id = ${own}`,
  session_signal: `session_id IN (SELECT id FROM session WHERE person_id = ${own})`,
  observer_job: `person_id = ${own}`,
  learner: `person_id = ${own}`,
  learning_scope: `person_id = ${own}`,
  evidence: `scope_id IN ${scopes}`,
  trait: `scope_id IN ${scopes}`,
  trait_piece: `trait_id IN (SELECT id FROM trait WHERE scope_id IN ${scopes})`,
  about: `scope_id IN ${scopes}`,
  posting: `scope_id IN ${scopes}`,
  signal: `scope_id IN ${scopes}`,
  aggregate: `scope_id IN ${scopes}`,
  dial: `scope_id IN ${scopes}`,
  link: 'account = :person OR peer = :person',
  link_code: 'account = :person OR other = :person',
  talk: 'person_key = :person',
  signed_in: 'person_key = :person',
  // "PERSON" or "PERSON in CONVERSATION": an exclamation mark is the character behind a blank.
  preference: "scope = :person OR (scope >= :person || ' in ' AND scope < :person || ' in!')",
}

export function createDesk(db: Database, unit: UnitOfWork, now: () => Date): Desk {
  const counting = Object.entries(rowsOfPerson).map(([table, where]) => {
    const count = db.prepare<{ person: string }, number>(`SELECT count(*) FROM ${table} WHERE ${where}`).pluck()
    return { table, count }
  })
  const note = db.prepare<{ at: number; what: string; person: Buffer; found: number }>(
    'INSERT INTO audit (at, what, person, found) VALUES (:at, :what, :person, :found)',
  )
  const ask = db.prepare<{ person: string; at: number; found: number }>(
    'INSERT OR REPLACE INTO errand (person, asked_at, found) VALUES (:person, :at, :found)',
  )
  const isAsked = db
    .prepare<{ person: string }, number>('SELECT EXISTS (SELECT 1 FROM errand WHERE person = :person)')
    .pluck()

  return {
    counts(person) {
      const counts = counting.map(({ table, count }) => [table, count.get({ person }) ?? 0] as const)
      return new Map(counts.filter(([, rows]) => rows > 0))
    },
    note: unit((what: string, person: PersonId, found: number) => {
      note.run({ at: now().getTime(), what, person: namelessPerson(person), found })
    }),
    askToForget: unit((person: PersonId, found: number) => {
      ask.run({ person, at: now().getTime(), found })
    }),
    isAsked: person => isAsked.get({ person }) === 1,
  }
}
