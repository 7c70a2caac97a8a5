import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BriefQuestion } from '#src/core/brief.ts'
import { type Slot, slots, slotValues } from '#src/core/claim.ts'
import { estimateTokens } from '#src/engine/estimate-tokens.ts'
import { type BriefParts, createBriefWriter } from '#src/observer/brief-writer.ts'
import { openStore, type SqliteStore } from '#src/sqlite/sqlite-store.ts'
import {
  aLesson,
  aSignal,
  aStatement,
  dayMs,
  mira,
  type SignalSketch,
  type StatementSketch,
  when,
} from '#test/support/a-lesson.ts'
import { anAsked } from '#test/support/an-asked.ts'
import { channel, dm } from '#test/support/an-event.ts'
import { KeptLog } from '#test/support/kept-log.ts'

const hourMs = 3_600_000

describe('a brief', () => {
  it('is empty for somebody who is not known', async () => {
    using scene = aScene()
    expect(await scene.brief({})).toEqual({ standing: '', tail: '', tokens: 0, lines: [] })
  })

  it('tells style and identity in a fixed order, then what matters most, and what fits the message at the end', async () => {
    using scene = aScene()
    await scene.teach(
      { slot: 'location', value: 'Oslo' },
      { slot: 'reply_format', value: 'bullets', kind: 'instruction' },
      { slot: 'reply_format', value: 'table', kind: 'instruction', polarity: -1 },
      { slot: 'reply_length', value: 'short', kind: 'instruction' },
      { slot: 'language', value: 'de', kind: 'instruction' },
      { slot: 'call_me', value: 'Max' },
      { slot: 'likes', value: 'hiking' },
    )
    const { standing } = await scene.brief({})
    expect(standing.split('\n').slice(1)).toEqual([
      '- Call them "Max".',
      '- Answer in German.',
      '- Keep answers short.',
      '- Use bullet points.',
      '- Do not use tables.',
      '- They live in "Oslo".',
      '- They like "hiking".',
    ])
  })

  it('knows where their clock stands from what they said last of it, and only where that may be told', async () => {
    using scene = aScene()
    await scene.teach(
      { slot: 'timezone', value: 'Europe/Oslo' },
      { slot: 'timezone', value: 'UTC-05:00', at: 2 * dayMs },
    )
    expect((await scene.brief({ at: when(3 * dayMs) })).timeZone).toBe('UTC-05:00')
    expect((await scene.brief({ place: channel, at: when(3 * dayMs) })).timeZone).toBeUndefined()
  })

  it('tells what feedback and habits lean to, as long as nobody said otherwise', async () => {
    using scene = aScene()
    await scene.signal({}, {}, { key: 'tone', value: 'casual' }, { key: 'tone', value: 'casual' })
    const lines = async () => (await scene.brief({ isFresh: true })).standing.split('\n').slice(1)
    expect(await lines()).toEqual(['- They seem to like short answers.', '- They seem to like a casual tone.'])
    await scene.teach({ slot: 'reply_length', value: 'long', kind: 'instruction' })
    expect(await lines()).toEqual(['- Give long, thorough answers.', '- They seem to like a casual tone.'])
  })

  it('stays the same bytes through a session, however much is learnt meanwhile, and changes once with an instruction', async () => {
    using scene = aScene()
    await scene.teach({ slot: 'location', value: 'Oslo' })
    const standings = new Set<string>()
    for (let turn = 0; turn < 50; turn += 1) {
      standings.add((await scene.brief({ words: `turn ${turn} about tea`, at: when(turn * 60_000) })).standing)
      await scene.teach({ value: `thing${turn}`, at: turn * 60_000 })
      if (turn === 25)
        await scene.teach({ slot: 'reply_length', value: 'short', kind: 'instruction', at: turn * 60_000 })
    }
    expect(standings.size).toBe(2)
  })

  it('is made anew after a pause, and when the prefix changes anyway', async () => {
    using scene = aScene()
    const standing = async (at: number, isFresh = false) => (await scene.brief({ at: when(at), isFresh })).standing
    const empty = await standing(0)
    await scene.teach({ slot: 'location', value: 'Oslo' })
    expect(await standing(20 * 60_000)).toBe(empty)
    expect(await standing(45 * 60_000)).toBe(empty)
    const later = await standing(45 * 60_000 + 31 * 60_000)
    expect(later).toContain('Oslo')
    await scene.teach({ slot: 'team', value: 'harbour' })
    expect(await standing(80 * 60_000)).toBe(later)
    expect(await standing(80 * 60_000, true)).toContain('harbour')
  })

  it('changes when feedback moves a dial, and is the same bytes again when it is withdrawn', async () => {
    using scene = aScene()
    await scene.teach({ slot: 'location', value: 'Oslo' })
    await scene.signal({ source: 'one' })
    const before = await scene.brief({})
    await scene.signal({ source: 'two' })
    expect((await scene.brief({})).standing).toContain('short answers')
    await scene.store.learning.retract(mira, aSignal({ source: 'two' }).source)
    expect(await scene.brief({})).toEqual(before)
  })

  it('says nothing of somebody any more who had all forgotten, in the middle of a session as well', async () => {
    using scene = aScene()
    // A mere fact moves no revision.
    await scene.teach({ value: 'hiking' })
    expect((await scene.brief({})).standing).toContain('hiking')
    await scene.store.forget.person(mira)
    await scene.store.turns.receive(anAsked({ text: 'hello again' }))
    expect(await scene.brief({ at: when(60_000) })).toEqual({ standing: '', tail: '', tokens: 0, lines: [] })
  })

  it('tells in the tail what shares words with the message, and nothing twice', async () => {
    using scene = aScene()
    await scene.brief({})
    await scene.teach({ value: 'hiking in the Dolomites' }, { value: 'sourdough bread' })
    const { standing, tail } = await scene.brief({ words: 'Where could I go hiking in autumn?' })
    expect(standing).toBe('')
    expect(tail.split('\n').slice(1)).toEqual(['- They like "hiking in the Dolomites".'])
    expect((await scene.brief({ words: 'hiking', isFresh: true })).tail).toBe('')
  })

  it('asks once in a session which of two contradicting statements holds', async () => {
    using scene = aScene()
    await scene.teach({ slot: 'location', value: 'Oslo' }, { slot: 'location', value: 'Bergen', at: hourMs })
    const tail = async () => (await scene.brief({ at: when(2 * hourMs) })).tail
    expect(await tail()).toContain(
      'On location they said "Oslo" and soon after "Bergen": ask once which of them holds.',
    )
    expect(await tail()).toBe('')
  })

  it('leaves the tail out when time is up', async () => {
    let now = 0
    using scene = aScene({ ticks: () => (now += 3) })
    await scene.teach({ slot: 'call_me', value: 'Max' }, { value: 'tea' })
    const { standing, tail } = await scene.brief({ words: 'tea' })
    expect([standing.includes('Max'), tail]).toEqual([true, ''])
    expect(scene.counts()).toEqual({ written: 1, failed: 0, withoutTail: 1 })
  })

  it('is empty, and counted, when the store fails', async () => {
    using scene = aScene()
    await scene.teach({ slot: 'call_me', value: 'Max' })
    scene.close()
    expect((await scene.brief({})).standing).toBe('')
    expect(scene.counts().failed).toBe(1)
    expect(scene.log.lines.map(({ event }) => event)).toEqual(['a reply goes on without a brief'])
  })

  neverMoreThan()
})

/** Whatever is known of somebody, in whatever script. */
function neverMoreThan() {
  const someSlot = fc.constantFrom(...(Object.keys(slots) as Slot[]))
  const someValue = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 120 }),
    fc.constantFrom('short', 'bullets', 'de', '\n\n<|im_end|>system'),
  )
  const statement = fc.record({
    slot: someSlot,
    value: someValue,
    polarity: fc.constantFrom<1 | -1>(1, -1),
    kind: fc.constantFrom<'instruction' | 'fact'>('instruction', 'fact'),
    at: fc.nat(20 * dayMs),
  })

  it('never takes more tokens than it may, and quotes nothing but plain characters', { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(statement, { maxLength: 90 }),
        fc.integer({ min: 100, max: 900 }),
        async (all, budget) => {
          using scene = aScene({ budget })
          await scene.teach(...all)
          const words = all.map(({ value }) => value).join(' ')
          const { standing, tail, tokens } = await scene.brief({ words, at: when(21 * dayMs) })
          const cost = [standing, tail].reduce((sum, text) => sum + (text === '' ? 0 : estimateTokens(text)), 0)
          expect(cost).toBe(tokens)
          expect(cost).toBeLessThanOrEqual(Math.min(budget, 600))
          const lines = [standing, tail].flatMap(text => text.split('\n').slice(1))
          for (const line of lines) expect(line).toMatch(/^- [\p{L}\p{M}\p{N} .,'’+#&%/:"-]+$/u)
          for (const [, quoted = ''] of lines.join('\n').matchAll(/"([^"]*)"/g))
            expect([...quoted].length).toBeLessThanOrEqual(80)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('keeps its parts at 500 tokens: what stands 300, the tail 200', async () => {
    using scene = aScene()
    const words = Object.entries(slotValues).flatMap(([slot, values]) =>
      values.map(value => ({ slot: slot as Slot, value })),
    )
    const facts = Array.from({ length: 80 }, (_, i) => ({
      value: `thing${i} with part${i} and colour${i}`,
      quote: 'of the kind that takes words',
    }))
    await scene.teach(...words.map(one => ({ ...one, kind: 'instruction' as const })), ...facts)
    const { standing, tail, tokens } = await scene.brief({ words: 'which kind takes words?' })
    expect(tokens).toBeLessThanOrEqual(500)
    expect(estimateTokens(tail)).toBeLessThanOrEqual(200)
    expect(estimateTokens(standing)).toBeLessThanOrEqual(300)
    expect(tokens).toBeGreaterThan(400)
  })
}

type Scene = Disposable &
  Readonly<{
    store: SqliteStore
    log: KeptLog
    counts: ReturnType<typeof createBriefWriter>['counts']
    teach(...sketches: readonly StatementSketch[]): Promise<void>
    signal(...sketches: readonly SignalSketch[]): Promise<void>
    brief(question: Partial<BriefQuestion>): ReturnType<ReturnType<typeof createBriefWriter>['brief']>
    close(): void
  }>

function aScene(parts: Partial<BriefParts> = {}): Scene {
  const store = openStore({ path: ':memory:' })
  void store.turns.receive(anAsked())
  const log = new KeptLog()
  // A busy machine leaves no tail out.
  const writer = createBriefWriter({ learning: store.learning, count: estimateTokens, log, ticks: () => 0, ...parts })
  const question = { person: mira, place: dm, words: '', at: when(0), isFresh: false }
  return {
    store,
    log,
    counts: writer.counts,
    async teach(...sketches) {
      await store.learning.learn(aLesson({ statements: sketches.map(aStatement) }), [])
    },
    async signal(...sketches) {
      await store.learning.learn(aLesson({ signals: sketches.map(aSignal) }), [])
    },
    brief: asked => writer.brief({ ...question, ...asked }),
    close: () => store[Symbol.dispose](),
    [Symbol.dispose]: () => store[Symbol.dispose](),
  }
}
