import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { createRandom } from '#bench/history/random.ts'
import { type Slot, slotValues } from '#src/core/claim.ts'
import { messageId } from '#src/core/ids.ts'
import type { Lesson } from '#src/core/lesson.ts'
import { openStore, type SqliteStore } from '#src/sqlite/sqlite-store.ts'
import { aLesson, aStatement, dayMs, mira } from '#test/support/a-lesson.ts'
import { anAsked } from '#test/support/an-asked.ts'
import { workMs } from '#test/support/work-ms.ts'
import { createSqliteHome } from './sqlite-home.ts'

const lives = 6
const [livesOfOneValue, stepsOfOneValue] = [12, 30]
const lessonsOfLife = 40
/** Their heads overlap by all degrees, so that statements meet by way of others. */
const words = 'green black tea strong sweet cold'.split(' ')
const groups: readonly Slot[] = ['likes', 'dislikes', 'goal', 'location', 'reply_format', 'code_language']
/** Everything that is made from evidence, but for the keyed hashes' order of rows. */
const made = [
  'SELECT * FROM trait ORDER BY id',
  'SELECT * FROM trait_piece ORDER BY trait_id, said_at, evidence_id',
  'SELECT * FROM about ORDER BY scope_id, term, trait_id, evidence_id',
  'SELECT * FROM posting ORDER BY scope_id, term, trait_id',
  'SELECT id, facts, words FROM learning_scope ORDER BY id',
]

describe('one statement more or less', () => {
  it('leaves to the last bit what a replay of all makes, in whatever order statements come and go', async () => {
    using scene = await aScene()
    const random = createRandom(11)
    for (let life = 0; life < lives; life += 1) {
      const isInOrder = life % 3 === 0
      const lessons = Array.from({ length: lessonsOfLife }, (_, i) => someLesson(`${life}-${i}`, i, isInOrder, random))
      for (const lesson of lessons) await scene.store.learning.learn(lesson, [])
      await scene.expectReplayed()
      for (const lesson of lessons.filter(() => random() < 0.4)) await scene.takeBack(lesson)
      await scene.expectReplayed()
      if (life % 2 === 1) for (const lesson of lessons) await scene.takeBack(lesson)
    }
  })

  it('leaves to the last bit what a replay of all makes of a slot that holds one value, after each of them', async () => {
    using scene = await aScene()
    const random = createRandom(23)
    for (let life = 0; life < livesOfOneValue; life += 1) {
      const lessons: Lesson[] = []
      for (let step = 0; step < stepsOfOneValue; step += 1) {
        const gone = random() < 0.4 ? lessons.splice(Math.floor(random() * lessons.length), 1)[0] : undefined
        if (gone === undefined) lessons.push(await scene.learn(somePlace(`${life}-${step}`, random)))
        else await scene.takeBack(gone)
        await scene.expectReplayed()
      }
      for (const lesson of lessons) await scene.takeBack(lesson)
    }
  })

  it('keeps the 300 strongest of many as a replay does', async () => {
    using scene = await aScene()
    const lessons = Array.from({ length: 330 }, (_, i) => {
      const statements = [aStatement({ value: `thing${i}`, at: ((i * 37) % 330) * dayMs, message: said(`m${i}`) })]
      return aLesson({ statements })
    })
    for (const lesson of lessons) await scene.store.learning.learn(lesson, [])
    expect(scene.active()).toBe(300)
    for (const lesson of lessons.filter((_, i) => i % 9 === 0)) await scene.takeBack(lesson)
    expect(scene.active()).toBe(293)
    await scene.expectReplayed()
  })

  it('is a matter of what it is about: among 4,000 others it takes no more than a few times what it takes among 40', async () => {
    const among = async (others: number) => {
      using store = openStore({ path: ':memory:' })
      await store.turns.receive(anAsked())
      const all = Array.from({ length: others }, (_, i) => aStatement({ value: `thing${i}`, at: 1_000 * i }))
      await store.learning.learn(aLesson({ statements: all }), [])
      const round = async (i: number) => {
        const newest = aStatement({ value: `thing${i}`, at: 1_000 * (others + i) })
        const late = aStatement({ value: `thing${i + 1}`, at: 1_000 * i + 1 })
        for (const one of [newest, late]) await store.learning.learn(aLesson({ statements: [one] }), [])
        await store.learning.retract(mira, late.claim.message)
      }
      await round(0)
      return await workMs(async () => {
        for (let i = 1; i <= 20; i += 1) await round(i)
      })
    }
    const few = await among(40)
    // When each of them replays all of its group it is a hundred times as much.
    expect((await among(4_000)) / few).toBeLessThan(8)
  })
})

describe('a database whose traits were made by other rules', () => {
  it('has them made anew when it is opened', async () => {
    using home = createSqliteHome()
    const taught = async () => {
      using store = openStore({ path: home.path })
      await store.turns.receive(anAsked())
      await store.learning.learn(aLesson({ statements: [aStatement({ value: 'tea' })] }), [])
    }
    await taught()
    const before = read(home.path)
    const db = new Database(home.path)
    db.exec('DELETE FROM trait; DELETE FROM trait_piece; DELETE FROM about; UPDATE learning_scope SET is_settled = 0')
    db.close()
    openStore({ path: home.path })[Symbol.dispose]()
    expect(read(home.path)).toEqual(before)
  })
})

async function aScene() {
  const home = createSqliteHome()
  const store: SqliteStore = openStore({ path: home.path })
  await store.turns.receive(anAsked())
  const db = new Database(home.path, { readonly: true })
  const count = (sql: string) => Number(db.prepare(sql).pluck().get())
  return {
    store,
    async learn(lesson: Lesson): Promise<Lesson> {
      await store.learning.learn(lesson, [])
      return lesson
    },
    active: () => count("SELECT count(*) FROM trait WHERE status = 'active'"),
    async takeBack(lesson: Lesson): Promise<void> {
      const message = lesson.statements[0]?.claim.message
      if (message !== undefined) await store.learning.retract(mira, message)
    },
    async expectReplayed(): Promise<void> {
      const before = read(home.path)
      await store.learning.rebuild(mira)
      expect(read(home.path)).toEqual(before)
    },
    [Symbol.dispose](): void {
      db.close()
      store[Symbol.dispose]()
      home[Symbol.dispose]()
    },
  }
}

function read(path: string): readonly unknown[] {
  const db = new Database(path, { readonly: true })
  try {
    return made.map(sql => db.prepare(sql).all())
  } finally {
    db.close()
  }
}

function said(name: string) {
  return messageId('test', undefined, 'dm-mira', name)
}

/** One of few places, or a word that it is not there, at one of few times: it is said again, contradicted and denied all the time. */
function somePlace(name: string, random: () => number): Lesson {
  const sketch = { value: pick(['Oslo', 'Bergen', 'Narvik'], random), polarity: random() < 0.25 ? -1 : 1 } as const
  const at = Math.floor(random() * 15) * 6 * 3_600_000
  return aLesson({ statements: [aStatement({ slot: 'location', ...sketch, at, message: said(name) })] })
}

function someLesson(name: string, place: number, isInOrder: boolean, random: () => number): Lesson {
  const at = isInOrder ? place * 3_600_000 : Math.floor(random() * 20 * dayMs)
  const statements = Array.from({ length: 1 + Math.floor(random() * 2) }, () => {
    const slot = pick(groups, random)
    const some = words.filter(() => random() < 0.4).join(' ') || 'tea'
    const value = slot === 'reply_format' ? pick(slotValues.reply_format, random) : some
    const kind = pick(['instruction', 'fact', 'preference', 'correction'] as const, random)
    const lasts = random() < 0.2 ? { lastsMs: dayMs } : {}
    return aStatement({ slot, value, kind, polarity: random() < 0.75 ? 1 : -1, at, message: said(name), ...lasts })
  })
  return aLesson({ session: 1, statements })
}

function pick<Value>(values: readonly Value[], random: () => number): Value {
  return values[Math.floor(random() * values.length)] as Value
}
