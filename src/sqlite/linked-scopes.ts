import type { Database } from 'better-sqlite3'
import { learningPreference } from '#src/core/consent.ts'
import { ignoredPreference } from '#src/core/ignored.ts'
import { dmScope, styleScope } from '#src/core/learning-scope.ts'
import type { SightColumns } from './learning-scopes.ts'

/** Of one account so many scopes are read from elsewhere, those that changed last: somebody may be known in a hundred servers. */
const maxOfLinked = 8

/** An account is of one platform: at a door of another one somebody showed by a code of its own who they are. */
const isOfAnotherDoor = "substr(workspace, 1, instr(workspace, ':')) <> substr(:workspace, 1, instr(:workspace, ':'))"

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

/** What somebody takes along from door to door as one and the same account: style alone. */
const takenAlong = `
  SELECT learning_scope.id, learning_scope.name
  FROM person
  CROSS JOIN learning_scope ON learning_scope.id IN (
    SELECT id FROM learning_scope
    WHERE person_id = person.id AND name = '${styleScope}' AND name IN (SELECT value FROM json_each(:scopes))
      AND ${isOfAnotherDoor}
    ORDER BY revision DESC, id LIMIT ${maxOfLinked}
  )
  WHERE person.key = :person`

/** The links that lend to an account, and whether facts go over them to where somebody asks. */
export const linkRevisionSql = `
  SELECT 'link ' || link.id || ':' || (${sharesFacts} AND '${dmScope}' IN (SELECT value FROM json_each(:scopes))) AS revision
  FROM link WHERE link.account = :person AND :workspace <> '' AND ${lends} ORDER BY link.id`

/** The same question about the scopes of `visible`, those that linked accounts lend, and what is taken along from other doors. */
export function withLinks(sql: string): string {
  const end = sql.indexOf('\n)')
  return `${sql.slice(0, end)}\n  UNION ALL${lent}\n  UNION ALL${takenAlong}${sql.slice(end)}`
}

/**
 * Prepares questions that begin with the scopes of `visible`, for people who are known elsewhere as well and for others: most are
 * not, and their briefs take no longer for those who are.
 */
export function createReadLinked(db: Database) {
  const isKnownElsewhere = db
    .prepare<SightColumns, number>(
      `SELECT 1 FROM link WHERE account = :person
       UNION ALL
       SELECT 1 FROM person CROSS JOIN learning_scope ON learning_scope.person_id = person.id
       WHERE person.key = :person AND learning_scope.name = '${styleScope}' AND ${isOfAnotherDoor}
       LIMIT 1`,
    )
    .pluck()
  const changesUntilNow = db.prepare<[], number>('SELECT total_changes()').pluck()
  let last: Readonly<{ person: string; workspace: string; changes: number; isKnown: boolean }> | undefined

  /** A brief asks some eight times in a row: nothing was written meanwhile, mostly, so nothing is known elsewhere that was not. */
  function isElsewhere(columns: SightColumns): boolean {
    const { person, workspace, scopes } = columns
    const changes = changesUntilNow.get() ?? 0
    if (last?.person !== person || last.workspace !== workspace || last.changes !== changes) {
      const isKnown = isKnownElsewhere.get({ person, workspace, scopes }) !== undefined
      last = { person, workspace, changes, isKnown }
    }
    return last.isKnown
  }

  return <Columns extends SightColumns, Row>(sql: string): ((columns: Columns) => readonly Row[]) => {
    const alone = db.prepare<Columns, Row>(sql)
    const together = db.prepare<Columns, Row>(withLinks(sql))
    return columns => (isElsewhere(columns) ? together : alone).all(columns)
  }
}
