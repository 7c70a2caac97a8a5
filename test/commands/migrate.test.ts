import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { readMigrations } from '#src/sqlite/migrations.ts'
import { openDatabase } from '#src/sqlite/open-database.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { Script } from '#test/sqlite/run-script.ts'
import { canMakeDisks, SmallDisk } from '#test/sqlite/small-disk.ts'
import { createSqliteHome, type SqliteHome } from '#test/sqlite/sqlite-home.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { runCommand } from './run-command.ts'

const newest = readMigrations().length

describe('npm run migrate', () => {
  it('leaves a copy of the database as it was, and takes the steps that are missing', async () => {
    using home = aHome()
    const { code, out } = await runCommand('migrate', home.path)
    const copy = join(home.folder, `aeries.before-schema-${newest}.db`)
    expect(code).toBe(0)
    expect(out).toContain(`${home.path}: schema 1, this version's is ${newest}\n  step 0002-installations.sql\n`)
    expect(out).toContain(`the database as it was: ${copy}\n`)
    expect([versionOf(home.path), versionOf(copy)]).toEqual([newest, 1])
    expect(peopleIn(copy)).toEqual(['Mira'])
    expect(peopleIn(home.path)).toEqual(['Mira'])
  })

  it('says with --check what it would do, and changes nothing', async () => {
    using home = aHome()
    const before = readFileSync(home.path)
    const { code, out } = await runCommand('migrate', home.path, '--check')
    expect(code).toBe(0)
    expect(out).toMatch(
      new RegExp(
        `schema 1, this version's is ${newest}\n(?:  step .*\n){${newest - 1}}  before it, a copy: \\S+before-schema-${newest}\\.db, 0\\.1 MB\n  room needed: 64\\.1 MB, free: \\S+ MB\n$`,
      ),
    )
    expect(readFileSync(home.path).equals(before)).toBe(true)
    expect(copiesIn(home)).toEqual([])
  })

  it('says that there is nothing to do', async () => {
    using home = aHome(newest)
    for (const args of [['--check'], []]) {
      expect(await runCommand('migrate', home.path, ...args)).toEqual({
        code: 0,
        err: '',
        out: `${home.path}: schema ${newest}, which is this version's: nothing to do\n`,
      })
    }
    expect(copiesIn(home)).toEqual([])
  })

  it('refuses while Aeries runs, and names it; --check tells of it', async () => {
    using home = aHome()
    await using service = new Script('./hold.ts', [home.path])
    await service.printed(1)
    const check = await runCommand('migrate', home.path, '--check')
    expect(check.out).toMatch(`in use by another Aeries (pid ${service.process.pid} on `)
    const { code, err } = await runCommand('migrate', home.path)
    expect(code).toBe(1)
    expect(err).toMatch(`is in use by another Aeries (pid ${service.process.pid} on `)
    expect(versionOf(home.path)).toBe(1)
  })

  it.for([
    ['a database that is not there', 'no', /^There is no file/],
    ['a database of a newer Aeries', 'newer', /was written by a newer Aeries \(its schema is 99/],
    ['a file that is none', 'garbage', /cannot be read: it is damaged or no SQLite database/],
  ] as const)('refuses %s, and so does --check', async ([, kind, words]) => {
    using home = kind === 'no' ? createSqliteHome() : aHome()
    if (kind === 'garbage') writeFileSync(home.path, 'notes '.repeat(999))
    if (kind === 'newer') {
      const db = new Database(home.path)
      db.pragma('user_version = 99')
      db.close()
    }
    for (const args of [['--check'], []]) {
      const { code, err } = await runCommand('migrate', home.path, ...args)
      expect(code).toBe(1)
      expect(err).toMatch(words)
      expect(err).not.toMatch(/^ +at /m)
    }
    expect(existsSync(home.path)).toBe(kind !== 'no')
  })

  it.runIf(canMakeDisks)(
    'refuses, as does a start, when there is no room for the copy, and says how much is missing',
    async () => {
      using disk = new SmallDisk(8)
      const path = join(disk.folder, 'aeries.db')
      openDatabase(path, readMigrations().slice(0, 1)).db.close()
      const words =
        /^A copy of the database before its migration takes 64\.1 MB, and \S+ has \d\.\d MB free: \d+\.\d MB are missing\. Free some space\. Nothing was changed\./
      for (const args of [['--check'], []]) {
        const { code, err } = await runCommand('migrate', path, ...args)
        expect(code).toBe(1)
        expect(err).toMatch(words)
      }
      expect(() => openStore({ path })).toThrow(words)
      expect(versionOf(path)).toBe(1)
    },
  )
})

describe('a start with steps to take', () => {
  it('leaves a copy as well, and names older ones without deleting any', () => {
    using home = aHome()
    const old = ['1', '2'].map(name => join(home.folder, `aeries.before-schema-${name}.db`))
    for (const [at, path] of old.entries()) {
      writeFileSync(path, '')
      utimesSync(path, 1_000 + at, 1_000 + at)
    }
    const log = new KeptLog()
    using _store = openStore({ path: home.path, log })
    const copy = join(home.folder, `aeries.before-schema-${newest}.db`)
    expect(log.lines.map(({ event, fields }) => [event, fields['copy'] ?? fields['old']])).toEqual([
      ['database opened', copy],
      ['older copies from before migrations can be deleted', [old[0]]],
    ])
    expect(copiesIn(home)).toHaveLength(3)
  })

  it('that fails leaves the database as it was, and no copy for each try', () => {
    using home = aHome()
    const torn = [...readMigrations(), { version: newest + 1, name: 'torn.sql', sql: 'CREATE TABLE oak (' }]
    for (let tries = 0; tries < 2; tries += 1) expect(() => openDatabase(home.path, torn)).toThrow('incomplete input')
    expect(copiesIn(home)).toEqual([])
    expect(versionOf(home.path)).toBe(1)
  })
})

function aHome(schema = 1): SqliteHome {
  const home = createSqliteHome()
  const { db } = openDatabase(home.path, readMigrations().slice(0, schema))
  db.exec("INSERT INTO person (key, name, external) VALUES ('test:-:mira', 'Mira', 0)")
  db.close()
  return home
}

function copiesIn({ folder }: SqliteHome): readonly string[] {
  return readdirSync(folder).filter(name => name.includes('before-schema'))
}

function versionOf(path: string): unknown {
  return queried(path, db => db.pragma('user_version', { simple: true }))
}

function peopleIn(path: string): unknown {
  return queried(path, db => db.prepare('SELECT name FROM person').pluck().all())
}

function queried(path: string, query: (db: Database.Database) => unknown): unknown {
  const db = new Database(path, { readonly: true })
  try {
    return query(db)
  } finally {
    db.close()
  }
}
