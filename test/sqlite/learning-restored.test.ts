import { copyFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { conversationOf } from '#src/core/place.ts'
import { restoreDatabase } from '#src/sqlite/restore-database.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { aLesson, aSight, aSignal, aStatement, dayMs, mira, when } from '#test/support/a-lesson.ts'
import { anAsked, aReply, begun } from '#test/support/an-asked.ts'
import { dm } from '#test/support/an-event.ts'
import { createSqliteHome } from './sqlite-home.ts'

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
      store.forget.person(mira)
      store.forget.conversation(conversationOf(dm))
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
