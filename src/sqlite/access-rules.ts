import type { Database } from 'better-sqlite3'
import type { AccessRules, Rule } from '#src/core/access.ts'
import type { WorkspaceId } from '#src/core/workspace.ts'

export function createAccessRules(db: Database): AccessRules {
  const all = db.prepare<{ workspace: WorkspaceId }, Rule>(
    'SELECT subject, says FROM access_rule WHERE realm = :workspace',
  )
  const put = db.prepare<Rule & { workspace: WorkspaceId; by: string; at: number }>(
    `INSERT OR REPLACE INTO access_rule (realm, subject, says, ruled_by, ruled_at)
     VALUES (:workspace, :subject, :says, :by, :at)`,
  )
  const drop = db.prepare<{ workspace: WorkspaceId; subject: string }>(
    'DELETE FROM access_rule WHERE realm = :workspace AND subject = :subject',
  )

  return {
    of: workspace => all.all({ workspace }),
    rule(workspace, subject, says, by, at) {
      if (says === undefined) drop.run({ workspace, subject })
      else put.run({ workspace, subject, says, by, at: at.getTime() })
    },
  }
}
