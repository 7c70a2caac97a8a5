import { describe, expect, it } from 'vitest'
import { createRandom } from '#bench/history/random.ts'
import type { Brief } from '#src/core/brief.ts'
import { type Slot, slots, slotValues } from '#src/core/claim.ts'
import type { Cohort, CohortValue } from '#src/core/cohorts.ts'
import { messageId, type PersonId } from '#src/core/ids.ts'
import type { Lesson, Statement } from '#src/core/lesson.ts'
import type { Place } from '#src/core/place.ts'
import type { Signal } from '#src/core/signal.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import { composePrompt, type Prompt } from '#src/engine/compose-prompt.ts'
import { estimateTokens } from '#src/engine/estimate-tokens.ts'
import { type BriefWriter, createBriefWriter } from '#src/observer/brief-writer.ts'
import { createLender } from '#src/observer/cohorts/create-lender.ts'
import { openStore, type SqliteStore } from '#src/sqlite/sqlite-store.ts'
import { aLesson, aSignal, aStatement, dayMs, when } from '#test/support/a-lesson.ts'
import { anAsked } from '#test/support/an-asked.ts'
import { aPerson } from '#test/support/an-event.ts'
import { KeptLog } from '#test/support/kept-log.ts'

/** Pairs of where something is said and where a brief is read. */
const pairs = 10_000
/** So many happenings in the life of each person, each of them looked at from every place. */
const happenings = 25

const team = { platform: 'test', workspace: 'T1', thread: undefined } as const
const d1: Place = { ...team, channel: 'D1', audience: 'dm' }
const hall: Place = { ...team, channel: 'hall', audience: 'public' }
const den: Place = { ...team, channel: 'den', audience: 'private' }
const attic: Place = { ...team, channel: 'attic', audience: 'private' }
const bridge: Place = { ...team, channel: 'bridge', audience: 'external' }
const [backRoom, otherRoom] = [
  { ...hall, thread: '1', audience: 'private', apart: true },
  { ...hall, thread: '2', audience: 'private', apart: true },
] as const satisfies readonly Place[]
const elsewhere: Place = { ...hall, workspace: 'T2' }
// The same channel, once it is opened: what was said before stays closed.
const openedDen: Place = { ...den, audience: 'public' }
const sharedDen: Place = { ...den, audience: 'external' }

/** Where a brief is read, and what was said where may be in it beside style: the table of the design, by hand. */
const mayTell: ReadonlyMap<Place, readonly Place[]> = new Map([
  [d1, [d1, hall, openedDen]],
  [hall, [hall, openedDen]],
  [den, [den, sharedDen, hall, openedDen]],
  [attic, [attic, hall, openedDen]],
  [bridge, [bridge]],
  [elsewhere, [elsewhere]],
  [backRoom, [backRoom, hall, openedDen]],
  [otherRoom, [otherRoom, hall, openedDen]],
  [openedDen, [hall, openedDen]],
  [sharedDen, [sharedDen]],
])
const places = [...mayTell.keys()]

const persona = { name: 'Aeries', voice: 'You are Aeries.' }
const topics = 'tea jazz hiking Dolomites bread sailing chess Rust Oslo Bergen harbour nurse garden piano'.split(' ')

/** What the workspace of most of these places lends. */
const cohorts: readonly Cohort[] = [
  aCohort('everybody', [
    ['reply_length', 'short', 0.5],
    ['tone', 'formal', 0.6],
    ['explanation', 'sources', 0.7],
  ]),
  aCohort('short', [
    ['reply_length', 'short', 0.9],
    ['tone', 'casual', 0.8],
    ['emoji_use', 'more', 0.8],
  ]),
  aCohort('long', [
    ['reply_length', 'long', 0.9],
    ['tone', 'formal', 0.8],
    ['reply_format', 'headings', 0.8],
  ]),
]

describe('a brief', () => {
  it('is the same bytes with and without what its place may not see, over 10,000 pairs', {
    timeout: 400_000,
  }, async () => {
    using store = openStore({ path: ':memory:' })
    await store.cohorts.publish(workspaceOf(hall), cohorts, when(0))
    const seen = { lent: 0 }
    let checked = 0
    for (let life = 0; checked < pairs; life += 1) checked += await live(store, life, seen)
    expect(checked).toBeGreaterThanOrEqual(pairs)
    // What is lent is in many of them, and depends on nothing but style.
    expect(seen.lent).toBeGreaterThan(pairs / 20)
  })
})

/**
 * One person learns all that is said anywhere; for each place a twin learns only what that place may see. Whatever happens, the two
 * must look the same from there.
 */
async function live(store: SqliteStore, life: number, seen: { lent: number }): Promise<number> {
  const random = createRandom(life + 1)
  // With little room, what is left out tells of an order as well.
  const budget = life % 2 === 0 ? 500 : 150
  const parts = { learning: store.learning, count: estimateTokens, log: new KeptLog(), ticks: () => 0 }
  const lender = createLender({ ...store, mode: 'on', log: parts.log })
  const writer = createBriefWriter({ ...parts, lender, budget })
  const one = await appear(store, `whole ${life}`)
  const stranger = await appear(store, `stranger ${life}`)
  const twins = await Promise.all(places.map((_, i) => appear(store, `twin ${life} ${i}`)))
  const said: Lesson[] = []
  let checked = 0
  for (let step = 0; step < happenings; step += 1) {
    const origin = pick(places, random)
    if (said.length > 0 && random() < 0.15) await takeBack(store, [one, ...twins], pick(said, random))
    else {
      const lesson = someLesson(origin, step, random)
      said.push(lesson)
      await teach(store, one, lesson)
      if (random() < 0.2) await teach(store, stranger, someLesson(origin, step, random))
      for (const [i, twin] of twins.entries()) await teach(store, twin, visibleIn(places[i] as Place, origin, lesson))
    }
    checked += await compare(writer, one, twins, { step, random, seen })
  }
  return checked
}

async function compare(
  writer: BriefWriter,
  one: PersonId,
  twins: readonly PersonId[],
  { step, random, seen }: Readonly<{ step: number; random: () => number; seen: { lent: number } }>,
) {
  const isFresh = random() < 0.2
  const words = [someTopics(random), someTopics(random)].join(' ')
  for (const [i, place] of places.entries()) {
    const question = { place, words, at: when(step * 60_000), isFresh }
    const whole = await writer.brief({ ...question, person: one })
    const twin = await writer.brief({ ...question, person: twins[i] as PersonId })
    if (whole.standing.includes('not learnt from them')) seen.lent += 1
    const [prompt, others] = [promptOf(whole, question), promptOf(twin, question)]
    if (JSON.stringify(prompt) !== JSON.stringify(others)) expect({ place, prompt }).toEqual({ place, prompt: others })
  }
  return places.length
}

function aCohort(name: string, values: readonly (readonly [CohortValue['slot'], string, number])[]): Cohort {
  const lent = values.map(([slot, value, share]) => ({ slot, value, share, contributors: 20 }))
  return { name, members: 25, values: lent }
}

/** The whole of what a model would read. */
function promptOf(brief: Brief, { place, words, at }: Readonly<{ place: Place; words: string; at: Date }>): Prompt {
  const asked = [{ ...anAsked({ place, text: words }), at }]
  return composePrompt({
    ...{ persona, place, history: [], asked, quotes: [], unread: [], brief, now: at, timeZone: 'UTC' },
    budget: 4_096,
  })
}

function someLesson(place: Place, step: number, random: () => number): Lesson {
  const message = messageId('test', place.workspace, place.channel, `said-${random()}`)
  const at = Math.floor(step * 60_000 - random() * 2 * dayMs)
  // A mere fact changes no standing brief that is held: whoever lets it do so elsewhere tells that it was said.
  if (random() < 0.6) {
    const fact = aStatement({ slot: pick(['likes', 'tools', 'goal'], random), value: someTopics(random), at, message })
    return aLesson({ place, statements: [fact] })
  }
  const statements = Array.from({ length: 1 + Math.floor(random() * 2) }, () => someStatement(message, at, random))
  const signals = random() < 0.5 ? [someSignal(message, at, random)] : []
  return aLesson({ place, session: Math.floor(random() * 4) + 1, statements, signals })
}

function someStatement(message: Statement['claim']['message'], at: number, random: () => number): Statement {
  const slot = pick(Object.keys(slots) as Slot[], random)
  const words: Readonly<Record<string, readonly string[]>> = slotValues
  const value = slot === 'language' ? pick(['de', 'fr'], random) : pick(words[slot] ?? [someTopics(random)], random)
  const kind = pick(['instruction', 'fact', 'preference', 'correction'] as const, random)
  return aStatement({ slot, value, kind, at, message, polarity: random() < 0.8 ? 1 : -1 })
}

function someTopics(random: () => number): string {
  return Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(topics, random)).join(' ')
}

function someSignal(message: Signal['message'], at: number, random: () => number): Signal {
  const kind = pick(['mild reaction', 'strong reaction', 'inferred', 'behaviour'] as const, random)
  const key = pick(['reply_length', 'tone', 'topic'], random)
  const value =
    { reply_length: pick(['short', 'long'], random), tone: pick(['casual', 'secret'], random) }[key] ?? 'music'
  return aSignal({ kind, key, value, at, message, source: message, dedupe: `${message} ${random()}` })
}

/** What of it a reply in that place may tell. */
function visibleIn(place: Place, origin: Place, lesson: Lesson): Lesson | undefined {
  if (place.workspace !== origin.workspace) return undefined
  if (mayTell.get(place)?.includes(origin)) return lesson
  return {
    ...lesson,
    statements: lesson.statements.filter(({ claim }) => isStyle(claim.slot, claim.value)),
    signals: lesson.signals.filter(({ key, value }) => isStyle(key, value)),
  }
}

function isStyle(key: string, value: string): boolean {
  const words: Readonly<Record<string, readonly string[]>> = { ...slotValues, language: ['de', 'fr'] }
  return words[key]?.includes(value) ?? false
}

async function teach({ learning }: SqliteStore, person: PersonId, lesson: Lesson | undefined): Promise<void> {
  if (lesson === undefined || lesson.statements.length + lesson.signals.length === 0) return
  await learning.learn({ ...lesson, person }, [])
}

async function takeBack({ learning }: SqliteStore, people: readonly PersonId[], lesson: Lesson): Promise<void> {
  const message = lesson.statements[0]?.claim.message
  if (message !== undefined) for (const person of people) await learning.retract(person, message)
}

async function appear(store: SqliteStore, name: string): Promise<PersonId> {
  const person = aPerson(name)
  await store.turns.receive(anAsked({ person }))
  return person.id
}

function pick<Value>(values: readonly Value[], random: () => number): Value {
  return values[Math.floor(random() * values.length)] as Value
}
