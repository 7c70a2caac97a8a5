import type { Database } from 'better-sqlite3'
import { type KnownStyle, type TasteSlot, tasteSlots } from '#src/core/cohorts.ts'
import { confidenceOf, preferenceOf } from '#src/core/decay.ts'
import { areOnAt, dialMassAt } from '#src/core/dial.ts'
import type { PersonId } from '#src/core/ids.ts'
import type { BriefData, Known } from '#src/core/learning.ts'
import { type Sight, styleScope } from '#src/core/learning-scope.ts'
import type { Reading } from '#src/core/signal.ts'
import type { Trait } from '#src/core/trait.ts'
import type { WorkspaceId } from '#src/core/workspace.ts'
import { type MassColumns, massColumns, massOf } from './dials.ts'
import { type Heard, type HeardColumns, type Hearing, heardWhere } from './heard-scopes.ts'
import { type TraitColumns, traitColumns, traitOf, traitWords } from './trait-rows.ts'

/** Whatever is known of somebody, a brief reads at most so much of it, of each scope. */
const maxTraits = { slot: 40, fact: 24 } as const
const maxReadings = 200

type SpokenRow = Readonly<{ slot: TasteSlot }>
type SpokenColumns = HeardColumns & Readonly<{ slots: string }>
type Asking = HeardColumns & Readonly<{ at: number }>
type DialRow = MassColumns &
  Readonly<{ scope_id: number; key: string; value: string; is_confirmed: number; is_on: number }>

/** The strongest of a part, each scope walking along its own index. */
function strongest(part: 'slot' | 'fact'): string {
  return `SELECT ${traitColumns}
    FROM json_each(:heard) AS heard
    CROSS JOIN trait ON trait.id IN (
      SELECT id FROM trait INDEXED BY trait_live
      WHERE scope_id = heard.value AND part = '${part}' AND status = 'active' AND (until IS NULL OR until > :at)
      ORDER BY strong_until DESC LIMIT ${maxTraits[part]}
    )
    ${traitWords}
    ORDER BY trait.strong_until DESC, trait.id LIMIT ${maxTraits[part]}`
}

function dials(limits: string): string {
  return `SELECT dial.scope_id, dial.key, dial.value, dial.is_confirmed, dial.is_on, ${massColumns}
    FROM json_each(:heard) AS heard
    CROSS JOIN dial ON dial.scope_id = heard.value
    CROSS JOIN aggregate ON aggregate.scope_id = dial.scope_id AND aggregate.key = dial.key AND aggregate.value = dial.value
    ${limits}`
}

/** Of some slots those on which there is a statement, also one that no trait came of. */
const spoken = `SELECT value AS slot FROM json_each(:slots) AS asked WHERE EXISTS (
    SELECT 1 FROM json_each(:heard) AS heard CROSS JOIN evidence INDEXED BY evidence_of_group
      ON evidence.scope_id = heard.value AND evidence.slot_group = asked.value
  )`

export const briefSql = {
  slots: strongest('slot'),
  facts: strongest('fact'),
  style: dials(`ORDER BY dial.key, dial.value LIMIT ${maxReadings}`),
  key: dials('WHERE dial.key = :key ORDER BY dial.key, dial.value'),
  all: dials('ORDER BY dial.key, dial.value'),
  spoken,
}

export type BriefRows = ReturnType<typeof createBriefData>

export function createBriefData(db: Database, hearing: Hearing) {
  const slots = db.prepare<Asking, TraitColumns>(briefSql.slots)
  const facts = db.prepare<Asking, TraitColumns>(briefSql.facts)
  const style = db.prepare<HeardColumns, DialRow>(briefSql.style)
  const ofKey = db.prepare<HeardColumns & { key: string }, DialRow>(briefSql.key)
  const all = db.prepare<HeardColumns, DialRow>(briefSql.all)
  const spokenSlots = db.prepare<SpokenColumns, SpokenRow>(briefSql.spoken)

  function slotsIn(heard: Heard, at: number): readonly Trait[] {
    const rows = slots.all({ heard: heard.ids, at })
    return rows.map(row => traitOf(row, heard)).sort(newestFirst)
  }

  function spokenIn({ ids: heard }: Heard): readonly TasteSlot[] {
    return spokenSlots.all({ heard, slots: tasteJson }).map(({ slot }) => slot)
  }

  return {
    brief(sight: Sight, at: Date): BriefData {
      const heard = hearing.all(sight)
      const ofStyle = heardWhere(heard, ({ name }) => name === styleScope)
      return {
        slots: withoutOlder(slotsIn(heard, at.getTime())),
        dials: readings(style.all({ heard: ofStyle }), at.getTime()),
        facts: facts.all({ heard: heard.ids, at: at.getTime() }).map(row => traitOf(row, heard)),
      }
    },
    aggregate(sight: Sight, at: Date, key: string | undefined): readonly Reading[] {
      const { ids: heard } = hearing.all(sight)
      return readings(key === undefined ? all.all({ heard }) : ofKey.all({ heard, key }), at.getTime())
    },
    /** What is known of their style in that workspace alone. */
    style(person: PersonId, workspace: WorkspaceId, at: Date): KnownStyle {
      const heard = hearing.own(styleSight(person, workspace))
      return {
        slots: slotsIn(heard, at.getTime()),
        dials: readings(all.all({ heard: heard.ids }), at.getTime()),
        spoken: spokenIn(heard),
      }
    },
    spoken: (person: PersonId, workspace: WorkspaceId) => spokenIn(hearing.all(styleSight(person, workspace))),
    /** The same of each scope by itself. */
    scoped({ ids: heard, names }: Heard, at: Date): Known['readings'] {
      const byScope = Map.groupBy(all.all({ heard }), ({ scope_id }) => names.get(scope_id))
      return [...byScope].flatMap(([scope, rows]) =>
        scope === undefined ? [] : readings(rows, at.getTime()).map(reading => ({ ...reading, scope })),
      )
    },
  }
}

const tasteJson = JSON.stringify(tasteSlots)

function styleSight(person: PersonId, workspace: WorkspaceId): Sight {
  return { person, workspace, scopes: [styleScope] }
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
