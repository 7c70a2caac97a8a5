import type { Database } from 'better-sqlite3'
import type { ConversationId, PersonId } from '#src/core/ids.ts'
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
  // "PERSON" or "PERSON in CONVERSATION": an exclamation mark is the character behind a blank.
  const own = "(scope = :person OR (scope >= :person || ' in ' AND scope < :person || ' in!'))"
  const ofPerson = db.prepare<{ person: string }, { scope: string; name: string; value: string }>(
    `SELECT scope, name, value FROM preference WHERE ${own} ORDER BY scope, name`,
  )
  const underName = db.prepare<{ name: string }, { scope: string; value: string }>(
    'SELECT scope, value FROM preference WHERE name = :name ORDER BY scope',
  )
  const dropOwn = db.prepare<{ person: string; except: string }>(
    `DELETE FROM preference WHERE ${own} AND name NOT IN (SELECT value FROM json_each(:except))`,
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
    under: name =>
      underName.all({ name }).map(({ scope, value }) => {
        const [person = '', conversation] = scope.split(' in ')
        return { person: person as PersonId, name, value, conversation: conversation as ConversationId | undefined }
      }),
    of: (person: PersonId) =>
      ofPerson.all({ person }).map(({ scope, name, value }) => ({
        name,
        value,
        conversation: scope === person ? undefined : (scope.slice(`${person} in `.length) as ConversationId),
      })),
    takeBack: unit((person: PersonId, except: readonly string[]) => {
      dropOwn.run({ person, except: JSON.stringify(except) })
    }),
  }
}
