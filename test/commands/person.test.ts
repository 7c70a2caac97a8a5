import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { rowsOfPerson } from '#src/sqlite/desk.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { aHouse } from '#test/engine/a-house.ts'
import { createSqliteHome, type SqliteHome } from '#test/sqlite/sqlite-home.ts'
import { aLesson, aSignal, aStatement } from '#test/support/a-lesson.ts'
import { anAsked, exchanged } from '#test/support/an-asked.ts'
import { aPerson } from '#test/support/an-event.ts'
import { Command, runCommand } from './run-command.ts'

const [mira, jonas] = [aPerson('Mira'), aPerson('Jonas')]
const who = mira.id

describe('npm run person', () => {
  it('counts the rows of a person in every table, beside a running Aeries', async () => {
    using home = createSqliteHome()
    using _running = await running(home)
    const { code, out, err } = await runCommand('person', home.path, 'counts', who)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^person +1$/m)
    expect(out).toMatch(/^message +2$/m)
    expect(out).toMatch(/^evidence +1$/m)
    expect(audit(home)).toEqual([{ what: 'counts', found: expect.any(Number) }])
  })

  it('writes all that is kept into a file that its owner alone reads, and overwrites none', async () => {
    using home = createSqliteHome()
    using _running = await running(home)
    const file = join(home.folder, 'mira.json')
    expect(await runCommand('person', home.path, 'export', who, file)).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^0 % {2}counting rows\n33 % {2}reading \d+ rows\n66 % {2}writing the file\n$/),
    })
    const exported = JSON.parse(readFileSync(file, 'utf8'))
    expect(exported).toMatchObject({ about: who, conversations: [{ text: 'I like tea' }, { text: 'so do I' }] })
    expect(exported.learnt).toMatchObject([{ value: 'tea', yourWords: [{ quote: 'I like tea' }] }])
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(await runCommand('person', home.path, 'export', who, file)).toMatchObject({ code: 1 })
    expect(audit(home)).toHaveLength(1)
  })

  it('forgets nobody without a yes', async () => {
    using home = createSqliteHome()
    ;(await running(home))[Symbol.dispose]()
    const { code, out } = await runCommand('person', home.path, 'forget', who)
    expect([code, out]).toEqual([1, expect.stringMatching(/message +2[\s\S]*Nothing was changed/)])
    using store = openStore({ path: home.path })
    expect(await store.history.ofPerson(who, 10)).toHaveLength(2)
  })

  it('forgets by itself when no Aeries runs, and leaves nothing but a line without a name', async () => {
    using home = createSqliteHome()
    ;(await running(home))[Symbol.dispose]()
    const { code, out, err } = await runCommand('person', home.path, 'forget', who, '--yes')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain(`forgotten: ${who}\n`)
    {
      using store = openStore({ path: home.path })
      expect(store.desk.counts(who)).toEqual(new Map())
      expect(await store.history.ofPerson(jonas.id, 10)).toHaveLength(2)
    }
    expect(audit(home)).toEqual([{ what: 'forget', found: expect.any(Number) }])
    const files = readdirSync(home.folder).map(name => readFileSync(join(home.folder, name)))
    expect(files.some(bytes => bytes.includes('Mira'))).toBe(false)
  })

  it('leaves it to a running Aeries, which does it within seconds', async () => {
    using home = createSqliteHome()
    using store = await running(home)
    const { engine, clock } = aHouse(undefined, { store })
    await engine.recall()
    const command = new Command('person', home.path, ['forget', who, '--yes'])
    let isOver = false
    const ended = command.end().finally(() => {
      isOver = true
    })
    while (!isOver) await Promise.race([ended, clock.advance(2_000).then(() => new Promise(setImmediate))])
    expect(await ended).toMatchObject({ code: 0, err: '', out: expect.stringContaining('left to another Aeries') })
    expect(store.desk.counts(who)).toEqual(new Map())
    expect(audit(home)).toEqual([{ what: 'forget', found: expect.any(Number) }])
    await engine[Symbol.asyncDispose]()
  })

  it('says what is wrong with a name, a word, or a person of whom nothing is kept', async () => {
    using home = createSqliteHome()
    ;(await running(home))[Symbol.dispose]()
    expect((await runCommand('person', home.path, 'counts', 'Mira')).err).toContain('PLATFORM:WORKSPACE:ID')
    expect((await runCommand('person', home.path, 'erase', who)).err).toContain('none of counts, export and forget')
    expect((await runCommand('person', home.path, 'counts', 'slack:T1:U1')).out).toContain(
      'nothing is kept of slack:T1:U1',
    )
  })

  it('knows every table of the schema that holds something of somebody', () => {
    using home = createSqliteHome()
    home.open()[Symbol.dispose]()
    const tables = rows<{ name: string }>(
      home,
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT GLOB 'said*'",
    )
    const aboutNobody = [
      ...[
        'access_rule',
        'asking',

        'audit',
        'cohort_value',
        'cohorts_made',
        'conversation',
        'errand',
        'event',
        'installation',
        'left_place',
        'link_guess',
        'missed',
      ],
      ...['place_read', 'refusal', 'removal', 'spending'],
    ]
    expect(tables.map(({ name }) => name).sort()).toEqual([...Object.keys(rowsOfPerson), ...aboutNobody].sort())
  })
})

/** A store, as a running Aeries has it open, in which two people have said something. */
async function running(home: SqliteHome) {
  const store = openStore({ path: home.path })
  const asked = anAsked({ person: mira, text: 'I like tea' })
  await exchanged(store, asked, 'so do I')
  await exchanged(store, anAsked({ person: jonas, text: 'I do not' }), 'well')
  const { id } = asked.message
  const statements = [aStatement({ message: id, quote: 'I like tea' })]
  await store.learning.learn(aLesson({ statements, signals: [aSignal({ message: id })] }), [])
  return store
}

function rows<Row>(home: SqliteHome, sql: string): readonly Row[] {
  const db = new Database(home.path, { readonly: true })
  try {
    return db.prepare<[], Row>(sql).all()
  } finally {
    db.close()
  }
}

function audit(home: SqliteHome) {
  return rows(home, 'SELECT what, found FROM audit ORDER BY id')
}
