import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { conversationOf } from '#src/core/place.ts'
import type { Store } from '#src/core/store.ts'
import { readMigrations } from '#src/sqlite/migrations.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { anAsked, begun, exchanged } from '#test/support/an-asked.ts'
import { dm } from '#test/support/an-event.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { storeContract } from '#test/support/store-contract.ts'
import { createSqliteHome } from './sqlite-home.ts'

storeContract('SQLite', createSqliteHome)

describe('the SQLite store', () => {
  it.skipIf(process.platform === 'win32')('lets nobody but its owner read what people said', async () => {
    using home = createSqliteHome()
    const path = join(home.folder, 'new', 'data', 'aeries.db')
    using store = openStore({ path })
    await exchanged(store, anAsked(), 'hi')
    const mode = (file: string) => (statSync(file).mode & 0o777).toString(8)
    expect([path, `${path}-wal`, `${path}-shm`].map(mode)).toEqual(['600', '600', '600'])
    expect(['new', 'new/data'].map(folder => mode(join(home.folder, folder)))).toEqual(['700', '700'])
  })

  it('makes up the id of a turn anew in a new database', async () => {
    const firstTurn = async () => {
      using home = createSqliteHome()
      using store = home.open()
      return (await begun(store, anAsked())).id
    }
    const [one, other] = [await firstTurn(), await firstTurn()]
    expect(one).toMatch(/^[0-9a-f]{16}$/)
    expect(other).not.toBe(one)
  })

  it('logs that it opened a file, and nothing of what is in it', async () => {
    using home = createSqliteHome()
    const log = new KeptLog()
    using store = home.open({ log })
    await exchanged(store, anAsked({ text: 'a secret' }), 'kept')
    expect(log.lines).toEqual([
      {
        level: 'info',
        event: 'database opened',
        fields: { path: home.path, migrated: readMigrations().map(({ name }) => name) },
      },
    ])
  })

  it('lives in memory when told so', async () => {
    using store = openStore({ path: ':memory:' })
    for (let at = 0; at < 100; at += 1) await exchanged(store, anAsked({ at }), 'hi')
    expect(await store.history.last(conversationOf(dm), 500)).toHaveLength(200)
  })
})

describe('the checkpointer', () => {
  it('brings the log into the database while the store is open, so that the log starts over and stays short', async () => {
    using home = createSqliteHome()
    const sizes: number[] = []
    using store = home.open()
    const ofOneRound = await logThatIsRead()
    const inDatabase = new Database(home.path).prepare<[], { log: number; checkpointed: number }>(
      'PRAGMA wal_checkpoint(NOOP)',
    )
    const left = () => {
      const { log, checkpointed } = inDatabase.get()!
      return log - checkpointed
    }
    for (let round = 0; round < 5; round += 1) {
      await writeARound(store, round)
      await expect.poll(left).toBe(0)
      sizes.push(home.size('-wal'))
    }
    inDatabase.database.close()
    expect(sizes[0]).toBeGreaterThan(0)
    // A checkpoint that begins late keeps the log of one round for the next. That of all would be five times as long.
    expect(Math.max(...sizes)).toBeLessThan(2.5 * ofOneRound)
  })

  it('is done when the store is closed: the file holds everything, and no log is left beside it', async () => {
    using home = createSqliteHome()
    {
      using store = home.open()
      for (let at = 0; at < 200; at += 1) await exchanged(store, anAsked({ at }), 'hi')
    }
    expect(home.size('-wal')).toBe(0)
    using store = home.open()
    expect(await store.history.last(conversationOf(dm), 500)).toHaveLength(400)
  })

  it.skipIf(process.platform === 'win32')('says when it fails, and the store goes on', async () => {
    using home = createSqliteHome()
    const log = new KeptLog()
    using store = home.open({ log })
    await exchanged(store, anAsked(), 'hi')
    rmSync(home.path)
    for (let at = 1; at < 100; at += 1) await exchanged(store, anAsked({ at }), 'hi')
    await expect.poll(() => log.lines.map(({ event }) => event)).toContain('checkpoint failed')
    expect(await store.history.last(conversationOf(dm), 500)).toHaveLength(200)
  })
})

async function writeARound(store: Store, round: number): Promise<void> {
  for (let at = 0; at < 100; at += 1) await exchanged(store, anAsked({ at: round * 1_000 + at }), 'word '.repeat(50))
}

/** How long the log of one round is when it cannot start over in between, since somebody reads all the time. */
async function logThatIsRead(): Promise<number> {
  using home = createSqliteHome()
  using store = home.open()
  const reader = new Database(home.path)
  reader.exec('BEGIN; SELECT count(*) FROM message')
  await writeARound(store, 0)
  const size = home.size('-wal')
  reader.close()
  return size
}
