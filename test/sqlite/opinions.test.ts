import { copyFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Opinion, Verdict } from '#src/core/feedback.ts'
import { eventKey, type MessageId } from '#src/core/ids.ts'
import { scopesTellableIn } from '#src/core/learning-scope.ts'
import type { Person } from '#src/core/person.ts'
import type { Store } from '#src/core/store.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import { estimateTokens } from '#src/engine/estimate-tokens.ts'
import { createBriefWriter } from '#src/observer/brief-writer.ts'
import { opinionCraft } from '#src/observer/feedback/weigh-opinions.ts'
import { openStore, type SqliteStore } from '#src/sqlite/sqlite-store.ts'
import { aMessageId, anAsked, aReply, begun, exchanged } from '#test/support/an-asked.ts'
import { aPerson, channel, dm } from '#test/support/an-event.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { createSqliteHome } from './sqlite-home.ts'

const start = 1_800_000_000_000
const [mira, jonas] = [aPerson('Mira'), aPerson('Jonas')]
const long = 'Ships and harbours and quays. '.repeat(40)
const bulleted = '- one harbour\n- two harbours\n- three harbours'
const signs: Readonly<Record<string, Verdict>> = {
  '👍': 'good',
  '❤': 'loved',
  '👎': 'bad',
  '✂': 'too long',
  '❌': 'wrong',
}

describe('opinions on answers', () => {
  it('come to exactly what stands at the end, in whatever order they come, over restarts, told twice or late', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(aChange, { minLength: 100, maxLength: 140 }),
        fc.infiniteStream(fc.nat()),
        async (sketches, dice) => {
          using home = createSqliteHome()
          const messages = await whileOpen(home.path, withAnswers)
          const changes = alternating(sketches, messages)
          const clean = `${home.path}.clean`
          copyFileSync(home.path, clean)

          await withRestarts(home.path, late(changes, dice))
          {
            using store = openStore({ path: clean })
            for (const opinion of standing(changes)) await store.learning.hearOpinion(opinion, opinionCraft)
          }
          expect(await stateOf(home.path)).toEqual(await stateOf(clean))
        },
      ),
      { numRuns: 5, seed: 8 },
    )
  }, 60_000)

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

type Sketch = Readonly<{ person: number; answer: number; sign: string }>

const aChange: fc.Arbitrary<Sketch> = fc.record({
  person: fc.nat(1),
  answer: fc.nat(2),
  sign: fc.constantFrom(...Object.keys(signs)),
})

/** Each time that somebody touches an emoji it is added or taken away, in turn. */
function alternating(sketches: readonly Sketch[], messages: readonly MessageId[]): readonly Opinion[] {
  const given = new Set<string>()
  return sketches.map(({ person, answer, sign }, at) => {
    const what = `${person} ${answer} ${sign}`
    const isGiven = !given.delete(what) && given.add(what) !== undefined
    const message = messages[answer] ?? aMessageId('nowhere')
    const verdict = isGiven ? signs[sign] : undefined
    return {
      key: eventKey('test', 'reaction', String(at)),
      person: person === 0 ? mira : jonas,
      ...{ on: { message }, sign, verdict },
      at: new Date(start + 60_000 * at),
    }
  })
}

/** What is not taken away at the end. */
function standing(changes: readonly Opinion[]): readonly Opinion[] {
  const whose = ({ person, on, sign }: Opinion) => JSON.stringify([person.id, on, sign])
  const last = new Map(changes.map(change => [whose(change), change]))
  return [...last.values()].filter(({ verdict }) => verdict !== undefined)
}

/** Some come twice, some late. */
function late(changes: readonly Opinion[], dice: Iterable<number>): readonly Opinion[] {
  const rolls = dice[Symbol.iterator]()
  const roll = (sides: number) => (rolls.next().value as number) % sides
  const all = changes.flatMap((change, at) => {
    const delay = () => (roll(4) === 0 ? roll(30) : 0)
    const copies = roll(8) === 0 ? [delay(), delay()] : [delay()]
    return copies.map(late => ({ change, at: at + late }))
  })
  return all.sort((one, other) => one.at - other.at).map(({ change }) => change)
}

const betweenRestarts = 23

async function withRestarts(path: string, changes: readonly Opinion[]): Promise<void> {
  for (let from = 0; from < changes.length; from += betweenRestarts) {
    using store = openStore({ path })
    for (const change of changes.slice(from, from + betweenRestarts)) {
      await store.learning.hearOpinion(change, opinionCraft)
    }
  }
}

/** Mira has three answers, Jonas has spoken, too. */
async function withAnswers(store: Store): Promise<readonly [MessageId, MessageId, MessageId]> {
  const messages: MessageId[] = []
  for (const [at, text] of [long, bulleted, 'Yes.'].entries()) {
    const turn = await exchanged(store, anAsked({ at, place: channel }), text)
    messages.push(aMessageId(`reply-to-${turn.asked[0]?.key}`))
  }
  await exchanged(store, anAsked({ person: jonas, place: channel }), 'Hello')
  return messages as unknown as readonly [MessageId, MessageId, MessageId]
}

async function whileOpen<Result>(path: string, act: (store: Store) => Promise<Result>): Promise<Result> {
  using store = openStore({ path })
  return await act(store)
}

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

const whose = 'JOIN learning_scope ON learning_scope.id = scope_id JOIN person ON person.id = learning_scope.person_id'
const state = {
  opinions: `SELECT message_key, person.key, sign, verdict, at, facets FROM opinion JOIN person ON person.id = person_id
    WHERE is_given = 1 ORDER BY 1, 2, 3`,
  signals: `SELECT person.key AS person, learning_scope.name, signal.key, value, kind, told_weight, weight, is_counted, half_life, at,
      source, message_key, dedupe FROM signal ${whose} ORDER BY person.key, dedupe`,
  aggregates: `SELECT person.key AS person, learning_scope.name, aggregate.key, value, half_life, positive, negative, at, count
    FROM aggregate ${whose} ORDER BY 1, 2, 3, 4, 5`,
  dials: `SELECT person.key AS person, learning_scope.name, dial.key, value, is_on, last_at, last_dedupe FROM dial ${whose}
    ORDER BY 1, 2, 3, 4`,
}

async function stateOf(path: string): Promise<unknown> {
  using store: SqliteStore = openStore({ path })
  const writer = createBriefWriter({
    learning: store.learning,
    count: estimateTokens,
    log: new KeptLog(),
    ticks: () => 0,
  })
  const at = new Date(start + 30 * 24 * 3_600_000)
  const question = { place: channel, words: 'hello', at, isFresh: true }
  const briefs = [mira, jonas].map(({ id }) => writer.brief({ person: id, ...question }))
  return { briefs: await Promise.all(briefs), ...tables(path, state) }
}

function tables(path: string, queries: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const db = new Database(path, { readonly: true })
  try {
    return Object.fromEntries(Object.entries(queries).map(([name, sql]) => [name, db.prepare(sql).all()]))
  } finally {
    db.close()
  }
}
