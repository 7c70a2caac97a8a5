import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'

import { openStore, type SqliteStore } from '#src/sqlite/sqlite-store.ts'
import {
  aLesson,
  aSight,
  aSignal,
  aStatement,
  dayMs,
  mira,
  type StatementSketch,
  when,
} from '#test/support/a-lesson.ts'
import { anAsked, aReply, begun } from '#test/support/an-asked.ts'
import { dm } from '#test/support/an-event.ts'
import { createSqliteHome } from './sqlite-home.ts'

describe('what is of no use any more', () => {
  it('goes in time: a job that was given up, and then its session', async () => {
    using scene = aScene()
    const asked = anAsked()
    const turn = await begun(scene.store, asked)
    await scene.store.turns.finish(turn, aReply('hi'), asked.at, true)
    const job = await scene.store.learning.nextJob(asked.at, 3)
    await scene.store.learning.deadLetter(job!.ids, 'failed')
    const session = job!.exchanges[0]!.session
    await scene.store.learning.sessionSignal(session, aSignal({ kind: 'inferred', key: 'mood', value: 'rushed' }))
    const ended = asked.at.getTime()
    await scene.store.learning.startSession(mira, dm, new Date(ended + dayMs))
    expect(await scene.counts(ended + 29 * dayMs)).toMatchObject({ jobs: 1, sessions: 2 })
    // The newest session stays whatever its age: the next one gets a number of its own.
    expect(await scene.counts(ended + 31 * dayMs)).toMatchObject({ jobs: 0, sessions: 1, moods: 0 })
  })

  it('keeps a session that a waiting job is of', async () => {
    using scene = aScene()
    const asked = anAsked()
    await scene.store.turns.finish(await begun(scene.store, asked), aReply('hi'), asked.at, true)
    await scene.store.learning.startSession(mira, dm, new Date(asked.at.getTime() + dayMs))
    expect(await scene.counts(asked.at.getTime() + 400 * dayMs)).toMatchObject({ jobs: 1, sessions: 2 })
  })

  it('is what was said of a while, once that is long over', async () => {
    using scene = aScene()
    await scene.teach({ slot: 'current_project', value: 'the harbour', lastsMs: dayMs })
    await scene.teach({ slot: 'schedule', value: 'dentist on Friday', lastsMs: 7 * dayMs })
    await scene.teach({ slot: 'schedule', value: 'choir on Mondays' })
    expect(await scene.counts(when(30 * dayMs).getTime())).toMatchObject({ evidence: 3, traits: 3 })
    expect(await scene.counts(when(32 * dayMs).getTime())).toMatchObject({ evidence: 2, traits: 2 })
    expect(await scene.counts(when(38 * dayMs).getTime())).toMatchObject({ evidence: 1, traits: 1 })
  })

  it('is nothing that counts again when something else is taken back', async () => {
    using scene = aScene()
    const [before, after] = [
      aStatement({ slot: 'call_me', value: 'Max' }),
      aStatement({ slot: 'call_me', value: 'Mo', at: 1 }),
    ]
    const passing = { slot: 'location', lastsMs: dayMs } as const
    await scene.teach({ slot: 'location', value: 'Oslo' })
    await scene.teach({ ...passing, value: 'Bergen', at: dayMs })
    await scene.teach({ slot: 'likes', value: 'green tea', lastsMs: dayMs }, { slot: 'likes', value: 'tea', at: 1 })
    await scene.store.learning.learn(aLesson({ statements: [before, after] }), [])
    const counts = await scene.counts(when(4_000 * dayMs).getTime())
    expect(counts).toMatchObject({ evidence: 6 })
    await scene.store.learning.retract(mira, after.claim.message)
    const { slots } = await scene.store.learning.briefData(aSight(), when(4_000 * dayMs))
    expect(slots.map(({ value }) => value)).toEqual(['Max'])
  })

  it('goes in steps, however much it is, past what has to stay', async () => {
    using scene = aScene()
    for (let i = 0; i < 130; i += 1) {
      const value = `thing${i}`
      await scene.teach({ slot: 'open', value, lastsMs: dayMs, at: i }, { slot: 'open', value: `${value} too`, at: i })
    }
    for (let i = 0; i < 130; i += 1)
      await scene.teach({ slot: 'goal', value: `goal${i}`, lastsMs: dayMs, at: dayMs + i })
    const at = when(60 * dayMs)
    const more: boolean[] = []
    do more.push(await scene.store.learning.tidy(at))
    while (more.at(-1) && more.length < 20)
    expect(more).toEqual([true, true, false])
    expect(await scene.counts(at.getTime())).toMatchObject({ evidence: 260 })
  })
})

type Scene = Disposable &
  Readonly<{
    store: SqliteStore
    teach(...sketches: readonly StatementSketch[]): Promise<void>
    /** After all is tidied that is to be tidied then. */
    counts(at: number): Promise<Readonly<Record<string, number>>>
  }>

function aScene(): Scene {
  const home = createSqliteHome()
  const store = openStore({ path: home.path })
  const reader = new Database(home.path, { readonly: true })
  const count = (table: string) => reader.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0
  return {
    store,
    async teach(...sketches) {
      if (count('person') === 0) await store.turns.receive(anAsked())
      await store.learning.learn(aLesson({ statements: sketches.map(aStatement) }), [])
    },
    async counts(at) {
      while (await store.learning.tidy(new Date(at)));
      const [jobs, sessions, moods] = ['observer_job', 'session', 'session_signal'].map(count)
      const [evidence, traits] = ['evidence', 'trait'].map(count)
      return { jobs, sessions, moods, evidence, traits } as Readonly<Record<string, number>>
    },
    [Symbol.dispose]() {
      reader.close()
      store[Symbol.dispose]()
      home[Symbol.dispose]()
    },
  }
}
