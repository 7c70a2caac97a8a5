import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Reason } from '#src/core/own-data.ts'
import { conversationOf } from '#src/core/place.ts'
import type { TraitId } from '#src/core/trait.ts'
import { openStore, type SqliteStore } from '#src/sqlite/sqlite-store.ts'
import { aLesson, aStatement } from '#test/support/a-lesson.ts'
import { aMessageId, anAsked, aReply, begun, exchanged } from '#test/support/an-asked.ts'
import { aPerson, dm } from '#test/support/an-event.ts'
import { createSqliteHome } from './sqlite-home.ts'

const mira = aPerson('Mira')
const jonas = aPerson('Jonas')
const thread = { ...dm, thread: 'one' }
const at = new Date(1_800_000_100_000)

const aReason: Reason = {
  lines: [{ text: 'They like "Zugspitze".', trait: '1' as TraitId }],
  window: { messages: 2, from: new Date(1), to: new Date(2) },
  persona: 'Aeries',
  model: 'a model',
}

async function answered(store: SqliteStore, text: string, reason: Reason = aReason, place = dm): Promise<void> {
  const turn = await begun(store, anAsked({ place }))
  await store.turns.finish(turn, { ...aReply(text), reason }, at)
}

describe('why an answer is as it is', () => {
  it('is told to its asker alone, by its message, or of the newest there and in the threads below', async () => {
    using store = openStore({ path: ':memory:' })
    await answered(store, 'one')
    await answered(store, 'two', { ...aReason, persona: 'Crow', window: undefined })
    const here = conversationOf(dm)
    expect(store.ownData.reason(mira.id, aMessageId('one'))).toEqual(aReason)
    expect(store.ownData.reason(mira.id, here)).toMatchObject({ persona: 'Crow', window: undefined })
    expect(store.ownData.reason(jonas.id, aMessageId('one'))).toBeUndefined()
    expect(store.ownData.reason(jonas.id, here)).toBeUndefined()
    await answered(store, 'three', { ...aReason, persona: 'Heron' }, thread)
    expect(store.ownData.reason(mira.id, conversationOf(thread))).toMatchObject({ persona: 'Heron' })
    expect(store.ownData.reason(mira.id, here)).toMatchObject({ persona: 'Crow' })
  })

  it('goes with its answer, and with its person', async () => {
    using store = openStore({ path: ':memory:' })
    await answered(store, 'one')
    await answered(store, 'two')
    await store.forget.message(aMessageId('two'))
    expect(store.ownData.reason(mira.id, aMessageId('two'))).toBeUndefined()
    expect(store.ownData.reason(mira.id, conversationOf(dm))).toEqual(aReason)
    await store.forget.person(mira.id)
    expect(store.ownData.reason(mira.id, aMessageId('one'))).toBeUndefined()
  })

  it('tells no line any more, and the file holds none, once something is forgotten', async () => {
    using home = createSqliteHome()
    using store = openStore({ path: home.path })
    await answered(store, 'one')
    const { id: session } = await store.learning.startSession(mira.id, dm, at)
    await store.learning.learn({ ...aLesson({ statements: [aStatement({ value: 'Zugspitze' })] }), session }, [])
    const [workspace] = await store.learning.workspaces(mira.id)
    if (workspace === undefined) throw new Error('nothing was learnt')
    const [trait] = (await store.learning.known(mira.id, workspace, at)).traits
    if (trait === undefined) throw new Error('nothing was learnt')
    expect(await store.learning.forgetTrait(mira.id, trait.id, at)).toBe(true)
    expect(store.ownData.reason(mira.id, aMessageId('one'))).toEqual({ ...aReason, lines: [] })
    await expect.poll(() => home.size('-wal')).toBe(0)
    expect(readFileSync(home.path).includes('Zugspitze')).toBe(false)
  })
})

describe('what was said after a place of a transcript', () => {
  it('is that of one person, in the conversation and the threads below it', async () => {
    using store = openStore({ path: ':memory:' })
    await exchanged(store, anAsked({ at: 1 }), 'before')
    const [last] = await store.history.ofPerson(mira.id, 1)
    const asked = [anAsked({ at: 2 }), anAsked({ at: 3, place: thread })] as const
    for (const one of asked) await exchanged(store, one, 'after')
    await exchanged(store, anAsked({ at: 4, person: jonas }), 'to Jonas')
    await exchanged(store, anAsked({ at: 5, place: { ...dm, channel: 'dm-mira-2' } }), 'elsewhere')
    const said = await store.ownData.saidSince(mira.id, conversationOf(dm), last?.position)
    expect(said.map(({ message }) => message)).toEqual(asked.map(({ message }) => message.id))
    expect(await store.ownData.saidSince(mira.id, conversationOf(dm), undefined)).toHaveLength(3)
  })
})

describe('starting anew', () => {
  it('lets no prompt see what was said before, and ends the stretch of talk', async () => {
    using store = openStore({ path: ':memory:' })
    await exchanged(store, anAsked({ at: 1, text: 'before' }), 'yes')
    const session = await store.learning.startSession(mira.id, dm, at)
    await store.ownData.startAnew(conversationOf(dm), mira.id, at)
    await exchanged(store, anAsked({ at: 2, text: 'after' }), 'yes')
    const window = await store.history.window(conversationOf(dm), 10)
    expect(window.map(({ text }) => text)).toEqual(['after', 'yes'])
    expect((await store.learning.startSession(mira.id, dm, at)).id).not.toBe(session.id)
  })

  it('begins where it was asked for, whatever else is heard before or after that', async () => {
    using store = openStore({ path: ':memory:' })
    await exchanged(store, anAsked({ at: 1, text: 'before' }), 'yes')
    await exchanged(store, anAsked({ at: 4, text: 'after' }), 'yes')
    await store.ownData.startAnew(conversationOf(dm), mira.id, at, anAsked({ at: 3 }).at)
    await exchanged(store, anAsked({ at: 2, text: 'before, and heard late' }), 'yes')
    const window = await store.history.window(conversationOf(dm), 10)
    expect(window.map(({ text }) => text)).toEqual(['after', 'yes'])
  })
})
