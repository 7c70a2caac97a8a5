import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { DefectError, RefusedError, UnavailableError } from '#src/core/errors.ts'
import { conversationOf } from '#src/core/place.ts'
import { copyDatabase } from '#src/sqlite/copy-database.ts'
import { openDatabase } from '#src/sqlite/open-database.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { tellFaults } from '#src/sqlite/tell-faults.ts'
import { createUnitOfWork } from '#src/sqlite/unit-of-work.ts'
import { anAsked, exchanged } from '#test/support/an-asked.ts'
import { dm } from '#test/support/an-event.ts'
import { canMakeDisks, SmallDisk } from './small-disk.ts'
import { createSqliteHome } from './sqlite-home.ts'

describe('a full disk', () => {
  it('is told as something that passes; a unit of work that met it left nothing, and the next one works', () => {
    using home = createSqliteHome()
    const { db } = openDatabase(home.path)
    const unit = createUnitOfWork(db, () => {})
    const insert = db.prepare('INSERT INTO event VALUES (?, 0)')
    const events = tellFaults(home.path, {
      take: unit((many: number) => {
        for (let at = 0; at < many; at += 1) insert.run(`${at} ${'key'.repeat(100)}`)
      }),
    })
    const pages = Number(db.pragma('page_count', { simple: true }))
    db.pragma(`max_page_count = ${pages + 5}`)
    expect(() => events.take(1_000)).toThrow(UnavailableError)
    expect(() => events.take(1_000)).toThrow(
      `The database ${home.path} takes nothing now: the disk is full (SQLITE_FULL). Free some space; Aeries goes on by itself.`,
    )
    expect(db.prepare('SELECT count(*) FROM event').pluck().get()).toBe(0)
    db.pragma('max_page_count = 1000000')
    events.take(1_000)
    expect(db.prepare('SELECT count(*) FROM event').pluck().get()).toBe(1_000)
    db.close()
  })

  it.runIf(canMakeDisks)(
    'stops the writing and nothing else, and has passed when there is room, without a restart',
    async () => {
      using disk = new SmallDisk(16)
      const path = join(disk.folder, 'aeries.db')
      const said: string[] = []
      {
        using store = openStore({ path })
        const say = async (at: number) => {
          const asked = anAsked({ at, text: `${at} ${'word '.repeat(200)}` })
          await exchanged(store, asked, 'hi')
          said.push(asked.message.text)
        }
        await say(0)
        disk.fill(20_000)
        const error = await untilItFails(say)
        expect(error).toBeInstanceOf(UnavailableError)
        expect(String(error)).toMatch(/the disk is full \(SQLITE_FULL\)|the disk is full \(SQLITE_IOERR_SHMSIZE\)/)
        // What it has, it still tells.
        expect(await store.history.last(conversationOf(dm), 1)).toHaveLength(1)
        await expect(async () => say(5_000)).rejects.toThrow(UnavailableError)
        disk.free()
        for (let at = 6_000; at < 6_100; at += 1) await say(at)
      }
      using store = openStore({ path })
      const history = await store.history.last(conversationOf(dm), 10_000)
      const kept = new Set(history.map(({ text }) => text))
      expect(said.filter(text => !kept.has(text))).toEqual([])
      const db = new Database(path, { readonly: true })
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
      db.close()
    },
  )

  it.runIf(canMakeDisks)(
    'ends a start and a copy with cause and cure, and neither leaves anything half-written',
    async () => {
      using home = createSqliteHome()
      {
        using store = home.open()
        for (let at = 0; at < 100; at += 1) await exchanged(store, anAsked({ at, text: 'word '.repeat(500) }), 'hi')
      }
      using disk = new SmallDisk(1)
      disk.fill(100_000)
      const copy = join(disk.folder, 'copy.db')
      expect(() => copyDatabase(home.path, copy)).toThrow(
        `${copy} cannot be written: the disk is full (SQLITE_FULL). Mend that, or name another place.`,
      )
      disk.fill()
      const path = join(disk.folder, 'aeries.db')
      expect(() => openStore({ path })).toThrow(
        new RegExp(
          `^The database ${path} cannot be used: the disk is full \\(.*\\). Free some space, or set DATABASE_PATH`,
        ),
      )
      expect(readdirSync(disk.folder).filter(name => /partial|copy/.test(name))).toEqual([])
      disk.free()
      openStore({ path })[Symbol.dispose]()
    },
  )
})

describe('what goes wrong while Aeries runs', () => {
  it.for([
    ['SQLITE_FULL', UnavailableError],
    ['SQLITE_BUSY', UnavailableError],
    ['SQLITE_IOERR_WRITE', UnavailableError],
    ['SQLITE_READONLY', UnavailableError],
    ['SQLITE_CANTOPEN', UnavailableError],
    ['SQLITE_CORRUPT', RefusedError],
    ['SQLITE_CONSTRAINT_FOREIGNKEY', DefectError],
  ] as const)('%s is told by what the caller does next', ([code, kind]) => {
    const cause = new Database.SqliteError('some words of SQLite', code)
    const port = tellFaults('/data/aeries.db', {
      read: () => {
        throw cause
      },
    })
    expect(port.read).toThrow(kind)
    expect(port.read).toThrow(expect.objectContaining({ cause }))
  })

  it('a lock of another process is waited for no longer than a second, told, and passes', async () => {
    using home = createSqliteHome()
    using store = home.open()
    const shell = new Database(home.path)
    shell.exec('BEGIN IMMEDIATE')
    await expect(async () => exchanged(store, anAsked(), 'hi')).rejects.toThrow(
      /takes nothing now: another process holds it locked \(SQLITE_BUSY\). Stop that process; Aeries goes on by itself/,
    )
    shell.exec('ROLLBACK')
    shell.close()
    await exchanged(store, anAsked(), 'hi')
  })
})

async function untilItFails(say: (at: number) => Promise<void>): Promise<unknown> {
  for (let at = 1; at < 4_000; at += 1) {
    try {
      await say(at)
    } catch (error) {
      return error
    }
  }
  return undefined
}
