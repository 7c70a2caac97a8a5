import { hash, randomBytes } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { PersonId } from '#src/core/ids.ts'
import type { Person } from '#src/core/person.ts'
import type { SignIns } from '#src/core/sign-ins.ts'
import type { UnitOfWork } from './unit-of-work.ts'

type Row = Readonly<{ person_key: string; name: string; external: number }>

const lastsMs = 30 * 24 * 3_600_000
const keyBytes = 32

export function createSignIns(db: Database, unit: UnitOfWork): SignIns {
  const begin = db.prepare<Row & Readonly<{ hash: Buffer; until: number }>>(
    `INSERT INTO signed_in (hash, person_key, name, external, until)
     VALUES (:hash, :person_key, :name, :external, :until)`,
  )
  const who = db.prepare<{ hash: Buffer; at: number }, Row>(
    'SELECT person_key, name, external FROM signed_in WHERE hash = :hash AND until > :at',
  )
  const end = db.prepare<{ hash: Buffer }>('DELETE FROM signed_in WHERE hash = :hash')
  const prune = db.prepare<{ at: number }>('DELETE FROM signed_in WHERE until <= :at')

  return {
    begin: unit(({ id, name, external }: Person, at: Date) => {
      const [now, key] = [at.getTime(), randomBytes(keyBytes).toString('base64url')]
      prune.run({ at: now })
      begin.run({ hash: hashOf(key), person_key: id, name, external: external ? 1 : 0, until: now + lastsMs })
      return key
    }),
    who(key, at) {
      const row = who.get({ hash: hashOf(key), at: at.getTime() })
      return row && { id: row.person_key as PersonId, name: row.name, external: row.external === 1 }
    },
    end: unit((key: string) => {
      end.run({ hash: hashOf(key) })
    }),
  }
}

function hashOf(key: string): Buffer {
  return hash('sha256', key, 'buffer')
}
