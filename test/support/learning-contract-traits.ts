import { describe, expect, it } from 'vitest'
import type { Learning } from '#src/core/learning.ts'
import type { Store } from '#src/core/store.ts'
import type { Trait } from '#src/core/trait.ts'
import { aLesson, aSight, aStatement, dayMs, mira, type StatementSketch, when } from './a-lesson.ts'
import { anAsked } from './an-asked.ts'
import { dm } from './an-event.ts'
import type { StoreHome } from './store-home.ts'

const hourMs = 3_600_000

export function traitsContract(createHome: () => StoreHome): void {
  describe('traits', () => {
    it('keep the newest word on a slot that holds one value, and the history of it', async () => {
      await using home = createHome()
      using store = await known(home)
      const [first, second] = [
        { slot: 'call_me', value: 'Max', at: 0 },
        { slot: 'call_me', value: 'Maxi', at: 2 * dayMs },
      ] as const
      await teach(store, first, second)
      expect(await told(store)).toEqual(['call_me Maxi'])
      const all = await store.learning.known(mira, aSight().workspace, when(3 * dayMs))
      expect(
        all.traits.map(({ value, status, evidence }) => [value, status, evidence.map(({ quote }) => quote)]),
      ).toEqual([
        ['Max', 'superseded', ['it is Max']],
        ['Maxi', 'active', ['it is Maxi']],
      ])
      expect(all.traits[0]?.supersededBy).toBe(all.traits[1]?.id)
    })

    it('are the same in whatever order their statements arrive', async () => {
      await using home = createHome()
      using store = await known(home)
      await teach(store, { slot: 'location', value: 'Oslo', at: 5 * dayMs })
      await teach(store, { slot: 'location', value: 'Bergen', at: dayMs })
      expect(await told(store)).toEqual(['location Oslo'])
    })

    it('grow by what means the same, and turn over when they hear the opposite', async () => {
      await using home = createHome()
      using store = await known(home)
      await teach(store, { value: 'green tea' }, { value: 'tea, green', at: dayMs }, { value: 'jazz', at: dayMs })
      const grown = (await facts(store)).find(({ value }) => value.includes('green'))
      expect([grown?.count, grown?.value]).toEqual([2, 'tea, green'])
      await teach(store, { slot: 'dislikes', value: 'green tea', kind: 'dislike', at: 9 * dayMs })
      expect(await told(store)).toEqual(['dislikes green tea', 'likes jazz'])
    })

    it('say when two statements of one day contradict each other, until one is repeated', async () => {
      await using home = createHome()
      using store = await known(home)
      await teach(store, { slot: 'location', value: 'Oslo' }, { slot: 'location', value: 'Bergen', at: hourMs })
      expect((await facts(store))[0]).toMatchObject({ value: 'Bergen', conflict: 'Oslo' })
      await teach(store, { slot: 'location', value: 'Bergen', at: 2 * hourMs })
      expect((await facts(store))[0]).toMatchObject({ value: 'Bergen', conflict: undefined })
    })

    it('let one form of answers rule the other out, and a ban stand beside a wish', async () => {
      await using home = createHome()
      using store = await known(home)
      const format = (value: string, at: number, polarity: 1 | -1 = 1) =>
        ({ slot: 'reply_format', kind: 'instruction', value, at, polarity }) as const
      await teach(store, format('bullets', 0), format('prose', dayMs), format('table', 2 * dayMs, -1))
      expect(await told(store)).toEqual(['reply_format prose', 'reply_format table (not)'])
    })

    it('end with what they are denied, and after their time', async () => {
      await using home = createHome()
      using store = await known(home)
      await teach(store, { slot: 'call_me', value: 'Max' })
      await teach(store, { slot: 'call_me', value: 'Max', polarity: -1, kind: 'correction', at: dayMs })
      await teach(store, { slot: 'schedule', value: 'on holiday', kind: 'temporary', lastsMs: dayMs, at: dayMs })
      expect(await told(store, 1.5 * dayMs)).toEqual(['schedule on holiday'])
      expect(await told(store, 2.5 * dayMs)).toEqual([])
    })

    it('are at most 300 in one scope, the strongest, and come back when there is room', async () => {
      await using home = createHome()
      using store = await known(home)
      const many = Array.from({ length: 320 }, (_, i) => aStatement({ value: `thing${i}`, at: i * 60_000 }))
      for (let i = 0; i < many.length; i += 40)
        await store.learning.learn(aLesson({ statements: many.slice(i, i + 40) }), [])
      const active = async () => (await all(store)).filter(({ status }) => status === 'active')
      expect(await active()).toHaveLength(300)
      expect((await active())[0]?.value).toBe('thing20')
      await store.learning.retract(mira, many[319]!.claim.message)
      expect((await active()).map(({ value }) => value)).toContain('thing19')
    })

    retraction(createHome)
  })
}

function retraction(createHome: () => StoreHome): void {
  it('are as if a message had never been, once it is taken back', async () => {
    await using home = createHome()
    using store = await known(home)
    const statements = [
      aStatement({ slot: 'location', value: 'Oslo' }),
      aStatement({ slot: 'location', value: 'Bergen', at: dayMs }),
      aStatement({ value: 'tea' }),
    ]
    await store.learning.learn(aLesson({ statements: [statements[0]!, statements[2]!] }), [])
    const before = await store.learning.briefData(aSight(), when(9 * dayMs))
    await store.learning.learn(aLesson({ statements: [statements[1]!] }), [])
    expect(await told(store)).toEqual(['likes tea', 'location Bergen'])
    expect(await store.learning.retract(mira, statements[1]!.claim.message)).toBe(true)
    expect(await store.learning.briefData(aSight(), when(9 * dayMs))).toEqual(before)
    expect(await store.learning.retract(mira, statements[1]!.claim.message)).toBe(false)
  })

  it('once forgotten do not come back by old words, in these or others, but by new ones', async () => {
    await using home = createHome()
    using store = await known(home)
    const said = aStatement({ value: 'green tea' })
    await store.learning.learn(aLesson({ statements: [said] }), [])
    const [trait] = await all(store)
    expect(await store.learning.forgetTrait(mira, trait!.id, when(dayMs))).toBe(true)
    expect(await store.learning.forgetTrait(mira, trait!.id, when(dayMs))).toBe(false)
    const again = { statements: [said, aStatement({ value: 'tea, green', at: hourMs })] }
    expect(await store.learning.learn(aLesson(again), [])).toEqual({ statements: 0, signals: 0, forgotten: 2 })
    expect(await all(store)).toEqual([])
    await teach(store, { value: 'green tea', at: 2 * dayMs })
    expect(await told(store)).toEqual(['likes green tea'])
  })

  it('are found by the words of a message, the rarest first', async () => {
    await using home = createHome()
    using store = await known(home)
    await teach(store, { value: 'hiking in the Dolomites' }, { value: 'hiking boots' }, { value: 'sourdough bread' })
    const found = await store.learning.recall(aSight(), ['hik', 'dolomit'], when(0), 5)
    expect(found.map(({ trait }) => trait.value)).toEqual(['hiking in the Dolomites', 'hiking boots'])
    expect(await store.learning.recall(aSight(), ['sail'], when(0), 5)).toEqual([])
  })

  it('move the revision by what has to show at once, and by nothing else', async () => {
    await using home = createHome()
    using store = await known(home)
    const moves = async (sketch: StatementSketch) => {
      const before = await store.learning.revision(aSight())
      await teach(store, sketch)
      return (await store.learning.revision(aSight())) !== before
    }
    expect(await moves({ value: 'tea' })).toBe(false)
    expect(await moves({ slot: 'call_me', value: 'Max' })).toBe(true)
    expect(await moves({ slot: 'call_me', value: 'Max', at: dayMs })).toBe(false)
    expect(await moves({ slot: 'reply_length', value: 'short', kind: 'instruction' })).toBe(true)
    expect(await moves({ value: 'tea', polarity: -1, kind: 'correction', at: 2 * dayMs })).toBe(true)
  })
}

async function known(home: StoreHome): Promise<Store> {
  const store = await home.open()
  await store.turns.receive(anAsked())
  return store
}

async function teach(store: Store, ...sketches: readonly StatementSketch[]): Promise<void> {
  await store.learning.learn(aLesson({ statements: sketches.map(aStatement) }), [])
}

async function all({ learning }: Readonly<{ learning: Learning }>): Promise<readonly Trait[]> {
  return (await learning.known(mira, aSight(dm).workspace, when(0))).traits
}

async function facts({ learning }: Store): Promise<readonly Trait[]> {
  return (await learning.briefData(aSight(), when(10 * dayMs))).facts
}

/** What a brief would say in the DM: `slot value`, in the order of the alphabet. */
async function told({ learning }: Store, at = 10 * dayMs): Promise<readonly string[]> {
  const { slots, facts: about } = await learning.briefData(aSight(), when(at))
  return [...slots, ...about]
    .map(({ slot, value, polarity }) => `${slot} ${value}${polarity === 1 ? '' : ' (not)'}`)
    .sort()
}
