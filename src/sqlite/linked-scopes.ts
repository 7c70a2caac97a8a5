import type { Database } from 'better-sqlite3'
import { learningPreference } from '#src/core/consent.ts'
import { ignoredPreference } from '#src/core/ignored.ts'
import { dmScope, styleScope } from '#src/core/learning-scope.ts'
import type { SightColumns } from './learning-scopes.ts'

/** Of one linked account so many scopes are read, those that changed last: somebody may be known in a hundred servers. */
const maxOfLinked = 8

const sharesFacts = `(link.gives_facts = 1
  AND EXISTS (SELECT 1 FROM link AS back WHERE back.account = link.peer AND back.peer = link.account AND back.gives_facts = 1))`

/** Who wants to be left alone, or not to be learnt from, lends nothing meanwhile. */
const lends = `NOT EXISTS (
  SELECT 1 FROM preference WHERE scope = link.peer
    AND ((name = '${learningPreference}' AND value = 'off') OR name = '${ignoredPreference}')
)`

/**
 * What linked accounts lend: style, whatever workspace it is of, since that is what the link is for; and from DM to DM all else, once
 * both accounts said so.
 */
const lent = `
  SELECT learning_scope.id, learning_scope.name
  FROM link
  CROSS JOIN person ON person.key = link.peer
  CROSS JOIN learning_scope ON learning_scope.id IN (
    SELECT id FROM learning_scope
    WHERE person_id = person.id AND name IN (SELECT value FROM json_each(:scopes))
      AND (name = '${styleScope}' OR (name = '${dmScope}' AND ${sharesFacts}))
    ORDER BY revision DESC, id LIMIT ${maxOfLinked}
  )
  WHERE link.account = :person AND ${lends}`

/** The links that lend to an account, and whether facts go over them to where somebody asks. */
export const linkRevisionSql = `
  SELECT 'link ' || link.id || ':' || (${sharesFacts} AND '${dmScope}' IN (SELECT value FROM json_each(:scopes))) AS revision
  FROM link WHERE link.account = :person AND :workspace <> '' AND ${lends} ORDER BY link.id`

/** The same question about the scopes of `visible`, and those that linked accounts lend. */
export function withLinks(sql: string): string {
  const end = sql.indexOf('\n)')
  return `${sql.slice(0, end)}\n  UNION ALL${lent}${sql.slice(end)}`
}

/**
 * Prepares questions that begin with the scopes of `visible`, for people with linked accounts and without: most have none, and
 * their briefs take no longer for those of others.
 */
export function createReadLinked(db: Database) {
  const isLinked = db.prepare<{ person: string }, number>('SELECT 1 FROM link WHERE account = :person LIMIT 1').pluck()
  return <Columns extends SightColumns, Row>(sql: string): ((columns: Columns) => readonly Row[]) => {
    const alone = db.prepare<Columns, Row>(sql)
    const together = db.prepare<Columns, Row>(withLinks(sql))
    return columns => (isLinked.get({ person: columns.person }) === undefined ? alone : together).all(columns)
  }
}
