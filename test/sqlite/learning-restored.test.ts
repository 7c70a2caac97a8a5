import { copyFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Brief } from '#src/core/brief.ts'
import { conversationOf, type Place } from '#src/core/place.ts'
import { estimateTokens } from '#src/engine/estimate-tokens.ts'
import { createBriefWriter } from '#src/observer/brief-writer.ts'
import { copyBeside } from '#src/sqlite/copy-beside.ts'
import { restoreDatabase } from '#src/sqlite/restore-database.ts'
import { openStore, type SqliteStore } from '#src/sqlite/sqlite-store.ts'
import { aLesson, aSight, aSignal, aStatement, dayMs, mira, when } from '#test/support/a-lesson.ts'
import { anAsked, aReply, begun } from '#test/support/an-asked.ts'
import { channel, dm } from '#test/support/an-event.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { createSqliteHome } from './sqlite-home.ts'

describe('what was learnt', () => {
  it('is the same to the byte of a brief after a backup was brought back on another machine', async () => {
    using here = createSqliteHome()
    using there = createSqliteHome()
    const backup = `${here.folder}/backup.db`
    let before: readonly Brief[]
    {
      using store = openStore({ path: here.path })
      await teachMuch(store)
      before = await briefs(store)
      await copyBeside(here.path, backup, () => {}, new AbortController().signal)
    }
    expect(before.map(({ standing, tail }) => [standing.includes('"Max"'), tail.includes('Dolomites')])).toEqual([
      [true, true],
      [false, false],
    ])
    await restoreDatabase(backup, there.path, when(dayMs), () => {}, new AbortController().signal)
    using store = openStore({ path: there.path })
    expect(await briefs(store)).toEqual(before)
    await store.learning.rebuild(mira)
    expect(await briefs(store)).toEqual(before)
  })
})

describe('a backup from before somebody was forgotten', () => {
  it('is brought back also when the platform is ahead of our clock', async () => {
    using home = createSqliteHome()
    const backup = `${home.folder}/backup.db`
    const asked = anAsked()
    const ours = () => new Date(asked.at.getTime() - 30_000)
    {
      using store = openStore({ path: home.path, now: ours })
      const turn = await begun(store, asked)
      await store.turns.finish(turn, aReply('hi'), ours(), true)
    }
    copyFileSync(home.path, backup)
    {
      using store = openStore({ path: home.path, now: ours })
      await store.forget.person(mira)
      await store.forget.conversation(conversationOf(dm))
    }
    await restoreDatabase(backup, home.path, ours(), () => {}, new AbortController().signal)
    using store = openStore({ path: home.path, now: ours })
    expect(await store.learning.jobs()).toMatchObject({ waiting: 0 })
    expect(await store.history.knows(conversationOf(dm))).toBe(false)
  })
})

describe('a backup from before somebody had a thing forgotten', () => {
  it('does not bring it back, and brings back all the rest', async () => {
    using home = createSqliteHome()
    const backup = `${home.folder}/backup.db`
    {
      using store = openStore({ path: home.path })
      await store.turns.receive(anAsked())
      const statements = [aStatement({ value: 'jazz' }), aStatement({ value: 'tea' })]
      await store.learning.learn(
        aLesson({ statements, signals: [aSignal(), aSignal({ key: 'tone', value: 'casual' })] }),
        [],
      )
    }
    copyFileSync(home.path, backup)
    {
      using store = openStore({ path: home.path })
      const { traits } = await store.learning.known(mira, aSight().workspace, when(0))
      const jazz = traits.find(({ value }) => value === 'jazz')
      await store.learning.forgetTrait(mira, jazz!.id, when(dayMs))
      await store.learning.forgetKey(mira, aSight().workspace, 'tone', when(dayMs))
    }
    await restoreDatabase(backup, home.path, new Date(), () => {}, new AbortController().signal)
    using store = openStore({ path: home.path })
    const { facts, dials } = await store.learning.briefData(aSight(), when(dayMs))
    expect([facts.map(({ value }) => value), dials.map(({ key }) => key)]).toEqual([['tea'], ['reply_length']])
  })
})

/** All kinds of it: what was told, what fades, what was superseded, contradicted, taken back and guessed. */
async function teachMuch(store: SqliteStore): Promise<void> {
  await store.turns.receive(anAsked())
  // So many and so new that the rest comes only when words call for it.
  const others = Array.from(
    { length: 40 },
    (_, i) => ({ slot: 'open', value: `thing${i} of note`, at: 2 * dayMs }) as const,
  )
  const lessons = [
    ...others,
    { slot: 'call_me', value: 'Mo' },
    { slot: 'call_me', value: 'Max', at: dayMs },
    { slot: 'reply_format', value: 'bullets', kind: 'instruction' },
    { slot: 'likes', value: 'hiking in the Dolomites' },
    { slot: 'likes', value: 'sourdough bread', at: 2 * dayMs },
    { slot: 'likes', value: 'sourdough bread', polarity: -1, at: 2.1 * dayMs },
    { slot: 'schedule', value: 'dentist on Friday', lastsMs: dayMs },
  ] as const
  for (const lesson of lessons) await store.learning.learn(aLesson({ statements: [aStatement(lesson)] }), [])
  const signals = [{}, {}, { key: 'tone', value: 'casual' }, { key: 'tone', value: 'formal', source: 'taken' }]
  await store.learning.learn(aLesson({ signals: signals.map(aSignal) }), [])
  await store.learning.retract(mira, aSignal({ source: 'taken' }).source)
}

/** In a DM and in public, as a writer that holds nothing writes them. */
async function briefs(store: SqliteStore): Promise<readonly Brief[]> {
  const parts = { learning: store.learning, count: estimateTokens, log: new KeptLog(), ticks: () => 0 }
  const question = {
    person: mira,
    words: 'Where could I go hiking, and for how long?',
    at: when(3 * dayMs),
    isFresh: false,
  }
  const ask = (place: Place) => createBriefWriter(parts).brief({ ...question, place })
  return [await ask(dm), await ask(channel)]
}
