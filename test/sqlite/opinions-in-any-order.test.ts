import { copyFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Opinion, Verdict } from '#src/core/feedback.ts'
import { eventKey, type MessageId } from '#src/core/ids.ts'
import type { Store } from '#src/core/store.ts'
import { estimateTokens } from '#src/engine/estimate-tokens.ts'
import { createBriefWriter } from '#src/observer/brief-writer.ts'
import { opinionCraft } from '#src/observer/feedback/weigh-opinions.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { aMessageId } from '#test/support/an-asked.ts'
import { channel } from '#test/support/an-event.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { jonas, mira, tables, withAnswers } from './some-answers.ts'
import { createSqliteHome } from './sqlite-home.ts'

const start = 1_800_000_000_000
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
  }, 240_000)
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
async function whileOpen<Result>(path: string, act: (store: Store) => Promise<Result>): Promise<Result> {
  using store = openStore({ path })
  return await act(store)
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
  using store = openStore({ path })
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
