import { describe, expect, it } from 'vitest'
import { strangers, subjectOf } from '#src/core/access.ts'
import { conversationOf } from '#src/core/place.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import { anAsked, aReply, begun, exchanged, lines } from './an-asked.ts'
import { aPerson, channel } from './an-event.ts'
import type { StoreHome } from './store-home.ts'

const mira = aPerson('Mira').id
const jonas = aPerson('Jonas').id
const harbour = workspaceOf(channel)
const minuteMs = 60_000
const hourMs = 60 * minuteMs
const noon = 1_800_000_000_000
const at = (ms: number) => new Date(noon + ms)

export function accessContract(createHome: () => StoreHome): void {
  describe('access', () => {
    it('keeps what the admins of a workspace ruled, the last word on each subject, from others apart', async () => {
      await using home = createHome()
      const crew = subjectOf('role', 'test:harbour:crew')
      {
        using store = await home.open()
        await store.accessRules.rule(harbour, crew, 'deny', mira, at(0))
        await store.accessRules.rule(harbour, strangers, 'allow', mira, at(0))
        await store.accessRules.rule(harbour, crew, 'allow', jonas, at(1))
        await store.accessRules.rule(harbour, strangers, undefined, jonas, at(1))
      }
      using store = await home.open()
      expect(await store.accessRules.of(harbour)).toEqual([{ subject: crew, says: 'allow' }])
      expect(await store.accessRules.of(workspaceOf({ platform: 'test', workspace: 'other' }))).toEqual([])
    })

    it('counts what each person asked in the last day, over a restart, and forgets it then', async () => {
      await using home = createHome()
      {
        using store = await home.open()
        for (const ms of [0, minuteMs, 2 * minuteMs]) await store.usage.ask(mira, at(ms))
        await store.usage.ask(jonas, at(3 * minuteMs))
      }
      using store = await home.open()
      const now = at(4 * minuteMs)
      expect(await store.usage.nthAsked(mira, 1, now)).toEqual(at(2 * minuteMs))
      expect(await store.usage.nthAsked(mira, 3, now)).toEqual(at(0))
      expect(await store.usage.nthAsked(mira, 4, now)).toBeUndefined()
      expect(await store.usage.askedSince(mira, at(0))).toBe(2)
      expect(await store.usage.nthAsked(mira, 3, at(24 * hourMs))).toBeUndefined()
      await store.usage.ask(jonas, at(25 * hourMs))
      expect(await store.usage.askedSince(mira, at(-1))).toBe(0)
      expect(await store.usage.askedSince(jonas, at(-1))).toBe(1)
    })

    it('bars nobody by what was counted before a clock was set back', async () => {
      await using home = createHome()
      using store = await home.open()
      const year = 365 * 24 * hourMs
      for (const ms of [0, year, year + 1]) await store.usage.ask(mira, at(ms))
      expect(await store.usage.tellRefusal(mira, at(year), at(year - 10 * minuteMs))).toBe(true)
      await store.usage.ask(mira, at(minuteMs))
      expect(await store.usage.nthAsked(mira, 1, at(2 * minuteMs))).toEqual(at(minuteMs))
      expect(await store.usage.nthAsked(mira, 2, at(2 * minuteMs))).toBeUndefined()
      expect(await store.usage.tellRefusal(mira, at(2 * minuteMs), at(-8 * minuteMs))).toBe(true)
      expect(await store.usage.tellRefusal(mira, at(3 * minuteMs), at(-7 * minuteMs))).toBe(false)
    })

    it('adds up the tokens of all', async () => {
      await using home = createHome()
      using store = await home.open()
      await store.usage.spend(100, at(0))
      await store.usage.spend(20, at(1))
      await store.usage.spend(3, at(30 * hourMs))
      expect(await store.usage.spentSince(at(0))).toBe(123)
      expect(await store.usage.spentSince(at(6 * hourMs))).toBe(3)
    })

    it('tells a refusal to each person once in a while', async () => {
      await using home = createHome()
      const told = async (store: Awaited<ReturnType<StoreHome['open']>>, person: typeof mira, ms: number) =>
        await store.usage.tellRefusal(person, at(ms), at(ms - 10 * minuteMs))
      {
        using store = await home.open()
        expect(await told(store, mira, 0)).toBe(true)
        expect(await told(store, jonas, 1)).toBe(true)
      }
      using store = await home.open()
      expect(await told(store, mira, 9 * minuteMs)).toBe(false)
      expect(await told(store, mira, 10 * minuteMs)).toBe(true)
      expect(await told(store, mira, 19 * minuteMs)).toBe(false)
    })
  })

  describe('what is not answered', () => {
    it('stays so when it comes again, and leaves no words', async () => {
      await using home = createHome()
      const asked = anAsked({ text: 'too much' })
      {
        using store = await home.open()
        expect(await store.turns.turnAway(asked.key)).toBe('new')
        expect(await store.turns.turnAway(asked.key)).toBe('known')
      }
      using store = await home.open()
      expect(await store.turns.receive(asked)).toBe('known')
      expect(await store.turns.waiting()).toEqual([])
      expect(await store.history.last(conversationOf(asked.place), 10)).toEqual([])
    })

    it('stands in the transcript once when it was overheard, and waits for nobody', async () => {
      await using home = createHome()
      const said = anAsked({ place: channel, text: 'nice weather' })
      {
        using store = await home.open()
        expect(await store.turns.overhear(said)).toBe('new')
        expect(await store.turns.overhear(said)).toBe('known')
        expect(await store.turns.receive(said)).toBe('known')
        await exchanged(store, anAsked({ at: 1, place: channel, text: 'what did I say?' }), 'Nice weather.')
      }
      using store = await home.open()
      expect(await store.turns.waiting()).toEqual([])
      expect(await store.turns.open()).toEqual([])
      expect(lines(await store.history.window(conversationOf(channel), 20))).toEqual([
        'Mira: nice weather',
        'Mira: what did I say?',
        'Aeries to Mira: Nice weather.',
      ])
    })
  })

  describe('who spoke', () => {
    it('may be told with a reply', async () => {
      await using home = createHome()
      using store = await home.open()
      const turn = await begun(store, anAsked())
      await store.turns.finish(turn, { ...aReply('Ahoy.'), persona: 'Captain' }, at(0))
      expect(await store.turns.open()).toEqual([])
    })
  })
}
