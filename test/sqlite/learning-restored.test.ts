import { copyFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { restoreDatabase } from '#src/sqlite/restore-database.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { aLesson, aSight, aSignal, aStatement, dayMs, mira, when } from '#test/support/a-lesson.ts'
import { anAsked } from '#test/support/an-asked.ts'
import { createSqliteHome } from './sqlite-home.ts'

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
