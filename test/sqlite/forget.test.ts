import { existsSync, readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { conversationOf } from '#src/core/place.ts'
import { openStore, type SqliteStore } from '#src/sqlite/sqlite-store.ts'
import { aMessageId, anAsked, begun, exchanged, lines } from '#test/support/an-asked.ts'
import { aPerson, dm } from '#test/support/an-event.ts'
import { createSqliteHome, type SqliteHome } from './sqlite-home.ts'

const mira = aPerson('Mira')
const jonas = aPerson('Jonas')
const channel = { ...dm, channel: 'harbour', audience: 'public' as const }

describe('forgetting a person', () => {
  it('takes their lines and the answers to them out of every place, and nobody else’s', async () => {
    using store = openStore({ path: ':memory:' })
    await exchanged(store, anAsked({ person: mira, text: 'in the DM' }), 'to Mira')
    await exchanged(store, anAsked({ person: mira, place: channel, text: 'in the channel' }), 'to Mira, too')
    await exchanged(store, anAsked({ person: jonas, place: channel, text: 'I am Jonas' }), 'to Jonas')
    await store.forget.person(mira.id)
    expect(lines(await store.history.last(conversationOf(dm), 10))).toEqual([])
    expect(lines(await store.history.last(conversationOf(channel), 10))).toEqual([
      'Jonas: I am Jonas',
      'Aeries to Jonas: to Jonas',
    ])
    expect(await store.history.ofPerson(mira.id, 10)).toEqual([])
  })

  it('takes what waits and what is being answered as well', async () => {
    using store = openStore({ path: ':memory:' })
    await begun(store, anAsked({ person: mira }))
    await store.turns.receive(anAsked({ person: mira }))
    await begun(store, anAsked({ person: jonas, place: channel }))
    await store.forget.person(mira.id)
    expect(await store.turns.waiting()).toEqual([])
    expect((await store.turns.open()).map(({ turn }) => turn.asker.name)).toEqual(['Jonas'])
  })

  it('leaves not a byte of it in the file, its log or its free pages', async () => {
    using home = createSqliteHome()
    using store = openStore({ path: home.path })
    for (let at = 0; at < 50; at += 1) {
      await exchanged(
        store,
        anAsked({ at, person: mira, text: `Zugspitze ${at} ${'and so on '.repeat(99)}` }),
        'Watzmann',
      )
      await exchanged(store, anAsked({ at, person: jonas, place: channel, text: 'Brocken' }), 'yes')
    }
    expect(bytes(home, 'Zugspitze')).toBe(true)
    await store.forget.person(mira.id)
    // The log is emptied on a thread of its own.
    await expect.poll(() => home.size('-wal')).toBe(0)
    expect(['Zugspitze', 'Watzmann', 'Mira', 'Brocken'].map(word => bytes(home, word))).toEqual([
      false,
      false,
      false,
      true,
    ])
  })

  it('waits with the log until nobody reads from it any more', async () => {
    using home = createSqliteHome()
    using store = openStore({ path: home.path })
    await exchanged(store, anAsked({ person: mira, text: 'Zugspitze' }), 'yes')
    const reader = new Database(home.path, { readonly: true })
    reader.exec('BEGIN')
    reader.prepare('SELECT count(*) FROM message').get()
    await store.forget.person(mira.id)
    await exchanged(store, anAsked({ person: jonas }), 'goes on')
    expect(home.size('-wal')).toBeGreaterThan(0)
    reader.exec('COMMIT')
    reader.close()
    await expect.poll(() => home.size('-wal')).toBe(0)
    expect(bytes(home, 'Zugspitze')).toBe(false)
  })

  it('finds theirs among many others’ words in the same place', async () => {
    using home = createSqliteHome()
    using store = openStore({ path: home.path })
    for (let at = 0; at < 300; at += 1) await exchanged(store, anAsked({ at, person: at % 3 ? jonas : mira }), 'yes')
    await store.forget.person(mira.id)
    expect(await store.history.last(conversationOf(dm), 1_000)).toHaveLength(400)
  })
})

describe('forgetting a message', () => {
  it('takes a question with its answer, and leaves what was asked beside it', async () => {
    using store = openStore({ path: ':memory:' })
    const [one, other] = [anAsked({ at: 1, text: 'one' }), anAsked({ at: 2, text: 'other' })]
    const turn = await begun(store, one, other)
    await store.turns.finish(turn, { outcome: 'done', text: 'to both', messages: [aMessageId('both')] }, new Date())
    await store.forget.message(one.message.id)
    expect(lines(await store.history.last(conversationOf(dm), 10))).toEqual(['Mira: other'])
  })

  it('takes an answer by any message that shows it, and leaves the question', async () => {
    using store = openStore({ path: ':memory:' })
    const turn = await begun(store, anAsked({ text: 'a question' }))
    const messages = [aMessageId('first'), aMessageId('second')]
    await store.turns.finish(turn, { outcome: 'done', text: 'an answer', messages }, new Date())
    await store.forget.message(aMessageId('second'))
    expect(lines(await store.history.last(conversationOf(dm), 10))).toEqual(['Mira: a question'])
  })
})

describe('forgetting a conversation', () => {
  it('takes all that was said there, and what the same people said elsewhere stays', async () => {
    using store = openStore({ path: ':memory:' })
    await exchanged(store, anAsked({ person: mira, place: channel }), 'yes')
    await exchanged(store, anAsked({ person: mira }), 'yes')
    await store.forget.conversation(conversationOf(channel))
    expect(await store.history.knows(conversationOf(channel))).toBe(false)
    expect(await store.history.last(conversationOf(dm), 10)).toHaveLength(2)
  })
})

describe('what was forgotten', () => {
  it('does not come back by a repeat, also when the database knows nothing of the event', async () => {
    using home = createSqliteHome()
    const asked = anAsked({ person: mira, text: 'once' })
    let now = asked.at
    const open = (): SqliteStore => openStore({ path: home.path, now: () => now })
    {
      using store = open()
      await exchanged(store, asked, 'yes')
      await store.forget.person(mira.id)
      expect(await store.turns.receive(asked)).toBe('known')
    }
    // As after a restore of a backup from before it was said.
    const db = new Database(home.path)
    db.exec('DELETE FROM event')
    db.close()
    using store = open()
    now = new Date(asked.at.getTime() + 24 * 3_600_000)
    expect(await store.turns.receive(asked)).toBe('known')
    expect(await store.turns.receive(anAsked({ person: mira, at: 24 * 3_600_000 }))).toBe('new')
    expect(await store.turns.receive(anAsked({ person: jonas }))).toBe('new')
  })

  it('never costs a person a word that they say right after, whatever the platform’s clock says', async () => {
    using home = createSqliteHome()
    const now = new Date(1_800_000_030_000)
    using store = openStore({ path: home.path, now: () => now })
    await exchanged(store, anAsked({ person: mira }), 'yes')
    await store.forget.person(mira.id)
    // Said by a clock that is 10 s behind ours.
    expect(await store.turns.receive(anAsked({ person: mira, at: 20_000 }))).toBe('new')
  })
})

function bytes({ path }: SqliteHome, word: string): boolean {
  return [path, `${path}-wal`, `${path}-shm`].some(file => existsSync(file) && readFileSync(file).includes(word))
}
