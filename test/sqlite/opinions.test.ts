import { describe, expect, it } from 'vitest'
import type { Opinion } from '#src/core/feedback.ts'
import { eventKey, type MessageId } from '#src/core/ids.ts'
import { scopesTellableIn } from '#src/core/learning-scope.ts'
import type { Person } from '#src/core/person.ts'
import type { Store } from '#src/core/store.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import { opinionCraft } from '#src/observer/feedback/weigh-opinions.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { aMessageId, anAsked, aReply, begun } from '#test/support/an-asked.ts'
import { channel, dm } from '#test/support/an-event.ts'
import { jonas, long, mira, tables, withAnswers } from './some-answers.ts'
import { createSqliteHome } from './sqlite-home.ts'

const start = 1_800_000_000_000

describe('opinions on answers', () => {
  it('of a bystander train the bystander alone, and weigh less', async () => {
    using store = openStore({ path: ':memory:' })
    const [message] = await withAnswers(store)
    await say(store, { person: jonas, on: { message }, sign: '✂', verdict: 'too long' })
    expect(await weighed(store, mira)).toEqual([])
    expect(await weighed(store, jonas)).toEqual([
      ['reply_length', 'long', -0.375],
      ['reply_length', 'short', 0.375],
    ])
  })

  it('are one, however many signs say it, and a reason says why there was a frown', async () => {
    using store = openStore({ path: ':memory:' })
    const [message] = await withAnswers(store)
    await say(store, { on: { message }, sign: '👎', verdict: 'bad' })
    await say(store, { on: { message }, sign: 'x', verdict: 'bad', at: 5 })
    expect(await weighed(store, mira)).toEqual([
      ['reply_length', 'long', -1],
      ['reply_length', 'short', 1],
    ])
    await say(store, { on: { message }, sign: 'tap', verdict: 'wrong', at: 6 })
    expect(await weighed(store, mira)).toEqual([['quality', 'good', -1.5]])
    await say(store, { on: { message }, sign: 'tap', verdict: 'too long', at: 7 })
    expect(await weighed(store, mira)).toEqual([
      ['reply_length', 'long', -1.5],
      ['reply_length', 'short', 1.5],
    ])
  })

  it('take the reason that explains them with them', async () => {
    using store = openStore({ path: ':memory:' })
    const [message] = await withAnswers(store)
    await say(store, { on: { message }, sign: '👎', verdict: 'bad' })
    await say(store, { on: { message }, sign: 'tap', verdict: 'too long', at: 1 })
    await say(store, { on: { message }, sign: '👎', verdict: undefined, at: 2 })
    expect(await weighed(store, mira)).toEqual([])
  })

  it('count once for an answer of several messages', async () => {
    using store = openStore({ path: ':memory:' })
    const turn = await begun(store, anAsked())
    const [one, two] = [aMessageId('part-1'), aMessageId('part-2')] as const
    await store.turns.finish(turn, aReply(long, { messages: [one, two] }), new Date())
    await say(store, { on: { message: one }, sign: '👎', verdict: 'bad' })
    await say(store, { on: { message: two }, sign: '👎', verdict: 'bad', at: 1 })
    expect(await weighed(store, mira)).toHaveLength(2)
    await say(store, { on: { message: one }, sign: '👎', verdict: undefined, at: 2 })
    expect(await weighed(store, mira)).toHaveLength(2)
    await say(store, { on: { message: two }, sign: '👎', verdict: undefined, at: 3 })
    expect(await weighed(store, mira)).toEqual([])
  })

  it('go when a message is swept clean of all reactions, or of one emoji, whoever’s they were; what was tapped stays', async () => {
    using store = openStore({ path: ':memory:' })
    const [message, other] = await withAnswers(store)
    for (const person of [mira, jonas]) {
      await say(store, { person, on: { message }, sign: '👍', verdict: 'good' })
      await say(store, { person, on: { message }, sign: '❌', verdict: 'wrong' })
      await say(store, { person, on: { message: other }, sign: '✂', verdict: 'too long' })
    }
    await say(store, { on: { message }, sign: 'tap', verdict: 'tone' })
    const later = new Date(start + 100)
    expect(await store.learning.clearOpinions(message, '👍', later, opinionCraft)).toBe(2)
    expect(await weighed(store, jonas)).toContainEqual(['quality', 'good', -0.375])
    expect(await store.learning.clearOpinions(message, undefined, later, opinionCraft)).toBe(2)
    expect(await weighed(store, jonas)).toEqual([
      ['reply_length', 'long', -0.375],
      ['reply_length', 'short', 0.375],
    ])
    expect(await weighed(store, mira)).toContainEqual(['quality', 'good', -1.5])
  })

  it('mean nothing on what is no answer, or is forgotten, and of whom was forgotten', async () => {
    using store = openStore({ path: ':memory:' })
    const [message, other] = await withAnswers(store)
    const nowhere = { on: { message: aMessageId('nowhere') }, sign: '👍', verdict: 'good' } as const
    expect(await say(store, nowhere)).toBe('known')
    await say(store, { on: { message: other }, sign: '👎', verdict: 'bad' })
    await store.forget.message(other)
    expect(await weighed(store, mira)).toEqual([])
    expect(await say(store, { on: { message: other }, sign: '👍', verdict: 'good', at: 9 })).toBe('known')
    await say(store, { person: jonas, on: { message }, sign: '👎', verdict: 'bad' })
    await store.forget.person(jonas.id)
    expect(await say(store, { person: jonas, on: { message }, sign: '👍', verdict: 'good', at: -start + 1 })).toBe(
      'known',
    )
    expect(await weighed(store, jonas)).toEqual([])
    expect(await store.learning.workspaces(jonas.id)).toEqual([])
  })

  it('are told to whoever tapped them, of the reply that the turn has now, and of no other', async () => {
    using store = openStore({ path: ':memory:' })
    const turn = await begun(store, anAsked({ place: channel }))
    const answer = async (text: string, ...messages: readonly MessageId[]) =>
      await store.turns.finish(turn, aReply(text, { messages }), new Date())
    const first = aMessageId('the-first-answer')
    await answer(long, first)
    const [id, on] = [turn.id, { turn: turn.id }]
    const told = async ({ id: person }: Person) => (await store.learning.tappedOn(person, [id])).get(id)
    await say(store, { person: jonas, on, sign: '👍', verdict: 'good' })
    await say(store, { person: jonas, on, sign: 'tap', verdict: 'bad', at: 1 })
    expect([await told(mira), await told(jonas)]).toEqual([undefined, 'bad'])
    await say(store, { on, sign: 'tap', verdict: 'too long', at: 2 })
    expect([await told(mira), await told(jonas)]).toEqual(['too long', 'bad'])

    // Another reply takes its place, and goes again: the first one is theirs again, with what they said of it.
    await store.revisions.supersede(id, { cause: 'button', inPlace: false })
    await answer('Another one', aMessageId('another-answer'))
    expect([await told(mira), await told(jonas)]).toEqual([undefined, undefined])
    await store.revisions.restore(id)
    await answer(long, first)
    expect(await told(mira)).toBe('too long')

    await say(store, { on, sign: 'tap', verdict: undefined, at: 3 })
    expect([await told(mira), await told(jonas)]).toEqual([undefined, 'bad'])
    await store.revisions.supersede(id, { cause: 'button', inPlace: true })
    await answer('In the same place', first)
    expect(await told(jonas)).toBeUndefined()
    await say(store, { person: jonas, on, sign: 'tap', verdict: 'good', at: 4 })
    expect(await told(jonas)).toBe('good')
    await store.revisions.withdraw(id, new Date())
    expect(await told(jonas)).toBeUndefined()
  })

  it('leave no row behind of somebody who is forgotten', async () => {
    using home = createSqliteHome()
    {
      using store = openStore({ path: home.path })
      const [message] = await withAnswers(store)
      await say(store, { person: jonas, on: { message }, sign: '👎', verdict: 'bad' })
      await say(store, { on: { message }, sign: '👎', verdict: 'bad' })
      await store.forget.person(mira.id)
      await store.forget.person(jonas.id)
    }
    expect(tables(home.path, { opinion: 'SELECT * FROM opinion', signal: 'SELECT * FROM signal' })).toEqual({
      opinion: [],
      signal: [],
    })
  })
})

let count = 0

type Word = Pick<Opinion, 'on' | 'sign' | 'verdict'> & Readonly<{ person?: Person; at?: number }>

async function say(store: Store, { person = mira, at = 0, ...word }: Word): Promise<string> {
  const key = eventKey('test', 'opinion', String(++count))
  return await store.learning.hearOpinion({ key, person, ...word, at: new Date(start + at) }, opinionCraft)
}

async function weighed(store: Store, { id }: Person): Promise<readonly unknown[]> {
  const sight = { person: id, workspace: workspaceOf(channel), scopes: scopesTellableIn(channel) }
  const readings = await store.learning.readAggregate(sight, new Date(start))
  const inDm = await store.learning.readAggregate(
    { person: id, workspace: workspaceOf(dm), scopes: scopesTellableIn(dm) },
    new Date(start),
  )
  return [...readings, ...inDm].map(({ key, value, positive, negative }) => [key, value, positive - negative])
}
