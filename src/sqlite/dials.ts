import type { Database } from 'better-sqlite3'
import { type Dial, type DialEvent, type DialMass, emptyDial, turnDial } from '#src/core/dial.ts'

/** One value of one key in one scope. */
export type DialAt = Readonly<{ scope: number; key: string; value: string }>

/** An event with what orders those of one millisecond. */
export type LoggedEvent = DialEvent & Readonly<{ dedupe: string }>

export type MassColumns = Readonly<{
  half_life: number
  is_inferred: number
  positive: number
  negative: number
  mass_at: number
  count: number
}>

/** The columns of a row of `aggregate`, for `massOf`. */
export const massColumns = `aggregate.half_life, aggregate.is_inferred, aggregate.positive, aggregate.negative,
  aggregate.at AS mass_at, aggregate.count`

export function massOf(row: MassColumns): DialMass {
  const { half_life: halfLifeMs, positive, negative, mass_at: at, count } = row
  return { mass: { positive, negative, at }, halfLifeMs, isInferred: row.is_inferred === 1, count }
}

type StateRow = Readonly<{
  guessed_in: string | null
  is_confirmed: number
  is_on: number
  last_at: number
  last_dedupe: string
}>

/** The aggregates: decayed masses, and the state that hysteresis gives them. `replay` reads an order of time out of the log. */
export function createDials(db: Database, replay: (at: DialAt) => Iterable<LoggedEvent>) {
  const masses = db.prepare<DialAt, MassColumns>(
    `SELECT ${massColumns} FROM aggregate WHERE scope_id = :scope AND key = :key AND value = :value`,
  )
  const putMass = db.prepare<DialAt & Readonly<Record<string, number | string>>>(
    `INSERT OR REPLACE INTO aggregate (scope_id, key, value, half_life, is_inferred, positive, negative, at, count)
     VALUES (:scope, :key, :value, :halfLife, :isInferred, :positive, :negative, :at, :count)`,
  )
  const dropMass = db.prepare<DialAt & Readonly<{ halfLife: number; isInferred: number }>>(
    `DELETE FROM aggregate WHERE scope_id = :scope AND key = :key AND value = :value
       AND half_life = :halfLife AND is_inferred = :isInferred`,
  )
  const state = db.prepare<DialAt, StateRow>(
    `SELECT guessed_in, is_confirmed, is_on, last_at, last_dedupe FROM dial
     WHERE scope_id = :scope AND key = :key AND value = :value`,
  )
  const putState = db.prepare<DialAt & Readonly<Record<string, number | string | null>>>(
    `INSERT OR REPLACE INTO dial (scope_id, key, value, guessed_in, is_confirmed, is_on, last_at, last_dedupe)
     VALUES (:scope, :key, :value, :guessedIn, :isConfirmed, :isOn, :lastAt, :lastDedupe)`,
  )
  const dropState = db.prepare<DialAt>('DELETE FROM dial WHERE scope_id = :scope AND key = :key AND value = :value')
  const clear = ['aggregate', 'dial'].map(table =>
    db.prepare<{ scope: number }>(`DELETE FROM ${table} WHERE scope_id = :scope`),
  )

  function writeMass(at: DialAt, { mass, halfLifeMs, isInferred, count }: DialMass): void {
    putMass.run({ ...at, ...mass, halfLife: halfLifeMs, isInferred: isInferred ? 1 : 0, count })
  }

  function writeState(at: DialAt, dial: Dial, last: LoggedEvent | undefined): void {
    if (last === undefined) dropState.run(at)
    else {
      const { guessedIn = null, isConfirmed, isOn } = dial
      const flags = { isConfirmed: isConfirmed ? 1 : 0, isOn: isOn ? 1 : 0 }
      putState.run({ ...at, guessedIn, ...flags, lastAt: last.at, lastDedupe: last.dedupe })
    }
  }

  function replayed(at: DialAt): Readonly<{ dial: Dial; last: LoggedEvent | undefined }> {
    let [dial, last]: [Dial, LoggedEvent | undefined] = [emptyDial, undefined]
    for (const event of replay(at)) [dial, last] = [turnDial(dial, event), event]
    return { dial, last }
  }

  return {
    /**
     * Counts an event that is in the log now, or (`times` -1) is not any more. One that is newer than all others is added in constant
     * time; else both masses and state come from a replay, so that they are to the last bit what they would be had
     * the events come in their order, and none been taken back. Returns whether the dial was turned on or off.
     */
    count(at: DialAt, event: LoggedEvent, times: 1 | -1): boolean {
      const known = state.get(at)
      const before = masses.all(at).map(massOf)
      const isNewest = times === 1 && (known === undefined || isAfter(event, known))
      const dial = dialOf(before, known)
      const next = isNewest ? { dial: turnDial(dial, event), last: event } : replayed(at)
      for (const mass of before) {
        if (!next.dial.masses.some(one => isAlike(one, mass))) dropMass.run({ ...at, ...alikeColumns(mass) })
      }
      for (const mass of next.dial.masses) {
        if (!isNewest || isAlike(mass, event)) writeMass(at, mass)
      }
      writeState(at, next.dial, next.last)
      return next.dial.isOn !== dial.isOn
    },
    /** Makes both anew from the log. */
    rebuild(at: DialAt): void {
      const { dial, last } = replayed(at)
      for (const mass of dial.masses) writeMass(at, mass)
      writeState(at, dial, last)
    },
    clear(scope: number): void {
      for (const statement of clear) statement.run({ scope })
    },
  }
}

function dialOf(masses: readonly DialMass[], row: StateRow | undefined): Dial {
  if (row === undefined) return { ...emptyDial, masses }
  const { guessed_in, is_confirmed, is_on } = row
  return { masses, guessedIn: guessed_in ?? undefined, isConfirmed: is_confirmed === 1, isOn: is_on === 1 }
}

/** They fade alike, and count alike. */
type Alike = Pick<DialMass, 'halfLifeMs' | 'isInferred'>

function isAlike(one: Alike, other: Alike): boolean {
  return one.halfLifeMs === other.halfLifeMs && one.isInferred === other.isInferred
}

function alikeColumns({ halfLifeMs: halfLife, isInferred }: Alike) {
  return { halfLife, isInferred: isInferred ? 1 : 0 }
}

function isAfter({ at, dedupe }: LoggedEvent, known: StateRow): boolean {
  return at > known.last_at || (at === known.last_at && dedupe > known.last_dedupe)
}
