import type { Database } from 'better-sqlite3'
import { type Cohort, type Cohorts, everybody, type TasteSlot } from '#src/core/cohorts.ts'
import type { PersonId } from '#src/core/ids.ts'
import type { WorkspaceId } from '#src/core/workspace.ts'
import type { BriefRows } from './brief-data.ts'
import type { UnitOfWork } from './unit-of-work.ts'

type ValueRow = Readonly<{
  cohort: string
  members: number
  slot: TasteSlot
  value: string
  share: number
  contributors: number
}>

export const cohortSql = {
  nextWorkspace: 'SELECT min(workspace) FROM learning_scope WHERE workspace > :after',
  people: `SELECT learning_scope.id, person.key AS person, person.external
    FROM learning_scope INDEXED BY learning_scope_of_workspace
    CROSS JOIN person ON person.id = learning_scope.person_id
    WHERE learning_scope.workspace = :workspace AND learning_scope.name = 'style' AND learning_scope.id > :after
    ORDER BY learning_scope.id LIMIT :limit`,
  values: `SELECT cohort, members, slot, value, share, contributors FROM cohort_value
    WHERE workspace = :workspace ORDER BY cohort, slot, value`,
}

export function createCohorts(
  db: Database,
  unit: UnitOfWork,
  { style, spoken }: Pick<BriefRows, 'style' | 'spoken'>,
): Cohorts {
  const nextWorkspace = db.prepare<{ after: string }, WorkspaceId | null>(cohortSql.nextWorkspace).pluck()
  const people = db.prepare<
    { workspace: string; after: number; limit: number },
    { id: number; person: PersonId; external: number }
  >(cohortSql.people)
  const values = db.prepare<{ workspace: string }, ValueRow>(cohortSql.values)
  const madeAt = db.prepare<{ workspace: string }, { at: number; erased_at: number }>(
    'SELECT at, erased_at FROM cohorts_made WHERE workspace = :workspace',
  )
  const allMade = db.prepare<[], { workspace: WorkspaceId; at: number }>(
    'SELECT workspace, at FROM cohorts_made WHERE at > 0 ORDER BY workspace',
  )
  const drop = db.prepare<{ workspace: string }>('DELETE FROM cohort_value WHERE workspace = :workspace')
  const put = db.prepare<ValueRow & { workspace: string }>(
    `INSERT INTO cohort_value (workspace, cohort, members, slot, value, share, contributors)
     VALUES (:workspace, :cohort, :members, :slot, :value, :share, :contributors)`,
  )
  const noteBegun = db.prepare<{ workspace: string }>(
    'INSERT INTO cohorts_made (workspace, at) VALUES (:workspace, 0) ON CONFLICT DO NOTHING',
  )
  // Of a workspace that is no more its name goes as well.
  const leave = db.prepare<{ workspace: string }>(
    `DELETE FROM cohorts_made WHERE workspace = :workspace
       AND NOT EXISTS (SELECT 1 FROM learning_scope WHERE learning_scope.workspace = :workspace)`,
  )
  const noteMade = db.prepare<{ workspace: string; at: number }>(
    `INSERT INTO cohorts_made (workspace, at) VALUES (:workspace, :at)
     ON CONFLICT (workspace) DO UPDATE SET at = :at`,
  )

  function isDue(workspace: WorkspaceId, before: number): boolean {
    const made = madeAt.get({ workspace })
    return made === undefined || made.at < before || made.erased_at >= made.at
  }

  function workspaces(): readonly WorkspaceId[] {
    const found: WorkspaceId[] = []
    for (let last = nextWorkspace.get({ after: '' }); last; last = nextWorkspace.get({ after: last })) found.push(last)
    // One that everybody has left has cohorts still.
    return [...new Set([...found, ...allMade.all().map(({ workspace }) => workspace)])]
  }

  return {
    due: before => workspaces().filter(workspace => isDue(workspace, before.getTime())),
    begin: unit((workspace: WorkspaceId) => void noteBegun.run({ workspace })),
    people(workspace, after, limit) {
      const rows = people.all({ workspace, after, limit })
      return {
        people: rows.filter(({ external }) => external === 0).map(({ person }) => person),
        next: rows.length < limit ? undefined : rows.at(-1)?.id,
      }
    },
    styleOf: style,
    spokenOf: spoken,
    publish: unit((workspace: WorkspaceId, cohorts: readonly Cohort[], begunAt: Date) => {
      drop.run({ workspace })
      for (const { name: cohort, members, values } of cohorts) {
        for (const value of values) put.run({ workspace, cohort, members, ...value })
      }
      noteMade.run({ workspace, at: begunAt.getTime() })
      leave.run({ workspace })
    }),
    published(workspace) {
      const cohorts = Map.groupBy(values.all({ workspace }), ({ cohort }) => cohort)
      return [...cohorts].map(cohortOf).sort((one, other) => Number(isAll(other)) - Number(isAll(one)))
    },
    made: () => allMade.all().map(({ workspace, at }) => ({ workspace, at: new Date(at) })),
  }
}

function cohortOf([name, rows]: readonly [string, readonly ValueRow[]]): Cohort {
  const values = rows.map(({ slot, value, share, contributors }) => ({ slot, value, share, contributors }))
  return { name, members: rows[0]?.members ?? 0, values }
}

function isAll({ name }: Cohort): boolean {
  return name === everybody
}
