import { copyFileSync, existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { ConfigError } from '#src/core/errors.ts'
import { openDatabase } from '#src/sqlite/open-database.ts'
import { anAsked, exchanged } from '#test/support/an-asked.ts'
import { Service } from '#test/support/start-service.ts'
import { Script } from './run-script.ts'
import { createSqliteHome, type SqliteHome } from './sqlite-home.ts'

const pageBytes = 4_096

describe('a damaged database', () => {
  it.for([
    ['its header is garbage', (file: Buffer) => file.fill(0x5a, 0, 100), /no SQLite database \(SQLITE_NOTADB\)/],
    ['a page in the middle is overwritten', overwriteMiddle, /it is damaged/],
    [
      'a page in the middle is empty',
      (file: Buffer) => file.fill(0, middle(file), middle(file) + pageBytes),
      /is damaged/,
    ],
    ['it is cut off in the middle', (file: Buffer) => file.subarray(0, middle(file)), /it is damaged/],
    ['it is cut off within a page', (file: Buffer) => file.subarray(0, middle(file) + 1_000), /it is damaged/],
  ] as const)('is refused with cause and cure when %s, and left as it is', async ([, damage, words]) => {
    using home = await aHome(60)
    const damaged = Buffer.from(damage(readFileSync(home.path)))
    writeFileSync(home.path, damaged)
    refuses(home, words)
    expect(readFileSync(home.path).equals(damaged)).toBe(true)
  })

  it('is refused when an index does not say what its table says', async () => {
    using home = await aHome(10)
    const db = new Database(home.path)
    db.unsafeMode()
    db.pragma('writable_schema = ON')
    db.exec(
      "UPDATE sqlite_schema SET sql = 'CREATE INDEX message_transcript ON message (conversation_id, said_at)' WHERE name = 'message_transcript'",
    )
    db.close()
    refuses(home, /it is damaged \(row \d+ missing from index message_transcript\)/)
  })

  it('is refused when the log beside it is that of another file, before that is brought into it', async () => {
    using home = await aHome(60)
    using other = createSqliteHome()
    await using writer = new Script('./write-on.ts', [other.path, 'other'])
    await writer.printed(20)
    await writer.kill()
    copyFileSync(`${other.path}-wal`, `${home.path}-wal`)
    const files = [home.path, `${home.path}-wal`]
    const before = files.map(file => readFileSync(file))
    expect(() => home.open()).toThrow(
      `The database ${home.path} cannot be used: the log beside it, ${home.path}-wal, is that of another database. Move the log away`,
    )
    expect(files.map(file => readFileSync(file).equals(before.shift()!))).toEqual([true, true])
  })

  it('is refused when only the log is left of it, and the file is empty', async () => {
    using home = createSqliteHome()
    await using writer = new Script('./write-on.ts', [home.path, '0'])
    await writer.printed(3)
    await writer.kill()
    writeFileSync(home.path, '')
    const log = readFileSync(`${home.path}-wal`)
    expect(() => home.open()).toThrow(/is missing, but its newest words are in .*-wal/)
    expect(readFileSync(`${home.path}-wal`).equals(log)).toBe(true)
  })

  it('ends the start with exit code 1, one line, and the newest backup by name', async () => {
    using home = await aHome(100)
    const [older, newer] = ['2026-11-01', '2026-11-02'].map(day => join(home.folder, `aeries.backup-${day}.db`))
    for (const [at, file] of [newer!, older!].entries()) {
      copyFileSync(home.path, file)
      utimesSync(file, 2_000 - at, 2_000 - at)
    }
    writeFileSync(home.path, overwriteMiddle(readFileSync(home.path)))
    await using service = new Service({ DISCORD_TOKEN: 'a-token', DATABASE_PATH: home.path })
    expect(await service.exit()).toBe(1)
    expect(service.said).toContain(`The database ${home.path} cannot be used: it is damaged`)
    expect(service.said).toContain(
      `Bring back a backup with npm run restore -- FILE, which keeps the damaged file, or set DATABASE_PATH to another file. The newest backup beside it is ${newer}. Nothing was changed in it.\n`,
    )
    expect(service.said.trim().split('\n')).toHaveLength(1)
  })
})

describe('a folder that may not be written', () => {
  const nobody = 65_534
  const isRoot = process.getuid?.() === 0

  it.runIf(isRoot)('is named, with the cure', async () => {
    using home = await aHome(3)
    await using script = new Script('./hold.ts', [home.path], nobody)
    const [said] = await script.end()
    expect(said).toMatch(
      /^The database .* cannot be used: this account may not read and write it \(EACCES\). Give the account that runs Aeries the file and its folder, or set/,
    )
    expect(existsSync(`${home.path}.holder`)).toBe(false)
  })
})

describe('a database that another process holds locked', () => {
  it('is refused at the start with cause and cure', async () => {
    using home = await aHome(3)
    const shell = new Database(home.path)
    shell.pragma('locking_mode = EXCLUSIVE')
    shell.exec('BEGIN EXCLUSIVE')
    expect(() => openDatabase(home.path)).toThrow(
      /another process holds it locked \(SQLITE_BUSY.*\). Stop that process/,
    )
    shell.close()
    openDatabase(home.path).db.close()
  })
})

async function aHome(exchanges: number): Promise<SqliteHome> {
  const home = createSqliteHome()
  using store = home.open()
  for (let at = 0; at < exchanges; at += 1) await exchanged(store, anAsked({ at, text: 'word '.repeat(80) }), 'hi')
  return home
}

function refuses(home: SqliteHome, words: RegExp): void {
  expect(() => home.open()).toThrow(ConfigError)
  expect(() => home.open()).toThrow(words)
  expect(() => home.open()).toThrow('npm run restore -- FILE')
}

function middle(file: Buffer): number {
  return Math.floor(file.length / pageBytes / 2) * pageBytes
}

function overwriteMiddle(file: Buffer): Buffer {
  return file.fill('some other words ', middle(file), middle(file) + pageBytes)
}
