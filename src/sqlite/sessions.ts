import type { Database } from 'better-sqlite3'
import { confidenceOf, preferenceOf, withEvent } from '#src/core/decay.ts'
import { dialMassAt } from '#src/core/dial.ts'
import type { Sight } from '#src/core/learning-scope.ts'
import type { Session, SessionId } from '#src/core/session.ts'
import type { Reading, Signal } from '#src/core/signal.ts'
import { type SightColumns, sightColumns } from './heard-scopes.ts'

/** Silence that ends a session, in ms. */
const gapMs = 30 * 60_000
/** What a brief reads of a session. */
const maxSignals = 50

type At = Readonly<{ person: number; conversation: number; scope: string; at: number }>
type SignalRow = Readonly<{ key: string; value: string; weight: number; half_life: number; at: number }>

export type Sessions = ReturnType<typeof createSessions>

export function createSessions(db: Database) {
  const running = db.prepare<At & { gap: number }, { id: number; started_at: number; last_at: number }>(
    `SELECT id, started_at, last_at FROM session
     WHERE person_id = :person AND conversation_id = :conversation AND scope = :scope AND closed_at IS NULL
       AND last_at >= :at - :gap AND started_at <= :at + :gap
     ORDER BY last_at DESC LIMIT 1`,
  )
  const touch = db.prepare<{ id: number; started: number; last: number }>(
    'UPDATE session SET started_at = :started, last_at = :last WHERE id = :id',
  )
  const insert = db
    .prepare<At, number>(
      `INSERT INTO session (person_id, conversation_id, scope, started_at, last_at)
       VALUES (:person, :conversation, :scope, :at, :at) RETURNING id`,
    )
    .pluck()
  const lapsed = db
    .prepare<At & { gap: number }, number>(
      `SELECT id FROM session WHERE person_id = :person AND conversation_id = :conversation AND closed_at IS NULL
         AND last_at < :at - :gap`,
    )
    .pluck()
  const close = db.prepare<{ id: number; at: number }>(
    'UPDATE session SET closed_at = :at WHERE id = :id AND closed_at IS NULL',
  )
  const dropSignals = db.prepare<{ id: number }>('DELETE FROM session_signal WHERE session_id = :id')
  const putSignal = db.prepare<Readonly<Record<string, number | string>>>(
    `INSERT INTO session_signal (session_id, dedupe, key, value, weight, half_life, at, source)
     SELECT id, :dedupe, :key, :value, :weight, :halfLife, :at, :source FROM session WHERE id = :id AND closed_at IS NULL
     ON CONFLICT DO NOTHING`,
  )
  const takeBack = db.prepare<{ from: string; person: string }>(
    `DELETE FROM session_signal WHERE source = :from AND (:person = '' OR session_id IN (
       SELECT session.id FROM session JOIN person ON person.id = session.person_id WHERE person.key = :person
     ))`,
  )
  const signals = db.prepare<SightColumns & Readonly<{ conversation: string; at: number; gap: number }>, SignalRow>(
    `SELECT session_signal.key, value, weight, half_life, at
     FROM person CROSS JOIN conversation ON conversation.key = :conversation
     CROSS JOIN session ON session.person_id = person.id AND session.conversation_id = conversation.id
     CROSS JOIN session_signal ON session_signal.session_id = session.id
     WHERE person.key = :person AND :workspace <> '' AND session.closed_at IS NULL AND session.last_at >= :at - :gap
       AND session.scope IN (SELECT value FROM json_each(:scopes))
     ORDER BY session_signal.at DESC, session_signal.dedupe LIMIT ${maxSignals}`,
  )

  function end(id: number, at: number): void {
    close.run({ id, at })
    dropSignals.run({ id })
  }

  return {
    /** The running session, or a new one; those that silence has ended are closed. */
    start(at: At): Session {
      const known = running.get({ ...at, gap: gapMs })
      const started = Math.min(known?.started_at ?? at.at, at.at)
      const last = Math.max(known?.last_at ?? at.at, at.at)
      if (known) touch.run({ id: known.id, started, last })
      else for (const id of lapsed.all({ ...at, gap: gapMs })) end(id, at.at)
      const id = known?.id ?? insert.get(at)
      return { id: String(id) as SessionId, startedAt: new Date(started), lastAt: new Date(last) }
    },
    signal(session: SessionId, { dedupe, key, value, weight, halfLifeMs: halfLife, at, source }: Signal): void {
      putSignal.run({ id: Number(session), dedupe, key, value, weight, halfLife, at: at.getTime(), source })
    },
    close: (session: SessionId, at: Date): void => end(Number(session), at.getTime()),
    /** Returns whether there was anything. */
    takeBack: (from: string, person = ''): boolean => takeBack.run({ from, person }).changes > 0,
    readings(sight: Sight, conversation: string, at: Date): readonly Reading[] {
      const rows = signals.all({ ...sightColumns(sight), conversation, at: at.getTime(), gap: gapMs })
      const values = Map.groupBy(rows, ({ key, value }) => `${key} ${value}`)
      return [...values.values()].map(of => readingOf(of, at.getTime()))
    },
  }
}

function readingOf(rows: readonly SignalRow[], at: number): Reading {
  const [{ key, value }] = rows as readonly [SignalRow]
  const masses = rows.map(row => {
    const { half_life: halfLifeMs } = row
    return { mass: withEvent(undefined, row, halfLifeMs), halfLifeMs, isInferred: false, count: 1 }
  })
  const { positive, negative } = dialMassAt({ masses, isConfirmed: true }, at)
  const mass = { positive, negative }
  const preference = preferenceOf(mass)
  return { key, value, ...mass, preference, confidence: confidenceOf(mass), count: rows.length, isOn: preference > 0 }
}
