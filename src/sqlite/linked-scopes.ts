import { learningPreference } from '#src/core/consent.ts'
import { ignoredPreference } from '#src/core/ignored.ts'
import { dmScope, styleScope } from '#src/core/learning-scope.ts'

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
export const lentSql = (columns: string) => `
  SELECT ${columns}
  FROM link
  CROSS JOIN person ON person.key = link.peer
  CROSS JOIN learning_scope ON learning_scope.id IN (
    SELECT id FROM learning_scope
    WHERE person_id = person.id AND name IN (SELECT value FROM json_each(:scopes))
      AND (name = '${styleScope}' OR (name = '${dmScope}' AND ${sharesFacts}))
    ORDER BY revision DESC, id LIMIT ${maxOfLinked}
  )
  LEFT JOIN learner ON learner.person_id = person.id
  WHERE link.account = :person AND ${lends}`

/** What somebody takes along from door to door as one and the same account: style alone. */
export const takenAlongSql = (columns: string) => `
  SELECT ${columns}
  FROM person
  CROSS JOIN learning_scope ON learning_scope.id IN (
    SELECT id FROM learning_scope
    WHERE person_id = person.id AND name = '${styleScope}' AND name IN (SELECT value FROM json_each(:scopes))
      AND ${isOfAnotherDoor}
    ORDER BY revision DESC, id LIMIT ${maxOfLinked}
  )
  LEFT JOIN learner ON learner.person_id = person.id
  WHERE person.key = :person`

/** The links that lend to an account, and whether facts go over them to where somebody asks. */
export const linkRevisionSql = `
  SELECT 'link ' || link.id || ':' || (${sharesFacts} AND '${dmScope}' IN (SELECT value FROM json_each(:scopes))) AS revision
  FROM link WHERE link.account = :person AND :workspace <> '' AND ${lends} ORDER BY link.id`

/** Whether anything can be lent or taken along at all. */
export const whetherElsewhereSql = `
  SELECT 1 FROM link WHERE account = :person
  UNION ALL
  SELECT 1 FROM person CROSS JOIN learning_scope ON learning_scope.person_id = person.id
  WHERE person.key = :person AND learning_scope.name = '${styleScope}' AND ${isOfAnotherDoor}
  LIMIT 1`
