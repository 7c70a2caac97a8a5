import type { Database } from 'better-sqlite3'
import type { Unlearn } from './unlearn.ts'

/** People that one step looks at: for each there are a few look-ups in indexes. */
const peopleOfStep = 100

const unsaid = `NOT EXISTS (SELECT 1 FROM message WHERE message.person_id = person.id)
  AND NOT EXISTS (SELECT 1 FROM turn WHERE turn.asker_id = person.id)
  AND NOT EXISTS (SELECT 1 FROM observer_job WHERE observer_job.person_id = person.id)
  AND NOT EXISTS (SELECT 1 FROM opinion WHERE opinion.person_id = person.id)`

/** Takes out people of whom nothing is left but their name. */
export function createNobodies(db: Database, unlearn: Unlearn) {
  const page = db
    .prepare<{ after: number }, number>(`SELECT id FROM person WHERE id > :after ORDER BY id LIMIT ${peopleOfStep}`)
    .pluck()
  const isUnsaid = db.prepare<{ id: number }, number>(`SELECT ${unsaid} FROM person WHERE id = :id`).pluck()
  const scopes = db.prepare<{ id: number }, number>('SELECT id FROM learning_scope WHERE person_id = :id').pluck()
  const dropSessions = db.prepare<{ id: number }>('DELETE FROM session WHERE person_id = :id')
  const dropLearner = db.prepare<{ id: number }>('DELETE FROM learner WHERE person_id = :id')
  const dropPerson = db.prepare<{ id: number }>('DELETE FROM person WHERE id = :id')
  let looked: number | undefined

  return {
    /** They are looked through once more, from the first on. */
    begin(): void {
      looked = 0
    },
    /** One step. Who calls it has a transaction open. Returns whether there may be more. */
    step(): boolean {
      if (looked === undefined) return false
      const ids = page.all({ after: looked })
      for (const id of ids) {
        if (isUnsaid.get({ id }) !== 1) continue
        if (scopes.all({ id }).some(scope => !unlearn.dropIfEmpty(scope))) continue
        dropSessions.run({ id })
        dropLearner.run({ id })
        dropPerson.run({ id })
      }
      looked = ids.length === peopleOfStep ? ids.at(-1) : undefined
      return looked !== undefined
    },
  }
}
