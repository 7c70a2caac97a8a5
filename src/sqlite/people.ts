import type { Database } from 'better-sqlite3'
import type { PersonId } from '#src/core/ids.ts'
import type { Person } from '#src/core/person.ts'

export type PersonColumns = Readonly<{ person_key: string; person_name: string; person_external: number }>

/** A person's columns in a join with `person`, for `personOf`. */
export const personColumns = 'person.key AS person_key, person.name AS person_name, person.external AS person_external'

export function personOf(row: PersonColumns): Person {
  return { id: row.person_key as PersonId, name: row.person_name, external: row.person_external === 1 }
}

export type People = ReturnType<typeof createPeople>

export function createPeople(db: Database) {
  const find = db.prepare<{ key: string }, { id: number; name: string; external: number }>(
    'SELECT id, name, external FROM person WHERE key = :key',
  )
  const insert = db
    .prepare<{ key: string; name: string; external: number }, number>(
      'INSERT INTO person (key, name, external) VALUES (:key, :name, :external) RETURNING id',
    )
    .pluck()
  const update = db.prepare<{ id: number; name: string; external: number }>(
    'UPDATE person SET name = :name, external = :external WHERE id = :id',
  )

  return {
    /** The row of a person as they show themselves now. */
    put({ id: key, name, external }: Person): number {
      const flag = external ? 1 : 0
      const row = find.get({ key })
      if (row === undefined) return insert.get({ key, name, external: flag }) as number
      if (row.name !== name || row.external !== flag) update.run({ id: row.id, name, external: flag })
      return row.id
    },
    idOf(key: PersonId): number | undefined {
      return find.get({ key })?.id
    },
  }
}
