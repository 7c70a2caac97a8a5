import { describe, expect, it } from 'vitest'
import type { Place } from '#src/core/place.ts'
import type { Store } from '#src/core/store.ts'
import { aLesson, aSight, aSignal, aStatement, mira, when } from './a-lesson.ts'
import { anAsked } from './an-asked.ts'
import { aPerson } from './an-event.ts'
import type { StoreHome } from './store-home.ts'

const team = { platform: 'test', workspace: 'T1', thread: undefined } as const
const dm: Place = { ...team, channel: 'D1', audience: 'dm' }
const hall: Place = { ...team, channel: 'hall', audience: 'public' }
const den: Place = { ...team, channel: 'den', audience: 'private' }
const attic: Place = { ...team, channel: 'attic', audience: 'private' }
const bridge: Place = { ...team, channel: 'bridge', audience: 'external' }
const otherTeam: Place = { ...hall, workspace: 'T2' }
const jonas = aPerson('Jonas').id

export function visibilityContract(createHome: () => StoreHome): void {
  describe('visibility', () => {
    it('lets what was said be heard again only where that is allowed', async () => {
      await using home = createHome()
      using store = await home.open()
      await store.turns.receive(anAsked())
      for (const place of [dm, hall, den, attic, bridge, otherTeam]) await teach(store, place)
      expect(await heard(store, dm)).toEqual(['D1', 'hall'])
      expect(await heard(store, hall)).toEqual(['hall'])
      expect(await heard(store, den)).toEqual(['den', 'hall'])
      expect(await heard(store, attic)).toEqual(['attic', 'hall'])
      expect(await heard(store, bridge)).toEqual(['bridge'])
      expect(await heard(store, otherTeam)).toEqual(['hall of T2'])
    })

    it('keeps what was said in a closed channel closed when the channel is opened', async () => {
      await using home = createHome()
      using store = await home.open()
      await store.turns.receive(anAsked())
      await teach(store, den)
      expect(await heard(store, { ...den, audience: 'public' })).toEqual([])
      expect(await heard(store, { ...den, audience: 'external' })).toEqual([])
      expect(await heard(store, den)).toEqual(['den'])
      await teach(store, bridge)
      expect(await heard(store, { ...bridge, audience: 'private' })).toEqual(['bridge'])
    })

    it('keeps a closed thread to itself, also from other closed threads of its channel', async () => {
      await using home = createHome()
      using store = await home.open()
      await store.turns.receive(anAsked())
      const [one, other] = ['1', '2'].map((thread): Place => ({ ...hall, thread, audience: 'private', apart: true }))
      await teach(store, one as Place)
      for (const place of [other as Place, hall, { ...hall, audience: 'private' as const }]) {
        expect(await heard(store, place)).toEqual([])
      }
      expect(await heard(store, one as Place)).toEqual(['hall'])
    })

    it('lets style travel through the workspace, identity and facts not', async () => {
      await using home = createHome()
      using store = await home.open()
      await store.turns.receive(anAsked())
      const statements = [
        aStatement({ slot: 'reply_length', value: 'short', kind: 'instruction' }),
        aStatement({ slot: 'call_me', value: 'Max' }),
      ]
      await store.learning.learn(
        aLesson({ place: dm, statements, signals: [aSignal(), aSignal({ key: 'topic', value: 'music' })] }),
        [],
      )
      const { slots, dials } = await store.learning.briefData(aSight(hall), when(0))
      expect(slots.map(({ slot }) => slot)).toEqual(['reply_length'])
      expect(dials.map(({ key }) => key)).toEqual(['reply_length'])
      expect((await store.learning.readAggregate(aSight(hall), when(0))).map(({ key }) => key)).toEqual([
        'reply_length',
      ])
      expect((await store.learning.briefData(aSight(otherTeam), when(0))).slots).toEqual([])
    })

    it('lets nothing travel that only pretends to be style', async () => {
      await using home = createHome()
      using store = await home.open()
      await store.turns.receive(anAsked())
      const statements = [
        aStatement({ slot: 'tone', value: 'as to my dying mother' }),
        aStatement({ slot: 'language', value: 'from Oslo' }),
      ]
      const signals = [aSignal({ key: 'tone', value: 'divorced' })]
      await store.learning.learn(aLesson({ place: dm, statements, signals }), [])
      const { slots, dials } = await store.learning.briefData(aSight(hall), when(0))
      expect([slots, dials]).toEqual([[], []])
    })

    it('tells nobody of another person, and takes nothing back for one', async () => {
      await using home = createHome()
      using store = await home.open()
      for (const name of ['Mira', 'Jonas']) await store.turns.receive(anAsked({ person: aPerson(name) }))
      const statement = aStatement({ value: 'tea' })
      await store.learning.learn(aLesson({ place: hall, statements: [statement] }), [])
      const { facts } = await store.learning.briefData(aSight(hall, jonas), when(0))
      expect(facts).toEqual([])
      expect(await store.learning.recall(aSight(hall, jonas), ['tea'], when(0), 5)).toEqual([])
      expect(await store.learning.retract(jonas, statement.claim.message)).toBe(false)
      const [trait] = (await store.learning.known(mira, aSight(hall).workspace, when(0))).traits
      expect(await store.learning.forgetTrait(jonas, trait!.id, when(1))).toBe(false)
      expect((await store.learning.briefData(aSight(hall), when(0))).facts).toHaveLength(1)
    })
  })
}

async function teach(store: Store, place: Place): Promise<void> {
  const value = place.workspace === 'T1' ? place.channel : `${place.channel} of ${place.workspace}`
  await store.learning.learn(aLesson({ place, statements: [aStatement({ value })] }), [])
}

async function heard(store: Store, place: Place): Promise<readonly string[]> {
  const { facts } = await store.learning.briefData(aSight(place), when(0))
  return facts.map(({ value }) => value).sort()
}
