import type { Database } from 'better-sqlite3'
import type { Preferences, Scope } from '#src/core/preferences.ts'
import type { UnitOfWork } from './unit-of-work.ts'

export function createPreferences(db: Database, unit: UnitOfWork): Preferences {
  const find = db
    .prepare<{ name: string; scope: string }, string>(
      'SELECT value FROM preference WHERE scope = :scope AND name = :name',
    )
    .pluck()
  const put = db.prepare<{ name: string; scope: string; value: string }>(
    'INSERT OR REPLACE INTO preference (scope, name, value) VALUES (:scope, :name, :value)',
  )
  const drop = db.prepare<{ name: string; scope: string }>(
    'DELETE FROM preference WHERE scope = :scope AND name = :name',
  )

  return {
    chosen(name, scopes) {
      for (const scope of scopes) {
        const value = find.get({ name, scope })
        if (value !== undefined) return value
      }
      return undefined
    },
    choose: unit((name: string, scope: Scope, value: string | undefined) => {
      if (value === undefined) drop.run({ name, scope })
      else put.run({ name, scope, value })
    }),
  }
}
