import type { Database } from 'better-sqlite3'
import type { Id } from '#src/core/ids.ts'
import type { LearningScope, Sight } from '#src/core/learning-scope.ts'
import { lentSql, linkRevisionSql, takenAlongSql, whetherElsewhereSql } from './linked-scopes.ts'

/** One scope that may be heard, and what a brief asks of it as a whole. */
export type HeardScope = Readonly<{
  id: number
  name: LearningScope
  revision: number
  facts: number
  words: number
  /** What hashes the stems of its person, in hexadecimal. */
  secret: string | null
}>

/** The ids of such scopes as JSON. Nothing else makes one, so no question about a person reads past what may be heard. */
export type HeardIds = Id<'heard scopes'>
export type HeardColumns = Readonly<{ heard: HeardIds }>

/** What may be heard of a person in some place: of no other scope anything is read, let alone put into a prompt. */
export type Heard = Readonly<{
  ids: HeardIds
  scopes: readonly HeardScope[]
  names: ReadonlyMap<number, LearningScope>
  /** Equal ones: a standing brief made before still holds. */
  revision: string
}>

export type SightColumns = Readonly<{ person: string; workspace: string; scopes: string }>

export function sightColumns({ person, workspace, scopes }: Sight): SightColumns {
  return { person, workspace, scopes: JSON.stringify(scopes) }
}

/** So many answers are held at a time. */
const maxKept = 200

const columns = `learning_scope.id, learning_scope.name, learning_scope.revision, learning_scope.facts, learning_scope.words,
  lower(hex(learner.secret)) AS secret`

const own = `SELECT ${columns}
  FROM person
  CROSS JOIN json_each(:scopes) AS told
  CROSS JOIN learning_scope ON learning_scope.person_id = person.id AND learning_scope.workspace = :workspace
    AND learning_scope.name = told.value
  LEFT JOIN learner ON learner.person_id = person.id
  WHERE person.key = :person`

export const heardSql = {
  own,
  // What is lent comes behind what is their own.
  together: [own, lentSql(columns), takenAlongSql(columns)].join(' UNION ALL '),
  whetherElsewhere: whetherElsewhereSql,
  links: linkRevisionSql,
}

export type Hearing = ReturnType<typeof createHearing>

/** The first question about a person, which all others go by. */
export function createHearing(db: Database) {
  const alone = db.prepare<SightColumns, HeardScope>(heardSql.own)
  const together = db.prepare<SightColumns, HeardScope>(heardSql.together)
  const isKnownElsewhere = db.prepare<SightColumns, number>(heardSql.whetherElsewhere).pluck()
  const links = db.prepare<SightColumns, string>(heardSql.links).pluck()
  const writtenHere = db.prepare<[], number>('SELECT total_changes()').pluck()
  const writtenBeside = db.prepare<[], number>('PRAGMA data_version').pluck()
  const kept = new Map<string, Heard>()
  let keptAt = ''

  /** Most people are known nowhere else, and their briefs take no longer for those who are. */
  function read(sight: SightColumns): Heard {
    if (isKnownElsewhere.get(sight) === undefined) return heardOf(alone.all(sight), [])
    return heardOf(together.all(sight), links.all(sight))
  }

  return {
    own: (sight: Sight): Heard => heardOf(alone.all(sightColumns(sight)), []),
    /**
     * With what linked accounts lend and other doors do. A brief asks some five times in a row, and nothing was written meanwhile,
     * mostly: the answer holds until something is, by whomever. In a transaction, which may come to nothing, none is held.
     */
    all(sight: Sight): Heard {
      const asked = sightColumns(sight)
      if (db.inTransaction) return read(asked)
      const at = `${writtenHere.get()} ${writtenBeside.get()}`
      if (at !== keptAt || kept.size >= maxKept) kept.clear()
      keptAt = at
      const key = `${asked.person}\n${asked.workspace}\n${asked.scopes}`
      const heard = kept.get(key) ?? read(asked)
      kept.set(key, heard)
      return heard
    },
  }
}

/** Those of them that a condition holds for. */
export function heardWhere({ scopes }: Heard, holds: (scope: HeardScope) => boolean): HeardIds {
  return idsOf(scopes.filter(holds))
}

function heardOf(scopes: readonly HeardScope[], links: readonly string[]): Heard {
  const moved = scopes.filter(({ revision }) => revision > 0).toSorted((one, other) => one.id - other.id)
  return {
    ids: idsOf(scopes),
    scopes,
    names: new Map(scopes.map(({ id, name }) => [id, name])),
    // A link that comes, goes or rests changes a brief at once, also where nothing that it lends has a revision yet.
    revision: [...moved.map(({ id, revision }) => `${id}.${revision}`), ...links].join(' '),
  }
}

function idsOf(scopes: readonly HeardScope[]): HeardIds {
  return JSON.stringify(scopes.map(({ id }) => id)) as HeardIds
}
