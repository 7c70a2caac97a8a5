import type { Database } from 'better-sqlite3'
import type { Revisions, Wish } from '#src/core/revisions.ts'
import type { Events } from './events.ts'
import type { UnitOfWork } from './unit-of-work.ts'

type Parts = Readonly<{ events: Events; unit: UnitOfWork; now: () => Date }>

/** What askers want of their answers by reactions, in the order in which they wanted it. */
export function createWishes(db: Database, { events, unit, now }: Parts): Pick<Revisions, 'heed'> {
  const find = db.prepare<Pick<Wish, 'message' | 'control'>, { at: number; isGiven: number }>(
    'SELECT at, is_given AS isGiven FROM wish WHERE message_key = :message AND control = :control',
  )
  const put = db.prepare<Pick<Wish, 'message' | 'control' | 'turn'> & { isGiven: number; at: number }>(
    `INSERT INTO wish (message_key, control, turn_id, is_given, at)
     SELECT :message, :control, id, :isGiven, :at FROM turn WHERE key = :turn
     ON CONFLICT (message_key, control) DO UPDATE SET turn_id = excluded.turn_id, is_given = excluded.is_given, at = excluded.at`,
  )

  return {
    heed: unit(({ key, turn, message, control, change, at }: Wish) => {
      if (!events.take(key, now())) return false
      const known = find.get({ message, control })
      if (known !== undefined && known.at > at.getTime()) return false
      put.run({ message, control, turn, isGiven: change === 'added' ? 1 : 0, at: at.getTime() })
      return change === 'added' || known?.isGiven === 1
    }),
  }
}
