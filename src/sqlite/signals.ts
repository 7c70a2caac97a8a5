import type { Database } from 'better-sqlite3'
import type { Signal, SignalKind } from '#src/core/signal.ts'
import { createDials, type DialAt, type LoggedEvent } from './dials.ts'

/** All that one message may weigh, whatever it says. */
const maxOfMessage = 5
/** Of guesses and habits so many count in a stretch of time, on one key. */
const bounds: Readonly<Partial<Record<SignalKind, Readonly<{ count: number; ms: number }>>>> = {
  inferred: { count: 2, ms: 24 * 3_600_000 },
  behaviour: { count: 1, ms: 10 * 60_000 },
}

type Row = Readonly<{
  id: number
  scope_id: number
  key: string
  value: string
  kind: SignalKind
  told_weight: number
  weight: number
  is_counted: number
  half_life: number
  at: number
  message_key: string
  session_id: number
  dedupe: string
}>

const columns = `signal.id, signal.scope_id, signal.key, signal.value, signal.kind, signal.told_weight, signal.weight,
  signal.is_counted, signal.half_life, signal.at, signal.message_key, signal.session_id, signal.dedupe`

export type Signals = ReturnType<typeof createSignals>

/** The log, and the aggregates that follow it. Each of its methods returns whether a dial was turned on or off, in which scopes. */
export function createSignals(db: Database) {
  const log = db.prepare<DialAt, Row>(
    `SELECT ${columns} FROM signal INDEXED BY signal_of_key
     WHERE scope_id = :scope AND key = :key AND value = :value AND is_counted = 1 AND weight <> 0 ORDER BY at, dedupe`,
  )
  const dials = createDials(db, at => log.all(at).map(eventOf))
  const rows = createSignalRows(db)

  /** Brings a row to what the bounds let it count, and the aggregate with it. */
  function bound(row: Row, next: Pick<Row, 'weight' | 'is_counted'>): boolean {
    if (row.weight === next.weight && row.is_counted === next.is_counted) return false
    const [was, is] = [effective(row), effective(next)]
    const changed = { ...row, ...next }
    rows.bound(changed)
    const at = dialOf(row)
    const left = was !== 0 && was !== is && dials.count(at, eventOf(row), -1)
    const came = is !== 0 && was !== is && dials.count(at, eventOf(changed), 1)
    return left !== came
  }

  /** Applies the bounds anew to all that share a message or a stretch of time with a row that came or went. */
  function rebound(row: Row): boolean {
    let room = maxOfMessage
    let turned = false
    for (const one of rows.ofMessageIn(row)) {
      const weight = Math.sign(one.told_weight) * Math.min(Math.abs(one.told_weight), room)
      room -= Math.abs(weight)
      turned = bound(one, { weight, is_counted: one.is_counted }) || turned
    }
    const limit = bounds[row.kind]
    if (limit === undefined) return turned
    for (const [place, one] of rows.ofStretch(row, limit.ms).entries()) {
      turned = bound(one, { weight: one.weight, is_counted: place < limit.count ? 1 : 0 }) || turned
    }
    return turned
  }

  function take(taken: readonly Row[]): readonly number[] {
    const turned = new Set<number>()
    for (const row of taken) {
      // An earlier one of them may have made room for this one.
      const present = rows.find(row.id)
      if (present === undefined) continue
      rows.remove(present.id)
      const isTurned = effective(present) !== 0 && dials.count(dialOf(present), eventOf(present), -1)
      const isRebound = rebound(present)
      if (isTurned || isRebound) turned.add(present.scope_id)
    }
    return [...turned]
  }

  return {
    /** `undefined`: it was told before. */
    write(scope: number, session: number, signal: Signal, now: Date): Readonly<{ turned: boolean }> | undefined {
      const id = rows.insert(scope, session, signal, now)
      const row = id === undefined ? undefined : rows.find(id)
      return row && { turned: rebound(row) }
    },
    /** Takes back all that came from a source, or is about a message; of that person, or of whoever it is of. */
    takeBack(from: string, person = ''): Readonly<{ found: boolean; turned: readonly number[] }> {
      const taken = rows.ofSource(from, person)
      return { found: taken.length > 0, turned: take(taken) }
    },
    /** Takes back all on a key in a scope until a time. */
    takeKey(scope: number, key: string, until: number): Readonly<{ found: boolean }> {
      const taken = rows.ofKey(scope, key, until)
      take(taken)
      return { found: taken.length > 0 }
    },
    /** Drops what was written until then, without a look at the aggregates. */
    drop: rows.dropUntil,
    /** Makes the aggregates of a scope anew from the log. */
    rebuild(scope: number): void {
      dials.clear(scope)
      for (const at of rows.dials(scope)) dials.rebuild(at)
    },
  }
}

function createSignalRows(db: Database) {
  const find = db.prepare<{ id: number }, Row>(`SELECT ${columns} FROM signal WHERE id = :id`)
  const insert = db
    .prepare<Readonly<Record<string, number | string>>, number>(
      `INSERT INTO signal (scope_id, key, value, kind, told_weight, weight, is_counted, half_life, at, written_at, source,
         message_key, session_id, dedupe)
       VALUES (:scope, :key, :value, :kind, :weight, 0, :isCounted, :halfLife, :at, :written, :source, :message, :session, :dedupe)
       ON CONFLICT (scope_id, dedupe) DO NOTHING RETURNING id`,
    )
    .pluck()
  const bound = db.prepare<{ id: number; weight: number; is_counted: number }>(
    'UPDATE signal SET weight = :weight, is_counted = :is_counted WHERE id = :id',
  )
  const ofMessageIn = db.prepare<{ scope: number; message: string }, Row>(
    `SELECT ${columns} FROM signal INDEXED BY signal_of_message
     WHERE message_key = :message AND scope_id = :scope ORDER BY at, dedupe`,
  )
  const ofStretch = db.prepare<{ scope: number; key: string; kind: string; from: number; to: number }, Row>(
    `SELECT ${columns} FROM signal INDEXED BY signal_of_key
     WHERE scope_id = :scope AND key = :key AND at >= :from AND at < :to AND kind = :kind ORDER BY at, dedupe`,
  )
  const ofSource = db.prepare<{ from: string; person: string }, Row>(
    `SELECT ${columns} FROM signal
     JOIN learning_scope ON learning_scope.id = signal.scope_id JOIN person ON person.id = learning_scope.person_id
     WHERE (signal.source = :from OR signal.message_key = :from) AND (:person = '' OR person.key = :person)
     ORDER BY signal.id`,
  )
  const ofKey = db.prepare<{ scope: number; key: string; until: number }, Row>(
    `SELECT ${columns} FROM signal WHERE scope_id = :scope AND key = :key AND at <= :until ORDER BY at, dedupe`,
  )
  const remove = db.prepare<{ id: number }>('DELETE FROM signal WHERE id = :id')
  const dropUntil = db.prepare<{ scope: number; until: number }>(
    'DELETE FROM signal WHERE scope_id = :scope AND written_at <= :until',
  )
  const dials = db.prepare<{ scope: number }, DialAt>(
    `SELECT DISTINCT scope_id AS scope, key, value FROM signal
     WHERE scope_id = :scope AND is_counted = 1 AND weight <> 0`,
  )

  return {
    find: (id: number): Row | undefined => find.get({ id }),
    insert(scope: number, session: number, signal: Signal, now: Date): number | undefined {
      const { kind, key, value, weight, halfLifeMs: halfLife, at, source, message, dedupe } = signal
      const times = { at: at.getTime(), written: now.getTime() }
      // A bounded one counts once it is known to be among the first.
      const isCounted = bounds[kind] === undefined ? 1 : 0
      return insert.get({
        scope,
        session,
        kind,
        key,
        value,
        weight,
        isCounted,
        halfLife,
        source,
        message,
        dedupe,
        ...times,
      })
    },
    bound(row: Row): void {
      bound.run({ id: row.id, weight: row.weight, is_counted: row.is_counted })
    },
    ofMessageIn: ({ scope_id: scope, message_key: message }: Row) => ofMessageIn.all({ scope, message }),
    ofStretch({ scope_id: scope, key, kind, at }: Row, ms: number): readonly Row[] {
      const from = Math.floor(at / ms) * ms
      return ofStretch.all({ scope, key, kind, from, to: from + ms })
    },
    ofSource: (from: string, person: string) => ofSource.all({ from, person }),
    ofKey: (scope: number, key: string, until: number) => ofKey.all({ scope, key, until }),
    remove(id: number): void {
      remove.run({ id })
    },
    dropUntil(scope: number, until: number): void {
      dropUntil.run({ scope, until })
    },
    dials: (scope: number): readonly DialAt[] => dials.all({ scope }),
  }
}

function effective({ weight, is_counted }: Pick<Row, 'weight' | 'is_counted'>): number {
  return weight * is_counted
}

function dialOf({ scope_id: scope, key, value }: Row): DialAt {
  return { scope, key, value }
}

function eventOf(row: Row): LoggedEvent {
  const { weight, at, half_life: halfLifeMs, kind, dedupe } = row
  return { weight, at, halfLifeMs, isInferred: kind === 'inferred', session: String(row.session_id), dedupe }
}
