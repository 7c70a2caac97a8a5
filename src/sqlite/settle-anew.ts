import type { Database } from 'better-sqlite3'
import { createLearningRows, createUnlearn } from './unlearn.ts'

/** Makes anew what other rules made of people's evidence, a scope at a time: whenever this is ended, it goes on at the next start. */
export function settleAnew(db: Database): void {
  const unsettled = db.prepare<[], number>('SELECT id FROM learning_scope WHERE is_settled = 0').pluck().all()
  if (unsettled.length === 0) return
  const { rebuild } = createUnlearn(db, createLearningRows(db))
  const settled = db.prepare<{ scope: number }>('UPDATE learning_scope SET is_settled = 1 WHERE id = :scope')
  const settle = db.transaction((scope: number) => {
    rebuild(scope)
    settled.run({ scope })
  })
  for (const scope of unsettled) settle.immediate(scope)
}
