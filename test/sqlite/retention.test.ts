import { existsSync, readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { Opinion } from '#src/core/feedback.ts'
import { eventKey, type MessageId } from '#src/core/ids.ts'
import type { Person } from '#src/core/person.ts'
import { conversationOf, type Place } from '#src/core/place.ts'
import { scopeOf, scopeOfPlace } from '#src/core/preferences.ts'
import type { KeepsDays, LeftPlace } from '#src/core/retention.ts'
import type { Store } from '#src/core/store.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import { opinionCraft } from '#src/observer/feedback/weigh-opinions.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { aLesson, aSignal, aStatement } from '#test/support/a-lesson.ts'
import { anAsked, begun, exchanged, lines } from '#test/support/an-asked.ts'
import { aPerson, channel, dm } from '#test/support/an-event.ts'
import { createSqliteHome } from './sqlite-home.ts'

const dayMs = 24 * 3_600_000
/** When `anAsked` is said. */
const start = 1_800_000_000_000
const [mira, jonas] = [aPerson('Mira'), aPerson('Jonas')]
const thread: Place = { ...channel, thread: 'quay' }
const general: LeftPlace = { platform: 'test', workspace: 'harbour', channel: 'general', thread: undefined }
const harbour: LeftPlace = { ...general, channel: undefined }

describe('words that are older than they may be', () => {
  it('go with the answers to them, and younger ones stay', async () => {
    using store = openStore({ path: ':memory:' })
    await exchanged(store, anAsked({ text: 'long ago' }), 'an old answer')
    await exchanged(store, anAsked({ at: 2 * dayMs, text: 'lately' }), 'a young answer')
    await tidied(store, () => 10, 11)
    expect(lines(await store.history.last(conversationOf(dm), 10))).toEqual([
      'Mira: lately',
      'Aeries to Mira: a young answer',
    ])
  })

  it('stay where they are kept for ever, and go where they are kept for less time', async () => {
    using store = openStore({ path: ':memory:' })
    await exchanged(store, anAsked({ text: 'in the DM' }), 'one')
    await exchanged(store, anAsked({ place: channel, text: 'in the channel' }), 'two')
    await tidied(store, ({ workspace }) => (workspace === 'harbour' ? 1 : 0), 1_000)
    expect(await store.history.last(conversationOf(channel), 10)).toEqual([])
    expect(await store.history.last(conversationOf(dm), 10)).toHaveLength(2)
  })

  it('go in steps that are small however much there is', async () => {
    using store = openStore({ path: ':memory:' })
    for (let at = 0; at < 120; at += 1) await exchanged(store, anAsked({ at, text: `message ${at}` }), `answer ${at}`)
    const steps = await tidied(store, () => 10, 11)
    expect(steps.map(({ messages }) => messages).filter(messages => messages > 0)).toEqual([50, 50, 20])
    expect(await store.history.last(conversationOf(dm), 10)).toEqual([])
  })

  it('are not taken from under an answer that is being given, but from one that nobody ever finished', async () => {
    using store = openStore({ path: ':memory:' })
    await begun(store, anAsked({ text: 'open' }))
    await tidied(store, () => 1, 2)
    expect(await store.turns.open()).toHaveLength(1)
    await tidied(store, () => 1, 5)
    expect(await store.turns.open()).toEqual([])
  })

  it('leave what was learnt from them, without the words that proved it', async () => {
    using home = createSqliteHome()
    using store = home.open()
    const asked = anAsked({ text: 'my dog is called Bosun' })
    await exchanged(store, asked, 'a fine name for Watzmann')
    await learnt(store, asked.message.id, 'called Bosun')
    expect(home).toSatisfy(() => stands(home.path, 'called Bosun'))
    await tidied(store, () => 10, 11)
    const { traits } = await store.learning.known(mira.id, workspaceOf(dm), new Date(start))
    expect(traits.map(({ value, evidence }) => [value, evidence.map(({ quote }) => quote)])).toEqual([['tea', ['']]])
    await expect.poll(() => home.size('-wal')).toBe(0)
    expect(['called Bosun', 'Watzmann'].filter(word => stands(home.path, word))).toEqual([])
  })

  it('still take along what they taught when their message is deleted later', async () => {
    using store = openStore({ path: ':memory:' })
    const asked = anAsked()
    await exchanged(store, asked, 'yes')
    await learnt(store, asked.message.id)
    await tidied(store, () => 10, 11)
    await store.revisions.purge([asked.message.id], new Date(0))
    expect((await store.learning.known(mira.id, workspaceOf(dm), new Date(start))).traits).toEqual([])
    await learnt(store, asked.message.id)
    expect((await store.learning.known(mira.id, workspaceOf(dm), new Date(start))).traits).toEqual([])
  })

  it('leave to people what they think of an answer: it can still be taken back, exactly', async () => {
    using store = openStore({ path: ':memory:' })
    const asked = anAsked({ text: 'how long?' })
    const turn = await exchanged(store, asked, 'Ships and harbours and quays. '.repeat(40))
    const message = (await store.revisions.known(turn.id))?.reply?.messages[0] as MessageId
    await store.learning.hearOpinion(anOpinion(message, '✂', 1, 'too long'), opinionCraft)
    const before = await store.ownData.signals(mira.id)
    expect(before).not.toEqual([])
    await tidied(store, () => 10, 11)
    expect(await store.ownData.signals(mira.id)).toEqual(before)
    await store.learning.hearOpinion(anOpinion(message, '✂', 2, undefined), opinionCraft)
    expect(await store.ownData.signals(mira.id)).toEqual([])
  })

  it('leave nobody behind of whom nothing else is known', async () => {
    using home = createSqliteHome()
    {
      using store = home.open()
      await exchanged(store, anAsked({ person: jonas }), 'yes')
      await exchanged(store, anAsked({ at: 5 * dayMs }), 'yes')
      await tidied(store, () => 10, 11)
    }
    expect(rowsOf(home.path, 'SELECT name FROM person')).toEqual([{ name: 'Mira' }])
  })

  it('go with all else when their person is forgotten after them, though somebody thought something of the answer', async () => {
    using home = createSqliteHome()
    {
      using store = home.open()
      const turn = await exchanged(store, anAsked(), 'Ships. '.repeat(100))
      const message = (await store.revisions.known(turn.id))?.reply?.messages[0] as MessageId
      await store.learning.hearOpinion(anOpinion(message, '✂', 1, 'too long'), opinionCraft)
      await tidied(store, () => 10, 11)
      await store.forget.person(mira.id)
    }
    expect(leftRows(home.path)).toEqual({ conversation: 1, event: 2 })
  })
})

describe('a place that is no more', () => {
  it('takes along its words, its threads, and all that was learnt there, and nothing else', async () => {
    using store = openStore({ path: ':memory:' })
    for (const [at, place] of [dm, channel, thread].entries()) {
      const asked = anAsked({ at, place })
      await exchanged(store, asked, 'yes')
      await learnt(store, asked.message.id, undefined, place)
    }
    await store.retention.leave(general)
    await tidied(store, () => 0, 0)
    expect(await store.history.knows(conversationOf(channel))).toBe(false)
    expect(await store.history.knows(conversationOf(thread))).toBe(false)
    expect(await store.history.last(conversationOf(dm), 10)).toHaveLength(2)
    expect((await store.learning.known(mira.id, workspaceOf(channel), new Date(start))).traits).toEqual([])
    expect((await store.learning.known(mira.id, workspaceOf(dm), new Date(start))).traits).toHaveLength(1)
  })

  it('takes along what was learnt there from words that were too old to be kept', async () => {
    using store = openStore({ path: ':memory:' })
    const asked = anAsked({ place: channel })
    await exchanged(store, asked, 'yes')
    await learnt(store, asked.message.id, undefined, channel)
    await tidied(store, () => 10, 11)
    await store.retention.leave(harbour)
    await tidied(store, () => 0, 0)
    expect((await store.learning.known(mira.id, workspaceOf(channel), new Date(start))).traits).toEqual([])
  })

  it('leaves no row of a whole workspace, also when the process ends in the middle', async () => {
    using home = createSqliteHome()
    {
      using store = home.open()
      for (let at = 0; at < 45; at += 1) {
        const asked = anAsked({ at, place: at % 3 === 0 ? thread : channel })
        await exchanged(store, asked, `answer ${at}`)
        await learnt(store, asked.message.id, `words ${at}`, channel)
      }
      await store.preferences.choose('listening', scopeOfPlace(channel), 'on')
      await store.preferences.choose('persona', scopeOf(mira.id, channel), 'Bosun')
      await store.retention.leave(harbour)
      await store.retention.step(() => 0, new Date())
    }
    {
      using store = home.open()
      await tidied(store, () => 0, 0)
    }
    expect(leftRows(home.path)).toEqual({ event: 45 })
  })

  it('keeps what came after Aeries was taken in again', async () => {
    let now = new Date(start)
    using store = openStore({ path: ':memory:', now: () => now })
    await exchanged(store, anAsked({ place: channel, text: 'before' }), 'one')
    await store.retention.leave(harbour)
    now = new Date(start + 1_000)
    await exchanged(store, anAsked({ at: 1_000, place: channel, text: 'after' }), 'two')
    await tidied(store, () => 0, 0)
    expect(lines(await store.history.last(conversationOf(channel), 10))).toEqual(['Mira: after', 'Aeries to Mira: two'])
  })

  it('does not come back when the platform tells it again', async () => {
    const until = new Date(start + dayMs)
    using store = openStore({ path: ':memory:', now: () => until })
    const asked = anAsked({ place: channel })
    await exchanged(store, asked, 'one')
    await store.retention.leave(general)
    await tidied(store, () => 0, 0)
    expect(await store.turns.receive({ ...asked, key: eventKey('test', 'asked', 'again') })).toBe('known')
  })
})

/** All steps, so many days after the start, until there is nothing more to do. */
async function tidied(store: Store, keepsDays: KeepsDays, days: number) {
  const steps: Awaited<ReturnType<Store['retention']['step']>>[] = []
  do steps.push(await store.retention.step(keepsDays, new Date(start + days * dayMs)))
  while (steps.at(-1)?.isMore)
  return steps
}

async function learnt(store: Store, message: MessageId, quote = 'my tea', place = dm, person: Person = mira) {
  const statements = [aStatement({ message, quote })]
  const signals = [aSignal({ message, source: message })]
  await store.learning.learn(aLesson({ person: person.id, place, statements, signals }), [])
}

function anOpinion(message: MessageId, sign: string, at: number, verdict: Opinion['verdict']): Opinion {
  return {
    key: eventKey('test', 'opinion', `${sign}${at}`),
    person: mira,
    on: { message },
    sign,
    verdict,
    at: new Date(start + at),
  }
}

function stands(path: string, word: string): boolean {
  return [path, `${path}-wal`].some(file => existsSync(file) && readFileSync(file).includes(word))
}

function rowsOf(path: string, sql: string): readonly unknown[] {
  using shell = { db: new Database(path, { readonly: true }), [Symbol.dispose]: () => shell.db.close() }
  return shell.db.prepare(sql).all()
}

/** How many rows are left in each table that is not empty. */
function leftRows(path: string): Readonly<Record<string, number>> {
  const tables = rowsOf(
    path,
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT IN ('said_config', 'said_data', 'said_idx')",
  )
  const counts = tables.map(table => {
    const { name } = table as { name: string }
    const [{ rows }] = rowsOf(path, `SELECT count(*) AS rows FROM ${name}`) as [{ rows: number }]
    return [name, rows] as const
  })
  return Object.fromEntries(counts.filter(([, rows]) => rows > 0))
}
