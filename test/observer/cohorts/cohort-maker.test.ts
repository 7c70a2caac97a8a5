import { describe, expect, it } from 'vitest'
import { plantedAt } from '#bench/cohorts/newcomers.ts'
import { plant } from '#bench/cohorts/plant-people.ts'
import type { Store } from '#src/core/store.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import { CohortMaker } from '#src/observer/cohorts/cohort-maker.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { aStatement } from '#test/support/a-lesson.ts'
import { aHall, hall, people, short } from './a-workspace.ts'

const [hour, day] = [3_600_000, 24 * 3_600_000]
const workspace = workspaceOf(hall)
const noon = Date.parse('2026-03-03T12:00:00Z')

describe('making cohorts', () => {
  it('happens once a night for each workspace', async () => {
    const { store, madeAt, sweep } = aNight()
    using _ = store
    await people(store, 20)
    await people(store, 20, { place: aHall('T2') })
    await sweep(noon)
    expect(await madeAt()).toEqual([noon, noon])
    await sweep(noon + 14 * hour)
    expect(await madeAt()).toEqual([noon, noon])
    await sweep(noon + 15 * hour)
    expect(await madeAt()).toEqual([noon + 15 * hour, noon + 15 * hour])
  })

  it.each([
    ['a person is forgotten', async ({ forget }, { person }) => forget.person(person)],
    [
      'one thing is',
      async ({ learning }, { person, at }) => {
        const { traits } = await learning.known(person, workspace, at)
        await learning.forgetTrait(person, traits.find(({ slot }) => slot === 'reply_length')?.id as never, at)
      },
    ],
    [
      'a message is deleted',
      async ({ forget, learning }, { person, at }) => {
        const { traits } = await learning.known(person, workspace, at)
        await forget.message(traits[0]?.evidence[0]?.message as never)
      },
    ],
  ] satisfies readonly [string, (store: Store, of: Erased) => Promise<void> | void][])(
    'happens again within the hour when %s, and what it gave is gone',
    async (_, erase) => {
      const { store, at, sweep } = aNight()
      using __ = store
      const [person] = await people(store, 20)
      if (person === undefined) throw new Error('nobody was planted')
      await sweep(noon)
      expect((await store.cohorts.published(workspace))[0]?.values).toHaveLength(2)
      at(noon + 10 * 60_000)
      await erase(store, { person, at: new Date(noon + 10 * 60_000) })
      await sweep(noon + hour)
      const values = (await store.cohorts.published(workspace)).flatMap(cohort => cohort.values)
      expect(values.filter(({ slot }) => slot === short.slot).map(({ contributors }) => contributors)).not.toContain(20)
      expect(values.filter(({ contributors }) => contributors === 20).length).toBeLessThanOrEqual(1)
    },
  )

  it('starts anew when somebody has something erased while it is under way', async () => {
    const { store, at, sweep } = aNight()
    using _ = store
    const [person] = await people(store, 60)
    if (person === undefined) throw new Error('nobody was planted')
    const maker = new CohortMaker({ ...store, mode: 'on', ticks: slow() })
    expect(await maker.step(new Date(noon))).toBe(true)
    at(noon + 1_000)
    await store.forget.person(person)
    while (await maker.step(new Date(noon + 2_000)));
    await sweep(noon + hour)
    expect((await store.cohorts.published(workspace))[0]?.members).toBe(59)
  })

  it('gives the same numbers for the same people, whatever they said in closed places', async () => {
    const published = await Promise.all(
      [false, true].map(async isTalkative => {
        const { store, sweep } = aNight()
        using _ = store
        const all = await people(store, 30)
        for (const person of isTalkative ? all : []) {
          const statements = [
            aStatement({ slot: 'likes', value: 'secret meetings' }),
            aStatement({ slot: 'call_me', value: 'Mo' }),
          ]
          const scope = 'private:C9'
          await store.learning.learn({ workspace, scope, session: '3', person, statements, signals: [] } as never, [])
        }
        await sweep(noon)
        return await store.cohorts.published(workspace)
      }),
    )
    expect(published[0]).toHaveLength(1)
    expect(published[1]).toEqual(published[0])
  })

  it('counts what linked accounts told elsewhere in no other workspace', async () => {
    const { store, sweep } = aNight()
    using _ = store
    await people(store, 19)
    const here = await plant(store, { name: 'here', place: hall, tastes: [], at: plantedAt })
    const statements = [aStatement({ slot: 'units', value: 'metric' })]
    await store.learning.learn(
      { workspace, scope: 'public', session: '2', person: here, statements, signals: [] } as never,
      [],
    )
    const there = await plant(store, { name: 'there', place: aHall('T2'), tastes: [short], at: plantedAt })
    const { code } = await store.links.issue({ person: here, name: 'here' }, new Date(noon))
    const asked = await store.links.redeem(code, { person: there, name: 'there' }, new Date(noon))
    if (asked.outcome !== 'asked') throw new Error(asked.outcome)
    for (const account of [here, there]) await store.links.confirm(account, new Date(noon))
    expect(await store.links.of(here)).toHaveLength(1)
    await sweep(noon)
    expect(await store.cohorts.published(workspace)).toEqual([])
  })
})

type Erased = Readonly<{ person: Awaited<ReturnType<typeof people>>[number]; at: Date }>

function aNight() {
  let now = noon
  const store = openStore({ path: ':memory:', now: () => new Date(now) })
  const maker = new CohortMaker({ ...store, mode: 'on' })
  return {
    store,
    at: (ms: number) => {
      now = ms
    },
    madeAt: async () => (await store.cohorts.made()).map(({ at }) => at.getTime()),
    async sweep(ms: number) {
      now = ms
      while (await maker.step(new Date(ms)));
    },
  }
}

/** Each look at it is a long while later: a step ends at its first rest. */
function slow(): () => number {
  let ticks = 0
  return () => {
    ticks += day
    return ticks
  }
}
