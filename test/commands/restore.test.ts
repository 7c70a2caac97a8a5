import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { conversationOf } from '#src/core/place.ts'
import { copyDatabase } from '#src/sqlite/copy-database.ts'
import { readMigrations } from '#src/sqlite/migrations.ts'
import { openDatabase } from '#src/sqlite/open-database.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { Script } from '#test/sqlite/run-script.ts'
import { createSqliteHome, type SqliteHome } from '#test/sqlite/sqlite-home.ts'
import { aMessageId, anAsked, begun, exchanged, lines } from '#test/support/an-asked.ts'
import { aPerson, dm } from '#test/support/an-event.ts'
import { runCommand } from './run-command.ts'

const mira = aPerson('Mira')
const jonas = aPerson('Jonas')
const channel = { ...dm, channel: 'harbour', audience: 'public' as const }
const away = { ...dm, channel: 'away', audience: 'public' as const }

describe('npm run restore', () => {
  it('puts the backup in place, and the database that was there aside', async () => {
    using home = await aHome('as it was')
    const backup = backedUp(home)
    await say(home, 'said since')
    const { code, out } = await runCommand('restore', home.path, backup)
    expect(code).toBe(0)
    expect(await told(home)).toEqual(['Mira: as it was', 'Aeries to Mira: yes'])
    const [aside = ''] = readdirSync(home.folder).filter(name => name.startsWith('aeries.replaced-'))
    expect(out).toContain(`The database that was there is now ${join(home.folder, aside)}: delete it when`)
    expect(await told({ ...home, path: join(home.folder, aside) })).toHaveLength(4)
    expect(existsSync(backup)).toBe(true)
    expect(existsSync(`${home.path}.restoring`)).toBe(false)
  })

  it('brings nobody’s forgotten words back: not in the file, not in its log, not in free pages', async () => {
    using home = createSqliteHome()
    const gone = anAsked({ person: jonas, place: channel, text: 'Rigi, a single message' })
    {
      using store = openStore({ path: home.path })
      for (let at = 0; at < 40; at += 1) {
        await exchanged(store, anAsked({ at, person: mira, text: `Zugspitze ${'and so on '.repeat(99)}` }), 'Watzmann')
        await exchanged(store, anAsked({ at, person: jonas, place: channel, text: 'Brocken' }), 'Feldberg')
        await exchanged(store, anAsked({ at, person: jonas, place: away, text: 'Arber' }), 'Lusen')
      }
      await exchanged(store, gone, 'Pilatus')
      await begun(store, anAsked({ person: mira, place: channel, text: 'Hochfrottspitze' }))
    }
    const backup = backedUp(home)
    {
      using store = openStore({ path: home.path })
      await store.forget.person(mira.id)
      await store.forget.message(gone.message.id)
      await store.forget.message(aMessageId('never-backed-up'))
      await store.forget.conversation(conversationOf(away))
      await expect.poll(() => home.size('-wal')).toBe(0)
    }
    const words = ['Zugspitze', 'Watzmann', 'Hochfrottspitze', 'Mira', 'Rigi', 'Pilatus', 'Arber', 'Lusen']
    expect(words.filter(word => !readFileSync(backup).includes(word))).toEqual([])
    const { out } = await runCommand('restore', home.path, backup)
    expect(out).toContain('forgotten once more: 1 people, 1 conversations, 1 messages (of 4 on the list)\n')
    {
      using store = openStore({ path: home.path })
      expect(await store.history.last(conversationOf(channel), 100)).toHaveLength(80)
      expect(foundIn(home.path, words)).toEqual([])
      await store.turns.receive(anAsked({ person: jonas }))
      expect(foundIn(home.path, words)).toEqual([])
    }
    expect(foundIn(home.path, ['Brocken', 'Feldberg'])).toEqual(['Brocken', 'Feldberg'])
  })

  it('leaves what somebody said after they had themselves forgotten', async () => {
    using home = createSqliteHome()
    let now = new Date(1_800_000_100_000)
    {
      using store = openStore({ path: home.path, now: () => now })
      await exchanged(store, anAsked({ text: 'before' }), 'yes')
      await store.forget.person(mira.id)
      now = new Date(now.getTime() + 60_000)
      await exchanged(store, anAsked({ at: 160_000, text: 'after' }), 'yes')
    }
    const { code } = await runCommand('restore', home.path, backedUp(home))
    expect(code).toBe(0)
    expect(await told(home)).toEqual(['Mira: after', 'Aeries to Mira: yes'])
  })

  it('takes nothing for open or missed that the database before it had closed and heard', async () => {
    using home = createSqliteHome()
    let backup = ''
    {
      using store = openStore({ path: home.path })
      const open = await begun(store, anAsked({ at: 1, text: 'tell me' }))
      await store.turns.draft(open.id, { text: 'Once', end: undefined })
      const waiting = anAsked({ at: 2, person: jonas, place: channel, text: 'me, too' })
      await store.turns.receive(waiting)
      backup = backedUp(home)
      await store.turns.finish(open, { outcome: 'done', text: 'Once more.', messages: [] }, new Date())
      const { place, person, key } = waiting
      const id = await store.turns.begin(conversationOf(place), person.id, [key], new Date())
      const turn = { id, conversation: conversationOf(place), place, asker: person, asked: [waiting] }
      await store.turns.finish(turn, { outcome: 'done', text: 'You, too.', messages: [] }, new Date())
      await exchanged(store, anAsked({ at: 500_000, text: 'said since' }), 'yes')
      await begun(store, anAsked({ at: 600_000, text: 'and now?' }))
    }
    const { code, out } = await runCommand('restore', home.path, backup)
    expect(code, out).toBe(0)
    using store = openStore({ path: home.path })
    expect(await store.turns.open()).toEqual([])
    expect(await store.turns.waiting()).toEqual([])
    expect(await store.turns.heardUntil(dm.platform)).toEqual(anAsked({ at: 600_000 }).at)
  })

  it('brings an older backup to this version’s schema', async () => {
    using home = await aHome('now')
    const backup = join(home.folder, 'old.db')
    openDatabase(backup, readMigrations().slice(0, 1)).db.close()
    const { code, out } = await runCommand('restore', home.path, backup)
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining("brought to this version's schema: 0002-") })
    expect(await told(home)).toEqual([])
  })

  it('works where there is no database yet', async () => {
    using home = await aHome('as it was')
    using other = createSqliteHome()
    const { code, out } = await runCommand('restore', other.path, backedUp(home))
    expect(code).toBe(0)
    expect(out).not.toContain('The database that was there')
    expect(await told(other)).toHaveLength(2)
  })

  it('puts a damaged database aside as it is, with its log', async () => {
    using home = await aHome('as it was')
    const backup = backedUp(home)
    await using writer = new Script('./write-on.ts', [home.path, '0'])
    await writer.printed(3)
    await writer.kill()
    writeFileSync(home.path, 'garbage')
    const log = readFileSync(`${home.path}-wal`)
    expect(await runCommand('restore', home.path, backup)).toMatchObject({ code: 0 })
    const aside = readdirSync(home.folder).filter(name => name.startsWith('aeries.replaced-'))
    expect(aside.map(name => readFileSync(join(home.folder, name)))).toEqual([Buffer.from('garbage'), log])
    expect(await told(home)).toHaveLength(2)
  })

  it('refuses while Aeries runs, and names it', async () => {
    using home = await aHome('as it was')
    const backup = backedUp(home)
    await using service = new Script('./hold.ts', [home.path])
    await service.printed(1)
    const { code, err } = await runCommand('restore', home.path, backup)
    expect(code).toBe(1)
    expect(err).toMatch(`The database ${home.path} is in use by another Aeries (pid ${service.process.pid} on `)
    await service.kill()
    expect(await runCommand('restore', home.path, backup)).toMatchObject({ code: 0 })
  })

  it.for([
    ['is not there', () => {}, /^There is no file \S+\/b\.db\. Name one that is there\.\n$/],
    [
      'is no database',
      (file: string) => writeFileSync(file, 'notes '.repeat(999)),
      /b\.db cannot be read: it is damaged or no SQLite/,
    ],
    ['is empty', (file: string) => writeFileSync(file, ''), /b\.db is empty: there is nothing of Aeries in it/],
    [
      'is another program’s',
      (file: string) => new Database(file).exec('CREATE TABLE a (b)').close(),
      /is the database of another program/,
    ],
    ['is of a newer Aeries', newer, /was written by a newer Aeries/],
    ['is damaged inside', damagedInside, /it is damaged|database disk image is malformed/],
  ] as const)('refuses a file that %s, and leaves the database as it is', async ([, make, words]) => {
    using home = await aHome('as it was')
    const file = join(home.folder, 'b.db')
    copyDatabase(home.path, join(home.folder, 'good.db'))
    make(file, home)
    const before = readFileSync(home.path)
    const { code, err } = await runCommand('restore', home.path, file)
    expect(code).toBe(1)
    expect(err).toMatch(words)
    expect(err).not.toMatch(/^ +at /m)
    expect(readFileSync(home.path).equals(before)).toBe(true)
    expect(readdirSync(home.folder).filter(name => /replaced|restoring/.test(name))).toEqual([])
  })

  it('refuses when the list of the forgotten cannot be read, and the database itself as its backup', async () => {
    using home = await aHome('as it was')
    const backup = backedUp(home)
    writeFileSync(`${home.path}.forgotten`, 'nothing that this Aeries knows\n')
    writeFileSync(`${home.path}.forgotten.key`, Buffer.alloc(32))
    expect(await runCommand('restore', home.path, backup)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^Line 1 of \S+\.forgotten is damaged or from a newer Aeries, so that what people/),
    })
    expect(await runCommand('restore', home.path, home.path)).toMatchObject({
      code: 1,
      err: expect.stringContaining('is the database itself. Name a backup of it.'),
    })
  })

  it('that was cut off between two steps is named by the next start, and done by the next try', async () => {
    using home = await aHome('as it was')
    const backup = backedUp(home)
    copyFileSync(home.path, `${home.path}.restoring`)
    renameSync(home.path, join(home.folder, 'aeries.replaced-1.db'))
    expect(() => home.open()).toThrow(/is missing: a restore was cut off. Run npm run restore once more/)
    expect(await runCommand('restore', home.path, backup)).toMatchObject({ code: 0 })
    expect(await told(home)).toHaveLength(2)
  })
})

async function aHome(text: string): Promise<SqliteHome> {
  const home = createSqliteHome()
  await say(home, text)
  return home
}

async function say(home: SqliteHome, text: string): Promise<void> {
  using store = home.open()
  await exchanged(store, anAsked({ text, person: mira }), 'yes')
}

async function told({ path }: Pick<SqliteHome, 'path'>): Promise<readonly string[]> {
  using store = openStore({ path })
  return lines(await store.history.last(conversationOf(dm), 100))
}

function backedUp(home: SqliteHome): string {
  const backup = join(home.folder, 'aeries.backup-1.db')
  copyDatabase(home.path, backup)
  return backup
}

function newer(file: string): void {
  const { db } = openDatabase(file)
  db.pragma('user_version = 999')
  db.close()
}

function damagedInside(file: string, { folder }: SqliteHome): void {
  const good = readFileSync(join(folder, 'good.db'))
  const middle = Math.floor(good.length / 4_096 / 2) * 4_096
  // From the second page on: the first one says whose it is.
  writeFileSync(file, good.fill('other words ', 4_096, middle))
}

function foundIn(path: string, words: readonly string[]): readonly string[] {
  const files = [path, `${path}-wal`, `${path}-shm`, `${path}-journal`].filter(file => existsSync(file))
  const bytes = files.map(file => readFileSync(file))
  return words.filter(word => bytes.some(content => content.includes(word)))
}
