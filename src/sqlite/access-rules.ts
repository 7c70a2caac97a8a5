import type { Database } from 'better-sqlite3'
import type { AccessRules, Realm, Rule } from '#src/core/access.ts'

export function createAccessRules(db: Database): AccessRules {
  const all = db.prepare<{ realm: Realm }, Rule>('SELECT subject, says FROM access_rule WHERE realm = :realm')
  const put = db.prepare<Rule & { realm: Realm; by: string; at: number }>(
    `INSERT OR REPLACE INTO access_rule (realm, subject, says, ruled_by, ruled_at)
     VALUES (:realm, :subject, :says, :by, :at)`,
  )
  const drop = db.prepare<{ realm: Realm; subject: string }>(
    'DELETE FROM access_rule WHERE realm = :realm AND subject = :subject',
  )

  return {
    of: realm => all.all({ realm }),
    rule(realm, subject, says, by, at) {
      if (says === undefined) drop.run({ realm, subject })
      else put.run({ realm, subject, says, by, at: at.getTime() })
    },
  }
}
