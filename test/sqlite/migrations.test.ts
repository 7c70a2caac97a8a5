import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ConfigError, DefectError } from '#src/core/errors.ts'
import { readMigrations } from '#src/sqlite/migrations.ts'
import { openDatabase } from '#src/sqlite/open-database.ts'
import { createSqliteHome, type SqliteHome } from './sqlite-home.ts'

const one = 'CREATE TABLE tree (id INTEGER PRIMARY KEY) STRICT;'
const two = 'CREATE TABLE leaf (id INTEGER PRIMARY KEY, tree_id INTEGER NOT NULL REFERENCES tree (id)) STRICT;'

describe('migrations', () => {
  it('run once, in order, also when the file is opened again', () => {
    using home = createSqliteHome()
    const migrations = written(home, { '0002-leaf.sql': two, '0001-tree.sql': one })
    expect(opened(home, migrations.slice(0, 1))).toEqual(['0001-tree.sql'])
    expect(opened(home, migrations)).toEqual(['0002-leaf.sql'])
    expect(opened(home, migrations)).toEqual([])
  })

  it('bring a fresh file to the newest schema at once', () => {
    using home = createSqliteHome()
    expect(opened(home, readMigrations())).toEqual(readMigrations().map(({ name }) => name))
    expect(opened(home, readMigrations())).toEqual([])
  })

  it('refuse a file that is newer than the program, and leave it as it is', () => {
    using home = createSqliteHome()
    const migrations = written(home, { '0001-tree.sql': one, '0002-leaf.sql': two })
    opened(home, migrations)
    const before = readFileSync(home.path)
    const open = () => opened(home, migrations.slice(0, 1))
    expect(open).toThrow(ConfigError)
    expect(open).toThrow(/newer Aeries \(its schema is 2, this one knows up to 1\).*Start that version or a newer one/)
    expect(readFileSync(home.path).equals(before)).toBe(true)
  })

  it('happen wholly or not at all', () => {
    using home = createSqliteHome()
    const migrations = written(home, {
      '0001-tree.sql': one,
      '0002-leaf.sql': two,
      '0003-oak.sql': 'CREATE TABLE oak (',
    })
    opened(home, migrations.slice(0, 1))
    expect(() => opened(home, migrations)).toThrow()
    expect(opened(home, migrations.slice(0, 2))).toEqual(['0002-leaf.sql'])
  })

  it('may rebuild a table that others point at, and leave no row without its parent', () => {
    using home = createSqliteHome()
    const rows = 'INSERT INTO tree VALUES (1), (2); INSERT INTO leaf VALUES (1, 1), (2, 2);'
    const rebuilt = `CREATE TABLE wood (id INTEGER PRIMARY KEY) STRICT; INSERT INTO wood SELECT id FROM tree;
      DROP TABLE tree; ALTER TABLE wood RENAME TO tree;`
    const files = { '0001-tree.sql': one, '0002-leaf.sql': two + rows, '0003-rebuilt.sql': rebuilt }
    const torn = written(home, { ...files, '0004-torn.sql': 'DELETE FROM tree WHERE id = 2;' })
    expect(opened(home, torn.slice(0, 3))).toHaveLength(3)
    expect(() => opened(home, torn)).toThrow(DefectError)
    expect(() => opened(home, torn)).toThrow(/leaves 1 rows without a parent/)
  })

  it('are numbered without a gap', () => {
    using home = createSqliteHome()
    expect(() => written(home, { '0001-tree.sql': one, '0003-leaf.sql': two })).toThrow('0003-leaf.sql is not number 2')
  })
})

function written(home: SqliteHome, files: Readonly<Record<string, string>>) {
  const folder = join(home.folder, 'migrations/')
  mkdirSync(folder, { recursive: true })
  for (const [name, sql] of Object.entries(files)) writeFileSync(join(folder, name), sql)
  return readMigrations(pathToFileURL(folder))
}

function opened(home: SqliteHome, migrations: ReturnType<typeof readMigrations>): readonly string[] {
  const { db, migrated } = openDatabase(home.path, migrations)
  db.close()
  return migrated
}
