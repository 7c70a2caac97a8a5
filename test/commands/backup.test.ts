import { once } from 'node:events'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { Script } from '#test/sqlite/run-script.ts'
import { canMakeDisks, SmallDisk } from '#test/sqlite/small-disk.ts'
import { createSqliteHome, type SqliteHome } from '#test/sqlite/sqlite-home.ts'
import { anAsked, exchanged } from '#test/support/an-asked.ts'
import { Command, runCommand } from './run-command.ts'

describe('npm run backup', () => {
  it('copies what was committed before it began, while the service goes on writing', async () => {
    using home = createSqliteHome()
    await using writer = new Script('./write-on.ts', [home.path, '0'])
    await writer.printed(100)
    const before = [...writer.lines]
    const { code, out } = await runCommand('backup', home.path)
    const written = writer.lines.length
    await writer.printed(written + 1)
    expect(code).toBe(0)
    const [backup = ''] = backupsIn(home)
    expect(out).toMatch(new RegExp(`^\\S*${backup}: \\d+\\.\\d MB, schema \\d+, checked\n$`))
    const { keys, integrity, mode } = read(join(home.folder, backup))
    const known = new Set(keys)
    expect(before.filter(key => !known.has(key))).toEqual([])
    expect([integrity, mode]).toEqual(['ok', 'delete'])
  })

  it('writes to the file that it is told, its owner’s alone, and nothing else', async () => {
    using home = await aHome()
    const backup = join(home.folder, 'mine.db')
    expect(await runCommand('backup', home.path, backup)).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^0 % {2}copying 0\.0 MB of /),
    })
    if (process.platform !== 'win32') expect(statSync(backup).mode & 0o777).toBe(0o600)
    expect(readdirSync(home.folder).filter(name => !name.startsWith('aeries.db'))).toEqual(['mine.db'])
  })

  it('leaves out what stands in free pages', async () => {
    using home = createSqliteHome()
    {
      using store = home.open()
      for (let at = 0; at < 20; at += 1)
        await exchanged(store, anAsked({ at, text: `Zugspitze ${'x'.repeat(3_000)}` }), 'a')
    }
    const shell = new Database(home.path)
    shell.pragma('secure_delete = OFF')
    shell.exec('DELETE FROM message')
    shell.pragma('wal_checkpoint(TRUNCATE)')
    shell.close()
    expect(readFileSync(home.path).includes('Zugspitze')).toBe(true)
    const backup = join(home.folder, 'mine.db')
    await runCommand('backup', home.path, backup)
    expect(readFileSync(backup).includes('Zugspitze')).toBe(false)
  })

  it('overwrites nothing, and says what is in the way', async () => {
    using home = await aHome()
    const taken = join(home.folder, 'notes.txt')
    writeFileSync(taken, 'my notes')
    expect(await runCommand('backup', home.path, taken)).toMatchObject({
      code: 1,
      err: `${taken} is there already, and nothing is overwritten: name another file.\n`,
    })
    expect(readFileSync(taken, 'utf8')).toBe('my notes')
    writeFileSync(join(home.folder, 'b.db.partial'), '')
    const { code, err } = await runCommand('backup', home.path, join(home.folder, 'b.db'))
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/b\.db\.partial is in the way: .* delete it\.\n$/),
    })
  })

  it.for([
    [
      'a database that is not there',
      (home: SqliteHome) => [join(home.folder, 'no.db')],
      /^There is no file .*no\.db\./,
    ],
    [
      'a folder that is not there',
      (home: SqliteHome) => [home.path, join(home.folder, 'a', 'b.db')],
      /b\.db cannot be written: there is no folder .*a\. Mend that/,
    ],
    [
      'a flag that it does not know',
      (home: SqliteHome) => [home.path, '--fast'],
      /^Unknown option '--fast'[\s\S]*npm run backup/,
    ],
    [
      'two names',
      (home: SqliteHome) => [home.path, 'a', 'b'],
      /^It takes one file name or none, not 2\.\n\nnpm run backup/,
    ],
  ] as const)('names %s, and exits 1', async ([, given, words]) => {
    using home = await aHome()
    const [path = '', ...args] = given(home)
    const { code, err } = await runCommand('backup', path, ...args)
    expect(code).toBe(1)
    expect(err).toMatch(words)
    expect(err).not.toMatch(/^ +at /m)
  })

  it('names a damaged database, and leaves nothing', async () => {
    using home = await aHome()
    const file = readFileSync(home.path)
    writeFileSync(home.path, file.fill('other words ', file.length / 2))
    const { code, err } = await runCommand('backup', home.path)
    expect(code).toBe(1)
    expect(err).toMatch(/aeries\.db cannot be (?:read|used): it is damaged or no SQLite database \(SQLITE_CORRUPT.*\n$/)
    expect(backupsIn(home)).toEqual([])
  })

  it('leaves nothing when it is ended in the middle', async () => {
    using home = await aHome(400)
    const command = new Command('backup', home.path)
    const stderr = command.process.stderr
    if (stderr) await once(stderr, 'data')
    command.process.kill('SIGTERM')
    const { code, err } = await command.end()
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/^0 % .*\nEnded before its end: nothing of it is left\.\n$/s),
    })
    expect(backupsIn(home)).toEqual([])
  })

  it.runIf(canMakeDisks)('says how much room is missing', async () => {
    using home = await aHome(800)
    using disk = new SmallDisk(1)
    disk.fill(100_000)
    const { code, err } = await runCommand('backup', home.path, join(disk.folder, 'b.db'))
    expect(code).toBe(1)
    expect(err).toMatch(
      /^The backup takes \d\.\d MB, and \S+ has 0\.1 MB free: \d\.\d MB are missing\. Free some space\./,
    )
    expect(readdirSync(disk.folder)).toEqual(['filler'])
  })

  it('tells of what an earlier one that was killed has left', async () => {
    using home = await aHome()
    const left = join(home.folder, 'aeries.backup-2026-01-01T00-00-00Z.db.partial')
    writeFileSync(left, '')
    const { out } = await runCommand('backup', home.path)
    expect(out).toContain(`${left} is left of a backup that was cut off, unless one is running: delete it\n`)
  })

  it('shows its help, whatever the settings say', async () => {
    const { code, out } = await runCommand('backup', '/nowhere/aeries.db', '--help')
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^npm run backup \[-- FILE\]\n/) })
  })
})

async function aHome(exchanges = 3): Promise<SqliteHome> {
  const home = createSqliteHome()
  using store = home.open()
  for (let at = 0; at < exchanges; at += 1) await exchanged(store, anAsked({ at, text: 'word '.repeat(500) }), 'hi')
  return home
}

function backupsIn({ folder }: SqliteHome): readonly string[] {
  return readdirSync(folder).filter(name => name.startsWith('aeries.backup-'))
}

function read(path: string) {
  const db = new Database(path, { readonly: true })
  try {
    return {
      keys: db.prepare<[], string>('SELECT key FROM message WHERE key IS NOT NULL').pluck().all(),
      integrity: db.pragma('integrity_check', { simple: true }),
      mode: db.pragma('journal_mode', { simple: true }),
    }
  } finally {
    db.close()
  }
}
