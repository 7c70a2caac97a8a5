import { describe, expect, it } from 'vitest'
import { conversationOf } from '#src/core/place.ts'
import type { Reading, Signal } from '#src/core/signal.ts'
import type { Store } from '#src/core/store.ts'
import { aLesson, aSight, aSignal, dayMs, mira, when } from './a-lesson.ts'
import { aMessageId, anAsked } from './an-asked.ts'
import type { StoreHome } from './store-home.ts'

export function signalsContract(createHome: () => StoreHome): void {
  describe('signals', () => {
    it('fade by their half-life and are counted once', async () => {
      await using home = createHome()
      using store = await known(home)
      const signal = aSignal()
      expect(await write(store, signal)).toBe('new')
      expect(await write(store, signal)).toBe('known')
      const [now] = await read(store, 0)
      const [later] = await read(store, 45 * dayMs)
      expect([now?.positive, now?.negative, now?.count]).toEqual([1, 0, 1])
      expect(later?.positive).toBeCloseTo(0.5, 12)
    })

    it('turn a dial on when they are sure, and off when they have faded', async () => {
      await using home = createHome()
      using store = await known(home)
      await write(store, aSignal())
      expect((await read(store, 0))[0]?.isOn).toBe(false)
      await write(store, aSignal())
      expect((await read(store, 0))[0]).toMatchObject({ preference: 0.5, isOn: true })
      expect((await read(store, 60 * dayMs))[0]?.isOn).toBe(true)
      expect((await read(store, 120 * dayMs))[0]?.isOn).toBe(false)
    })

    it('that are guesses count once they come from two sessions, two a day at most', async () => {
      await using home = createHome()
      using store = await known(home)
      const guess = (at: number) => aSignal({ kind: 'inferred', at })
      for (const at of [0, 1, 2, 3]) await write(store, guess(at), 1)
      expect((await read(store, 3))[0]).toMatchObject({ positive: 0, count: 2 })
      await write(store, guess(dayMs), 2)
      const [reading] = await read(store, dayMs)
      expect(reading?.positive).toBeCloseTo(0.6 + 2 * 0.6 * 2 ** (-1 / 30), 6)
      expect(reading?.isOn).toBe(true)
    })

    it('of one message weigh at most five together, whatever it is said to weigh', async () => {
      await using home = createHome()
      using store = await known(home)
      const message = aMessageId('poison')
      for (let i = 0; i < 9; i += 1) await write(store, aSignal({ message, at: i }))
      expect((await read(store, 0))[0]?.positive).toBeCloseTo(5, 6)
    })

    it('leave nothing behind once they are taken back, and make room for what they kept out', async () => {
      await using home = createHome()
      using store = await known(home)
      const guesses = [0, 1, 2].map(at => aSignal({ kind: 'inferred', at, source: `guess-${at}` }))
      for (const guess of guesses) await write(store, guess)
      const reactions = [aSignal({ at: 5 }), aSignal({ at: 6, weight: -1 })]
      const before = await read(store, 9)
      for (const reaction of reactions) await write(store, reaction)
      for (const { source } of reactions) expect(await store.learning.retract(mira, source)).toBe(true)
      expect(await read(store, 9)).toEqual(before)
      await store.learning.retract(mira, guesses[0]!.source)
      const [reading] = await read(store, 9)
      expect(reading?.count).toBe(2)
      await store.learning.rebuild(mira)
      expect(await read(store, 9)).toEqual([reading])
    })

    it('are the same in whatever order they come, and made anew from the log', async () => {
      await using home = createHome()
      using store = await known(home)
      const signals = [3, 1, 2, 9, 5].map(at => aSignal({ at: at * dayMs, weight: at % 2 ? 1 : -1.5 }))
      for (const signal of signals) await write(store, signal)
      const read10 = (await read(store, 10 * dayMs))[0]
      const expected = signals
        .filter(({ weight }) => weight > 0)
        .reduce((sum, { at }) => sum + 2 ** ((at.getTime() - when(10 * dayMs).getTime()) / (45 * dayMs)), 0)
      expect(read10?.positive).toBeCloseTo(expected, 9)
      await store.learning.rebuild(mira)
      expect((await read(store, 10 * dayMs))[0]?.positive).toBeCloseTo(expected, 9)
    })

    it('move the revision when feedback moves a dial, there and back', async () => {
      await using home = createHome()
      using store = await known(home)
      const [one, two] = [aSignal({ at: 1 }), aSignal({ at: 2 })]
      const revisions: string[] = []
      for (const step of [
        () => write(store, one),
        () => write(store, two),
        () => store.learning.retract(mira, two.source),
      ]) {
        await step()
        revisions.push(await store.learning.revision(aSight()))
      }
      expect(revisions[0]).toBe('')
      expect(new Set(revisions).size).toBe(3)
    })

    it('of a session fade within hours and go with it', async () => {
      await using home = createHome()
      using store = await known(home)
      const asked = anAsked()
      const session = await store.learning.startSession(mira, asked.place, when(0))
      await store.learning.sessionSignal(session.id, aSignal({ key: 'mood', value: 'rushed', halfLifeMs: 7_200_000 }))
      const moods = (at: number) => store.learning.sessionReadings(aSight(), conversationOf(asked.place), when(at))
      expect((await moods(0)).map(({ value }) => value)).toEqual(['rushed'])
      expect(await moods(31 * 60_000)).toEqual([])
      const same = await store.learning.startSession(mira, asked.place, when(20 * 60_000))
      const next = await store.learning.startSession(mira, asked.place, when(51 * 60_000))
      expect([same.id === session.id, next.id === session.id]).toEqual([true, false])
      expect(await moods(51 * 60_000)).toEqual([])
    })
  })
}

async function known(home: StoreHome): Promise<Store> {
  const store = await home.open()
  await store.turns.receive(anAsked())
  return store
}

async function write({ learning }: Store, signal: Signal, session = 1): Promise<'new' | 'known'> {
  return await learning.writeSignal(aLesson({ session }), signal)
}

async function read({ learning }: Store, at: number): Promise<readonly Reading[]> {
  return await learning.readAggregate(aSight(), when(at), 'reply_length')
}
