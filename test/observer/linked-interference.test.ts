import { describe, expect, it } from 'vitest'
import { createRandom } from '#bench/history/random.ts'
import { type PersonId, personId } from '#src/core/ids.ts'
import type { Lesson } from '#src/core/lesson.ts'
import type { Place } from '#src/core/place.ts'
import { estimateTokens } from '#src/engine/estimate-tokens.ts'
import { type BriefWriter, createBriefWriter } from '#src/observer/brief-writer.ts'
import { openStore, type SqliteStore } from '#src/sqlite/sqlite-store.ts'
import { aLesson, aSignal, aStatement, when } from '#test/support/a-lesson.ts'
import { anAsked } from '#test/support/an-asked.ts'
import { KeptLog } from '#test/support/kept-log.ts'

/** Looks at a brief, each with and without what it may not tell. */
const looks = 1_500
const happenings = 24

const slack = { platform: 'slack', workspace: 'T1', thread: undefined } as const
const d1: Place = { ...slack, channel: 'D1', audience: 'dm' }
const hall: Place = { ...slack, channel: 'hall', audience: 'public' }
const den: Place = { ...slack, channel: 'den', audience: 'private' }
const bridge: Place = { ...slack, channel: 'bridge', audience: 'external' }
const away: Place = { ...d1, platform: 'discord', workspace: undefined, channel: 'D2' }
// The same names as in the other workspace: a scope is no more than its name.
const guild: Place = { ...hall, platform: 'discord', workspace: 'G1' }
const cellar: Place = { ...den, platform: 'discord', workspace: 'G1' }

/** Where a brief is read, and what of the account's own may be in it beside style. */
const mayTell: ReadonlyMap<Place, readonly Place[]> = new Map([
  [d1, [d1, hall]],
  [hall, [hall]],
  [den, [den, hall]],
  [bridge, [bridge]],
])
const places = [...mayTell.keys()]
const origins = [...places, away, guild, cellar]
const topics = 'tea jazz hiking sailing chess Rust Oslo harbour garden piano'.split(' ')

type Pair = Readonly<{ one: PersonId; other: PersonId }>

describe('a brief of a linked account', () => {
  it.for([
    { facts: 'neither', sides: [] },
    { facts: 'one side alone', sides: ['one'] },
    { facts: 'both sides', sides: ['one', 'other'] },
  ] as const)(
    'is the same bytes with and without what may not come over the link, facts let by $facts',
    {
      timeout: 240_000,
    },
    async ({ sides }) => {
      using store = openStore({ path: ':memory:' })
      let checked = 0
      for (let life = 0; checked < looks / 3; life += 1) checked += await live(store, life, sides)
      expect(checked).toBeGreaterThanOrEqual(looks / 3)
    },
  )
})

/** A person with two accounts; for each place a twin, whose two accounts learn only what that place may see. */
async function live(store: SqliteStore, life: number, sides: readonly ('one' | 'other')[]): Promise<number> {
  const random = createRandom(life + 1)
  const writer = createBriefWriter({
    ...{ learning: store.learning, count: estimateTokens, log: new KeptLog(), ticks: () => 0 },
    budget: life % 2 === 0 ? 500 : 150,
  })
  const whole = await appear(store, `whole ${life}`, sides)
  const twins = await Promise.all(places.map((_, i) => appear(store, `twin ${life} ${i}`, sides)))
  let checked = 0
  for (let step = 0; step < happenings; step += 1) {
    const origin = pick(origins, random)
    const lesson = someLesson(origin, step, random)
    await teach(store, whole, origin, lesson)
    for (const [i, twin] of twins.entries()) {
      await teach(store, twin, origin, seenFrom(places[i] as Place, origin, lesson, sides.length === 2))
    }
    if (step === happenings - 4)
      for (const { one, other } of [whole, ...twins]) await store.links.unlink(one, other, when(step))
    checked += await compare(writer, whole, twins, step, random)
  }
  return checked
}

async function compare(writer: BriefWriter, whole: Pair, twins: readonly Pair[], step: number, random: () => number) {
  const question = { words: pick(topics, random), at: when(step * 60_000), isFresh: random() < 0.5 }
  for (const [i, place] of places.entries()) {
    const told = await writer.brief({ ...question, place, person: whole.one })
    const twin = await writer.brief({ ...question, place, person: (twins[i] as Pair).one })
    expect({ place, standing: told.standing, tail: told.tail }).toEqual({
      place,
      standing: twin.standing,
      tail: twin.tail,
    })
  }
  return places.length
}

/** What of it a reply to the Slack account may tell there. */
function seenFrom(place: Place, origin: Place, lesson: Lesson, sharesFacts: boolean): Lesson {
  const isOwn = mayTell.get(place)?.includes(origin) ?? false
  if (isOwn || (sharesFacts && place === d1 && origin === away)) return lesson
  return {
    ...lesson,
    statements: lesson.statements.filter(({ claim }) => claim.slot === 'tone' || claim.slot === 'reply_format'),
    signals: lesson.signals.filter(({ key }) => key === 'reply_length'),
  }
}

function someLesson(place: Place, step: number, random: () => number): Lesson {
  const at = step * 60_000
  const style = [
    aStatement({ slot: 'tone', value: pick(['casual', 'formal'], random), kind: 'instruction', at }),
    aStatement({
      slot: 'reply_format',
      value: pick(['bullets', 'table'], random),
      at,
      polarity: random() < 0.7 ? 1 : -1,
    }),
  ]
  const facts = [
    aStatement({ value: pick(topics, random), at }),
    aStatement({ slot: 'call_me', value: pick(['Mo', 'Max'], random), at }),
    aStatement({ slot: 'timezone', value: pick(['Europe/Oslo', 'Asia/Tokyo'], random), at }),
  ]
  const signals = [
    aSignal({ value: pick(['short', 'long'], random), weight: random() < 0.7 ? 1 : -1, at }),
    aSignal({ key: 'topic', value: 'music', at }),
  ]
  const statements = random() < 0.5 ? [pick(facts, random)] : [pick(style, random), pick(facts, random)]
  return aLesson({ place, statements, signals: random() < 0.5 ? [pick(signals, random)] : [] })
}

async function teach(store: SqliteStore, { one, other }: Pair, origin: Place, lesson: Lesson): Promise<void> {
  if (lesson.statements.length + lesson.signals.length === 0) return
  await store.learning.learn({ ...lesson, person: origin.platform === 'slack' ? one : other }, [])
}

async function appear(store: SqliteStore, name: string, sides: readonly ('one' | 'other')[]): Promise<Pair> {
  const pair = { one: personId('slack', 'T1', name), other: personId('discord', undefined, name) }
  for (const id of Object.values(pair)) await store.turns.receive(anAsked({ person: { id, name, external: false } }))
  const { code } = await store.links.issue({ person: pair.one, name }, when(0))
  await store.links.redeem(code, { person: pair.other, name }, when(0))
  for (const id of Object.values(pair)) await store.links.confirm(id, when(0))
  for (const side of sides) await store.links.shareFacts(pair[side], true)
  return pair
}

function pick<Value>(values: readonly Value[], random: () => number): Value {
  return values[Math.floor(random() * values.length)] as Value
}
