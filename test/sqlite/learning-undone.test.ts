import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createRandom } from '#bench/history/random.ts'
import { type Slot, slots, slotValues } from '#src/core/claim.ts'
import { messageId, type PersonId } from '#src/core/ids.ts'
import type { Lesson } from '#src/core/lesson.ts'
import { conversationOf } from '#src/core/place.ts'
import type { Reading } from '#src/core/signal.ts'
import { estimateTokens } from '#src/engine/estimate-tokens.ts'
import { createBriefWriter } from '#src/observer/brief-writer.ts'
import { openStore, type SqliteStore } from '#src/sqlite/sqlite-store.ts'
import { aLesson, aSight, aSignal, aStatement, dayMs, mira, when } from '#test/support/a-lesson.ts'
import { anAsked, aReply, begun } from '#test/support/an-asked.ts'
import { aPerson, channel, dm } from '#test/support/an-event.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { workMs } from '#test/support/work-ms.ts'
import { createSqliteHome, type SqliteHome } from './sqlite-home.ts'

const lives = 40
const lessonsOfLife = 30
const things = 'tea jazz hiking bread sailing chess Oslo Bergen harbour nurse'.split(' ')

describe('what was taken back', () => {
  it('is as if it had never been: aggregates to 1e-9, the brief to the byte, in any order, also made anew from the log', async () => {
    using store = openStore({ path: ':memory:' })
    const random = createRandom(5)
    for (let life = 0; life < lives; life += 1) {
      const [one, other] = [await appear(store, `one ${life}`), await appear(store, `other ${life}`)]
      const lessons = Array.from({ length: lessonsOfLife }, (_, i) => someLesson(`${life}-${i}`, random))
      const gone = lessons.filter(() => random() < 0.3)
      for (const lesson of shuffled(lessons, random)) {
        await store.learning.learn({ ...lesson, person: one }, [])
        // Some at once, as a reaction that is taken back while others come in.
        if (gone.includes(lesson) && random() < 0.5) await takeBack(store, one, lesson)
      }
      for (const lesson of gone) await takeBack(store, one, lesson)
      for (const lesson of lessons) {
        if (!gone.includes(lesson)) await store.learning.learn({ ...lesson, person: other }, [])
      }
      await expectSame(store, one, other)
      await store.learning.rebuild(one)
      await expectSame(store, one, other)
    }
  })

  it('is a message that is deleted, with all that it taught, and a reaction to an answer that goes', async () => {
    using store = openStore({ path: ':memory:' })
    const [said, kept] = [anAsked({ text: 'I live in Oslo' }), anAsked({ at: 1, text: 'I like tea' })]
    const turn = await begun(store, said)
    const shown = messageId('test', undefined, 'dm-mira', 'shown')
    await store.turns.finish(turn, aReply('nice', { messages: [shown] }), new Date(), true)
    await store.turns.receive(kept)
    const statements = [
      aStatement({ slot: 'location', value: 'Oslo', message: said.message.id }),
      aStatement({ value: 'tea', message: kept.message.id }),
    ]
    await store.learning.learn(
      aLesson({ statements, signals: [aSignal({ message: shown }), aSignal({ message: shown })] }),
      [],
    )
    const before = await store.learning.revision(aSight())
    await store.forget.message(said.message.id)
    const { facts, dials } = await store.learning.briefData(aSight(), when(0))
    expect([facts.map(({ value }) => value), dials]).toEqual([['tea'], []])
    expect(await store.learning.revision(aSight())).not.toBe(before)
    expect(await store.learning.jobs()).toMatchObject({ waiting: 0 })
  })

  it('leaves no mood behind: a message that is deleted changes the tail as well', async () => {
    using store = openStore({ path: ':memory:' })
    const asked = anAsked()
    await begun(store, asked)
    const session = await store.learning.startSession(mira, dm, asked.at)
    await store.learning.sessionSignal(
      session.id,
      aSignal({
        kind: 'inferred',
        key: 'mood',
        value: 'frustrated',
        message: asked.message.id,
        source: asked.message.id,
      }),
    )
    const moods = () => store.learning.sessionReadings(aSight(), conversationOf(dm), asked.at)
    expect(await moods()).toHaveLength(1)
    await store.forget.message(asked.message.id)
    expect(await moods()).toEqual([])
  })
})

describe('who was forgotten', () => {
  it('leaves no value, quote or word in file, log or free pages, and within 200 ms', async () => {
    using home = createSqliteHome()
    using store = openStore({ path: home.path })
    const [jonas, others] = [aPerson('Jonas').id, ['Ann', 'Ben', 'Cy'].map(name => aPerson(name).id)]
    for (const name of ['Mira', 'Jonas', 'Ann', 'Ben', 'Cy'])
      await store.turns.receive(anAsked({ person: aPerson(name) }))
    // Side by side in the file, in pieces that make pages split and, when some of them go, merge.
    for (let i = 0; i < 60; i += 1) {
      for (const person of [mira, jonas, ...others]) {
        const mark = person === mira ? 'Zugspitze' : 'Brocken'
        const statements = [
          aStatement({ value: `${mark} no ${i}`, quote: `${mark} ${'Watzmann '.repeat(i % 7)}`, at: i * dayMs }),
        ]
        await store.learning.learn(aLesson({ person, statements, signals: [aSignal({ value: 'short' })] }), [])
        if (person !== mira && i % 3 === 0) await store.learning.retract(person, statements[0]!.claim.message)
      }
    }
    for (const trait of (await known(store)).traits.slice(0, 20))
      await store.learning.forgetTrait(mira, trait.id, when(0))
    for (const person of others) await store.forget.person(person)
    const took = await workMs(() => store.forget.person(mira))
    // The log is empty once before, too: when what was asked for earlier ends just then.
    const left = () => [home.size('-wal'), ...['Zugspitze', 'zugspitz'].map(word => bytes(home, word))]
    await expect.poll(left).toEqual([0, false, false])
    expect(bytes(home, 'Brocken')).toBe(true)
    expect(await known(store)).toEqual({ traits: [], readings: [] })
    expect(took).toBeLessThan(200)
  })

  it('is not learnt again from what was said before, but from what is said anew', async () => {
    using home = createSqliteHome()
    const asked = anAsked({ text: 'I live in Oslo' })
    let now = asked.at
    using store = openStore({ path: home.path, now: () => now })
    const turn = await begun(store, asked)
    await store.turns.finish(turn, aReply('nice', { messages: [] }), now, true)
    const job = await store.learning.nextJob(now, 3)
    const old = { ...aStatement({ slot: 'location', value: 'Oslo', message: asked.message.id }), at: asked.at }
    await store.forget.person(mira)
    // The observer was just reading it.
    expect(await store.learning.learn(aLesson({ statements: [old] }), job!.ids)).toMatchObject({
      statements: 0,
      forgotten: 1,
    })
    expect(await store.learning.jobs()).toMatchObject({ waiting: 0, dead: 0 })
    now = new Date(now.getTime() + dayMs)
    await store.turns.receive(anAsked({ at: dayMs }))
    expect(await store.learning.learn(aLesson({ statements: [old] }), [])).toMatchObject({
      statements: 0,
      forgotten: 1,
    })
    const anew = { ...aStatement({ slot: 'location', value: 'Oslo' }), at: now }
    expect(await store.learning.learn(aLesson({ statements: [anew] }), [])).toMatchObject({ statements: 1 })
  })

  it('is who said it, not where: a place that is forgotten takes only what was said there', async () => {
    using store = openStore({ path: ':memory:' })
    const [here, there] = [anAsked({ place: channel }), anAsked({ at: 1 })]
    await begun(store, here)
    await begun(store, there)
    const taught = (message: typeof here, value: string) => [aStatement({ value, message: message.message.id })]
    await store.learning.learn(aLesson({ place: dm, statements: taught(there, 'tea') }), [])
    await store.learning.learn(aLesson({ place: channel, statements: taught(here, 'jazz') }), [])
    await store.forget.conversation(conversationOf(channel))
    const workspaces = await store.learning.workspaces(mira)
    const all = await Promise.all(workspaces.map(workspace => store.learning.known(mira, workspace, when(0))))
    expect(all.flatMap(({ traits }) => traits.map(({ value }) => value))).toEqual(['tea'])
  })
})

async function expectSame(store: SqliteStore, one: PersonId, other: PersonId): Promise<void> {
  const at = when(60 * dayMs)
  const writer = createBriefWriter({
    learning: store.learning,
    count: estimateTokens,
    log: new KeptLog(),
    ticks: () => 0,
  })
  const briefs = [one, other].map(async person => {
    const { standing, tail } = await writer.brief({
      person,
      place: dm,
      words: things.join(' '),
      at,
      isFresh: true,
    })
    return { standing, tail }
  })
  expect(await briefs[0]).toEqual(await briefs[1])
  const [its, others] = await Promise.all(
    [one, other].map(person => store.learning.readAggregate(aSight(dm, person), at)),
  )
  const plain = (readings: readonly Reading[] = []) =>
    readings.map(({ key, value, count, isOn, positive, negative }) => [
      key,
      value,
      count,
      isOn,
      round(positive),
      round(negative),
    ])
  expect(plain(its)).toEqual(plain(others))
}

function round(mass: number): number {
  return Math.round(mass * 1e9) / 1e9 + 0
}

function someLesson(name: string, random: () => number): Lesson {
  const message = messageId('test', undefined, 'dm-mira', name)
  const at = Math.floor(random() * 50 * dayMs)
  const slot = pick(Object.keys(slots) as Slot[], random)
  const words: Readonly<Record<string, readonly string[]>> = { ...slotValues, language: ['de', 'fr'] }
  const kind = pick(['instruction', 'fact', 'preference', 'correction'] as const, random)
  const polarity = random() < 0.8 ? 1 : -1
  const value = pick(words[slot] ?? things, random)
  const signals = ['a', 'b'].map(which =>
    aSignal({
      kind: pick(['mild reaction', 'strong reaction', 'inferred', 'behaviour'] as const, random),
      key: pick(['reply_length', 'tone'], random),
      value: pick(['short', 'casual'], random),
      weight: random() < 0.8 ? 0.6 : -3,
      ...{ at, message, source: name, dedupe: `${name} ${which}` },
    }),
  )
  const statements = [aStatement({ slot, value, kind, polarity, at, message })]
  return aLesson({ session: Math.floor(at / dayMs), statements, signals })
}

async function takeBack(store: SqliteStore, person: PersonId, lesson: Lesson): Promise<void> {
  const message = lesson.statements[0]?.claim.message
  if (message !== undefined) await store.learning.retract(person, message)
}

async function appear(store: SqliteStore, name: string): Promise<PersonId> {
  const person = aPerson(name)
  await store.turns.receive(anAsked({ person }))
  return person.id
}

async function known(store: SqliteStore) {
  return await store.learning.known(mira, aSight().workspace, when(0))
}

function shuffled<Value>(values: readonly Value[], random: () => number): readonly Value[] {
  return values
    .map(value => ({ value, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ value }) => value)
}

function pick<Value>(values: readonly Value[], random: () => number): Value {
  return values[Math.floor(random() * values.length)] as Value
}

function bytes({ path }: SqliteHome, word: string): boolean {
  return [path, `${path}-wal`, `${path}-shm`].some(file => existsSync(file) && readFileSync(file).includes(word))
}
