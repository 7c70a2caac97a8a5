import { describe, expect, it } from 'vitest'
import { readInside } from '#playground/page-server/read-inside.ts'
import { eventKey, personId } from '#src/core/ids.ts'
import type { Sighting } from '#src/core/inside.ts'
import { styleScope } from '#src/core/learning-scope.ts'
import { type Signal, signalSource } from '#src/core/signal.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import { WriteBudget } from '#src/engine/write-budget.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { aMessageId } from '#test/support/an-asked.ts'
import { aPerson, dm } from '#test/support/an-event.ts'
import { ManualClock } from '#test/support/manual-clock.ts'

const at = new Date('2026-11-23T12:00:00.000Z')
const mira = aPerson('Mira')
const signal: Signal = {
  ...{ kind: 'strong reaction', key: 'reply_length', value: 'short', weight: 1, halfLifeMs: 1_000, at },
  ...{ source: signalSource('1'), message: aMessageId('1'), dedupe: '1' },
}
const learnt = { statements: 0, signals: 1, forgotten: 0 }
const opinion = {
  key: eventKey('test', 'reaction', '1'),
  person: mira,
  on: { message: aMessageId('1') },
  sign: '👍',
  at,
}

/** One of each kind that Aeries tells. */
const sightings: readonly Sighting[] = [
  {
    type: 'brief',
    question: { person: mira.id, place: dm, words: 'hello', at, isFresh: true },
    brief: { standing: '', tail: '', tokens: 4, lines: [{ text: 'Call them Mi.', trait: undefined }] },
    sources: [{ trait: '1' as never, since: at, scope: styleScope, quotes: [{ quote: 'call me Mi', at }] }],
  },
  {
    type: 'lesson',
    lesson: {
      ...{ person: mira.id, workspace: workspaceOf(dm), scope: styleScope, session: '1' as never },
      ...{ statements: [], signals: [signal] },
    },
    learnt,
  },
  { type: 'signal', person: mira.id, workspace: workspaceOf(dm), signal, outcome: 'new' },
  { type: 'opinion', opinion: { ...opinion, verdict: 'good' }, outcome: 'new' },
  { type: 'opinion', opinion: { ...opinion, verdict: undefined }, outcome: 'known' },
  { type: 'retracted', person: personId('test', undefined, 'mira'), from: '1', found: true },
  { type: 'telling', telling: { type: 'observed', outcome: 'learnt', reason: 'none' } },
  { type: 'telling', telling: { type: 'turn begun' } },
]

describe('readInside', () => {
  it('knows all that Aeries tells of its inside', async () => {
    for (const { type, ...data } of sightings) expect(read(type, data)).toMatchObject({ name: type, at: 7 })
    const budget = new WriteBudget(new ManualClock())
    const given = await budget.slot({ plan: () => plan }, plan.bucket, new AbortController().signal)
    using store = openStore({ path: ':memory:' })
    expect(read('budget', budget.look())).toMatchObject({ data: [{ name: 'discord:PATCH:1', inFlight: 1 }] })
    expect(read('queue', await store.learning.jobs())).toMatchObject({ data: { waiting: 0, dead: 0 } })
    given.giveBack()
  })

  it('makes nothing of what it does not know', () => {
    expect(read('weather', {})).toBeUndefined()
    expect(read('queue', { waiting: 'many' })).toBeUndefined()
  })
})

const plan = { bucket: 'discord:PATCH:1', phase: 'first', shownAt: 0 } as const

function read(name: string, data: unknown) {
  return readInside(name, JSON.stringify(data), 7)
}
