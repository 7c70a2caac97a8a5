import type { Database } from 'better-sqlite3'
import { type KnownStyle, type TasteSlot, tasteSlots } from '#src/core/cohorts.ts'
import { confidenceOf, preferenceOf } from '#src/core/decay.ts'
import { areOnAt, dialMassAt } from '#src/core/dial.ts'
import type { PersonId } from '#src/core/ids.ts'
import type { BriefData } from '#src/core/learning.ts'
import { type Sight, styleScope } from '#src/core/learning-scope.ts'
import type { Reading } from '#src/core/signal.ts'
import type { Trait } from '#src/core/trait.ts'
import type { WorkspaceId } from '#src/core/workspace.ts'
import { type MassColumns, massColumns, massOf } from './dials.ts'
import { type SightColumns, sightColumns, visible } from './learning-scopes.ts'
import { createReadLinked } from './linked-scopes.ts'
import { type TraitColumns, traitColumns, traitOf, traitWords } from './trait-rows.ts'

/** Whatever is known of somebody, a brief reads at most so much of it, of each scope. */
const maxTraits = { slot: 40, fact: 24 } as const
const maxReadings = 200

type SpokenRow = Readonly<{ slot: TasteSlot }>
type SpokenColumns = SightColumns & Readonly<{ slots: string }>
type Asking = SightColumns & Readonly<{ at: number }>
type DialRow = MassColumns &
  Readonly<{ scope_id: number; scope: string; key: string; value: string; is_confirmed: number; is_on: number }>

/** The strongest of a part, each scope walking along its own index. */
function strongest(part: 'slot' | 'fact'): string {
  return `WITH ${visible}
    SELECT ${traitColumns}
    FROM visible
    CROSS JOIN trait ON trait.id IN (
      SELECT id FROM trait INDEXED BY trait_live
      WHERE scope_id = visible.id AND part = '${part}' AND status = 'active' AND (until IS NULL OR until > :at)
      ORDER BY strong_until DESC LIMIT ${maxTraits[part]}
    )
    ${traitWords}
    ORDER BY trait.strong_until DESC, trait.id LIMIT ${maxTraits[part]}`
}

function dials(limits: string): string {
  return `WITH ${visible}
    SELECT dial.scope_id, visible.name AS scope, dial.key, dial.value, dial.is_confirmed, dial.is_on, ${massColumns}
    FROM visible
    CROSS JOIN dial ON dial.scope_id = visible.id
    CROSS JOIN aggregate ON aggregate.scope_id = dial.scope_id AND aggregate.key = dial.key AND aggregate.value = dial.value
    ${limits}`
}

/** Of some slots those on which there is a statement, also one that no trait came of. */
const spoken = `WITH ${visible} SELECT value AS slot FROM json_each(:slots) WHERE EXISTS (
    SELECT 1 FROM visible CROSS JOIN evidence INDEXED BY evidence_of_group
      ON evidence.scope_id = visible.id AND evidence.slot_group = json_each.value
  )`

export const briefSql = {
  slots: strongest('slot'),
  facts: strongest('fact'),
  style: dials(`WHERE visible.name = 'style' ORDER BY dial.key, dial.value LIMIT ${maxReadings}`),
  key: dials('WHERE dial.key = :key ORDER BY dial.key, dial.value'),
  all: dials('ORDER BY dial.key, dial.value'),
  spoken,
}

export function createBriefData(db: Database) {
  const read = createReadLinked(db)
  const slots = read<Asking, TraitColumns>(briefSql.slots)
  const facts = read<Asking, TraitColumns>(briefSql.facts)
  const style = read<SightColumns, DialRow>(briefSql.style)
  const ofKey = read<SightColumns & { key: string }, DialRow>(briefSql.key)
  const all = read<SightColumns, DialRow>(briefSql.all)
  const own = db.prepare<SightColumns, DialRow>(briefSql.all)
  const ownSlots = db.prepare<Asking, TraitColumns>(briefSql.slots)
  const ownSpoken = db.prepare<SpokenColumns, SpokenRow>(briefSql.spoken)
  const allSpoken = read<SpokenColumns, SpokenRow>(briefSql.spoken)

  return {
    brief(sight: Sight, at: Date): BriefData {
      const asking = { ...sightColumns(sight), at: at.getTime() }
      return {
        slots: withoutOlder(slots(asking).map(traitOf).sort(newestFirst)),
        dials: readings(style(sightColumns(sight)), asking.at),
        facts: facts(asking).map(traitOf),
      }
    },
    aggregate(sight: Sight, at: Date, key: string | undefined): readonly Reading[] {
      const columns = sightColumns(sight)
      return readings(key === undefined ? all(columns) : ofKey({ ...columns, key }), at.getTime())
    },
    /** What is known of their style in that workspace alone. */
    style(person: PersonId, workspace: WorkspaceId, at: Date): KnownStyle {
      const columns = styleColumns(person, workspace)
      const traits = ownSlots.all({ ...columns, at: at.getTime() }).map(traitOf)
      return {
        slots: traits.sort(newestFirst),
        dials: readings(own.all(columns), at.getTime()),
        spoken: ownSpoken.all({ ...columns, slots: tasteJson }).map(({ slot }) => slot),
      }
    },
    spoken: (person: PersonId, workspace: WorkspaceId): readonly TasteSlot[] =>
      allSpoken({ ...styleColumns(person, workspace), slots: tasteJson }).map(({ slot }) => slot),
    /** The same of each scope by itself, without what linked accounts lend. */
    scoped(sight: Sight, at: Date): readonly (Reading & Readonly<{ scope: string }>)[] {
      const byScope = Map.groupBy(own.all(sightColumns(sight)), ({ scope }) => scope)
      return [...byScope].flatMap(([scope, rows]) =>
        readings(rows, at.getTime()).map(reading => ({ ...reading, scope })),
      )
    },
  }
}

const tasteJson = JSON.stringify(tasteSlots)

function styleColumns(person: PersonId, workspace: WorkspaceId): SightColumns {
  return sightColumns({ person, workspace, scopes: [styleScope] })
}

function newestFirst(one: Trait, other: Trait): number {
  return other.lastAt.getTime() - one.lastAt.getTime() || Number(other.id) - Number(one.id)
}

/** What one account asked for and another one does not want any more: of the two words on a value the newer one holds. */
function withoutOlder(newest: readonly Trait[]): readonly Trait[] {
  const polarities = new Map<string, Trait['polarity']>()
  return newest.filter(({ scope, slot, value, polarity }) => {
    if (scope !== styleScope) return true
    const about = `${slot} ${value}`
    const said = polarities.get(about) ?? polarity
    polarities.set(about, said)
    return said === polarity
  })
}

/** One for each value, summed over the scopes. */
function readings(rows: readonly DialRow[], at: number): readonly Reading[] {
  const values = Map.groupBy(rows, ({ key, value }) => `${key} ${value}`)
  return [...values.values()].flatMap(of => {
    const [first] = of
    if (first === undefined) return []
    const { key, value } = first
    const dials = [...Map.groupBy(of, ({ scope_id }) => scope_id).values()].map(dialOf)
    const masses = dials.map(dial => dialMassAt(dial, at))
    const positive = masses.reduce((sum, mass) => sum + mass.positive, 0)
    const negative = masses.reduce((sum, mass) => sum + mass.negative, 0)
    const mass = { positive, negative }
    return {
      key,
      value,
      ...mass,
      preference: preferenceOf(mass),
      confidence: confidenceOf(mass),
      count: of.reduce((sum, { count }) => sum + count, 0),
      isOn: areOnAt(dials, at),
    }
  })
}

function dialOf(rows: readonly DialRow[]) {
  const isConfirmed = rows.some(row => row.is_confirmed === 1)
  return { masses: rows.map(massOf), isConfirmed, isOn: rows.some(row => row.is_on === 1) }
}
