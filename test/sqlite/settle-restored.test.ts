import { copyFileSync, rmSync } from 'node:fs'
import { expect, it } from 'vitest'
import { restoreDatabase } from '#src/sqlite/restore-database.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { anAsked, begun } from '#test/support/an-asked.ts'
import { dm } from '#test/support/an-event.ts'
import { createSqliteHome } from './sqlite-home.ts'

const minute = 60_000

it('leaves open of a backup, whose database is lost, only what somebody may still wait for', async () => {
  using home = createSqliteHome()
  const backup = `${home.folder}/backup.db`
  const old = anAsked({ at: 0, text: 'long ago' })
  const recent = anAsked({ at: 10 * minute, text: 'just now' })
  {
    using store = openStore({ path: home.path })
    await begun(store, old)
    await begun(store, recent)
    await store.turns.receive(anAsked({ at: 1, text: 'as long ago' }))
    await store.turns.receive(anAsked({ at: 10 * minute + 1, text: 'just now, too' }))
  }
  copyFileSync(home.path, backup)
  rmSync(home.path)
  const now = new Date(recent.at.getTime() + 10 * minute)
  await restoreDatabase(backup, home.path, now, () => {}, new AbortController().signal)
  using store = openStore({ path: home.path })
  const open = await store.turns.open()
  expect(open.map(({ turn }) => turn.asked.map(({ message }) => message.text))).toEqual([['just now']])
  expect((await store.turns.waiting()).map(({ message }) => message.text)).toEqual(['just now, too'])
  expect(await store.turns.heardUntil(dm.platform)).toEqual(new Date(recent.at.getTime() + 1))
})
