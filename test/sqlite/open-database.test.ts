import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { ConfigError } from '#src/core/errors.ts'
import { openDatabase } from '#src/sqlite/open-database.ts'
import { unusableDatabase } from '#src/sqlite/unusable-database.ts'
import { anAsked, exchanged } from '#test/support/an-asked.ts'
import { createSqliteHome, type SqliteHome } from './sqlite-home.ts'

describe('openDatabase', () => {
  it('keeps a write-ahead log, holds foreign keys and wipes what is deleted', () => {
    using home = createSqliteHome()
    const { db } = openDatabase(home.path)
    const pragma = (name: string) => db.pragma(name, { simple: true })
    expect(['journal_mode', 'synchronous', 'foreign_keys', 'secure_delete'].map(pragma)).toEqual(['wal', 1, 1, 1])
    expect(pragma('busy_timeout')).toBeGreaterThan(0)
    db.close()
  })

  it('has only STRICT tables, but for those that the search for words makes by itself', () => {
    const { db } = openDatabase(':memory:')
    const lax = db.prepare(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'said%'",
    )
    expect(lax.all()).toEqual([])
  })

  it('says that a file is no database, and leaves it as it is', () => {
    using home = createSqliteHome()
    writeFileSync(home.path, 'these are my notes '.repeat(1_000))
    refuses(home, /cannot be used: it is damaged or no SQLite database \(SQLITE_NOTADB\).*backup.*DATABASE_PATH/)
    expect(readFileSync(home.path, 'utf8')).toBe('these are my notes '.repeat(1_000))
  })

  it('says that a file is damaged, and leaves it as it is', async () => {
    using home = createSqliteHome()
    {
      using store = home.open()
      await exchanged(store, anAsked({ text: 'word '.repeat(10_000) }), 'hi')
    }
    const half = readFileSync(home.path).subarray(0, 40_960)
    writeFileSync(home.path, half)
    refuses(home, /it is damaged or no SQLite database \(SQLITE_CORRUPT\)/)
    expect(readFileSync(home.path).equals(half)).toBe(true)
  })

  it('leaves the database of another program alone', () => {
    using home = createSqliteHome()
    const other = new Database(home.path)
    other.exec('CREATE TABLE recipe (name TEXT)')
    other.close()
    const before = readFileSync(home.path)
    refuses(home, /is the database of another program: nothing was changed in it. Set DATABASE_PATH to another file/)
    expect(readFileSync(home.path).equals(before)).toBe(true)
  })

  it('says that the path is a folder', () => {
    using home = createSqliteHome()
    mkdirSync(home.path)
    refuses(home, /it is a folder, or its parent is not one \(EISDIR\). Set DATABASE_PATH to a file/)
  })

  it('says that the parent is no folder', () => {
    using home = createSqliteHome()
    writeFileSync(home.path, '')
    const path = join(home.path, 'aeries.db')
    expect(() => openDatabase(path)).toThrow(/it is a folder, or its parent is not one/)
  })

  it.skipIf(process.getuid === undefined || process.getuid() === 0)('says that it may not write', () => {
    using home = createSqliteHome()
    openDatabase(home.path).db.close()
    chmodSync(home.path, 0o400)
    refuses(home, /this account may not read and write it \(EACCES\). Give the account that runs Aeries the file/)
  })

  it('does not start over when only the newest words are left of a database', () => {
    using home = createSqliteHome()
    writeFileSync(`${home.path}-wal`, 'newest words')
    refuses(home, /is missing, but its newest words are in .*aeries\.db-wal. Put the database back beside it/)
    expect(readFileSync(`${home.path}-wal`, 'utf8')).toBe('newest words')
    expect(home.size()).toBe(0)
  })
})

describe('unusableDatabase', () => {
  it.for([
    ['SQLITE_FULL', /the disk is full \(SQLITE_FULL\). Free some space/],
    ['ENOSPC', /the disk is full/],
    ['SQLITE_BUSY', /another process holds it locked \(SQLITE_BUSY\). Stop that process/],
    ['SQLITE_READONLY_DIRECTORY', /this account may not read and write it/],
    ['EROFS', /this account may not read and write it/],
    ['SQLITE_IOERR_READ', /the file system failed \(SQLITE_IOERR_READ\). Check the disk/],
  ] as const)('names cause and cure of %s', ([code, words]) => {
    const cause = Object.assign(new Error('some words of SQLite'), { code })
    const error = unusableDatabase('/data/aeries.db', cause)
    expect(error).toBeInstanceOf(ConfigError)
    expect(error.message).toMatch(/^The database \/data\/aeries\.db cannot be used: /)
    expect(error.message).toMatch(words)
    expect(error.cause).toBe(cause)
  })
})

function refuses(home: SqliteHome, words: RegExp): void {
  expect(() => home.open()).toThrow(ConfigError)
  expect(() => home.open()).toThrow(words)
  expect(() => home.open()).toThrow(home.path)
}
