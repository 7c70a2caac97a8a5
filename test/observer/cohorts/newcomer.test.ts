import { describe, expect, it } from 'vitest'
import { askedAt, lengthErrors, plantedAt, settle } from '#bench/cohorts/newcomers.ts'
import { brisk, plant, terse, thorough } from '#bench/cohorts/plant-people.ts'
import { createRandom } from '#bench/history/random.ts'
import { ignoredPreference } from '#src/core/ignored.ts'
import { incognitoPreference } from '#src/core/incognito.ts'
import { conversationOf } from '#src/core/place.ts'
import { scopeOf, scopeOfTalk } from '#src/core/preferences.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import { isPartOfCohorts } from '#src/observer/cohorts/opted-out.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { aSignal, aStatement } from '#test/support/a-lesson.ts'
import { aHall, casual, firstBrief, hall, lentLine, people, short } from './a-workspace.ts'

describe('a newcomer', () => {
  it('starts with what twenty people of the workspace like, and with nothing of nineteen', async () => {
    using store = openStore({ path: ':memory:' })
    await people(store, 19)
    expect((await firstBrief(store)).standing).toBe('')
    await plant(store, { name: 'U19', place: hall, tastes: [short, casual], at: plantedAt })
    expect((await firstBrief(store)).standing).toContain(lentLine)
  })

  it.each([
    ['one style', [brisk]],
    ['three styles', [brisk, thorough, terse]],
  ] as const)('gets answers at least 40 % nearer to the length they like: %s', async (_, styles) => {
    using store = openStore({ path: ':memory:' })
    const random = createRandom(1)
    const place = await settle(
      store,
      'T1',
      styles.map(style => [style, 24]),
      random,
    )
    const greeted = await Promise.all(styles.map(style => lengthErrors(store, place, { style, people: 60, random })))
    const sum = (of: 'shipped' | 'lent') => greeted.reduce((all, one) => all + one[of], 0)
    expect(sum('shipped')).toBeGreaterThan(50)
    expect(1 - sum('lent') / sum('shipped')).toBeGreaterThanOrEqual(0.4)
  })

  it('is met by the cohort that writes as they do', async () => {
    using store = openStore({ path: ':memory:' })
    const place = await settle(
      store,
      'T1',
      [
        [brisk, 40],
        [thorough, 40],
      ],
      createRandom(1),
    )
    const casually = await firstBrief(store, { place, words: 'hey, wanna tell me how tides work??' })
    expect(casually.standing).toContain('short answers, bullet points, a casual tone, emoji')
    const formally = await firstBrief(store, { place, words: 'Dear Aeries, could you please explain the tides?' })
    expect(formally.standing).toContain('long, thorough answers, headings, a formal tone')
  })

  it('takes nothing of another workspace, nor of guests from one', async () => {
    using store = openStore({ path: ':memory:' })
    await people(store, 30)
    await people(store, 30, { place: aHall('T3'), external: true })
    for (const workspace of ['T2', 'T3']) {
      expect((await firstBrief(store, { place: aHall(workspace) })).standing).toBe('')
    }
  })

  it('has their own word before any default, whatever little it is', async () => {
    using store = openStore({ path: ':memory:' })
    await people(store, 30)
    const person = await plant(store, {
      name: 'said',
      place: hall,
      tastes: [{ ...short, value: 'long' }],
      at: plantedAt,
    })
    const told = await firstBrief(store, { person: 'said' })
    expect(told.standing).toContain('Give long, thorough answers.')
    expect(told.standing).toContain('not learnt from them: a casual tone.')
    const about = { workspace: workspaceOf(hall), scope: 'public', session: '2' } as never
    const refused = await plant(store, { name: 'refused', place: hall, tastes: [], at: plantedAt })
    const statement = aStatement({ slot: 'tone', value: 'casual', kind: 'dislike', polarity: -1 })
    await store.learning.learn({ ...Object(about), person: refused, statements: [statement], signals: [] }, [])
    expect((await firstBrief(store, { person: 'refused' })).standing).toContain('not learnt from them: short answers.')
    const reacted = await plant(store, { name: 'reacted', place: hall, tastes: [], at: plantedAt })
    const thanks = aSignal({ kind: 'thanks', value: 'long', at: 2 * 24 * 3_600_000 })
    await store.learning.writeSignal({ ...Object(about), person: reacted }, thanks)
    expect((await firstBrief(store, { person: 'reacted' })).standing).toContain('not learnt from them: a casual tone.')
    expect(person).not.toBe(refused)
  })

  it('loses nothing that is known of them to a default, however little room there is', async () => {
    using store = openStore({ path: ':memory:' })
    await people(store, 30)
    const person = await plant(store, { name: 'known', place: hall, tastes: [], at: plantedAt })
    const statements = 'tea jazz hiking chess sailing bread'.split(' ').map(value => aStatement({ value }))
    const lesson = { workspace: workspaceOf(hall), scope: 'public', session: '2', person, statements, signals: [] }
    await store.learning.learn(lesson as never, [])
    for (const budget of [500, 150, 60, 20]) {
      const { standing, tokens } = await firstBrief(store, { person: 'known', budget })
      expect(tokens).toBeLessThanOrEqual(budget)
      if (budget >= 150) expect(standing).toContain('They like "tea".')
    }
  })
})

describe('who keeps their style to themselves', () => {
  const everywhere = { name: 'learning', value: 'off', scope: scopeOf }
  const talk = conversationOf(hall)
  it.each([
    ['does not want to be learnt from', everywhere],
    ['does not want it in one place', { ...everywhere, scope: (person: never) => scopeOf(person, hall) }],
    ['made a pause', { ...everywhere, name: 'learning paused until', value: '2027-01-01T00:00:00.000Z' }],
    ['wants to be ignored', { ...everywhere, name: ignoredPreference, value: 'on' }],
    [
      'is incognito somewhere',
      { name: incognitoPreference, value: '2026-03-01', scope: (person: never) => scopeOfTalk(person, talk) },
    ],
  ] as const)('%s: they neither give nor take', async (_, { name, value, scope }) => {
    using store = openStore({ path: ':memory:' })
    const [first] = await people(store, 20)
    expect((await firstBrief(store)).standing).toContain(lentLine)
    await store.preferences.choose(name, scope(first as never), value)
    expect((await firstBrief(store)).standing).toBe('')
    await people(store, 25)
    expect((await firstBrief(store)).standing).toContain(lentLine)
    const newcomer = await plant(store, { name: 'newcomer', place: hall, tastes: [], at: plantedAt })
    await store.preferences.choose(name, scope(newcomer as never), value)
    expect((await firstBrief(store)).standing).toBe('')
  })

  it('is everybody who was not asked, where people are asked, and everybody where nothing is learnt', async () => {
    using store = openStore({ path: ':memory:' })
    const [person] = await people(store, 1)
    if (person === undefined) throw new Error('nobody was planted')
    const { preferences } = store
    const about = { person, workspace: workspaceOf(hall), at: askedAt }
    const isPart = (mode: 'on' | 'ask' | 'off') => isPartOfCohorts({ preferences, mode }, about)
    expect([await isPart('on'), await isPart('ask'), await isPart('off')]).toEqual([true, false, false])
    await preferences.choose('learning', scopeOf(person), 'on')
    expect([await isPart('on'), await isPart('ask'), await isPart('off')]).toEqual([true, true, false])
    const places = new Map([[workspaceOf(hall), 'off' as const]])
    expect(await isPartOfCohorts({ preferences, mode: 'on', places }, about)).toBe(false)
  })
})
