import { describe, expect, it } from 'vitest'
import { type AccessSettings, type Limits, openToAll, type Rule, type Subject, subjectOf } from '#src/core/access.ts'
import { conversationOf } from '#src/core/place.ts'
import { scopeOfPlace } from '#src/core/preferences.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import { Access, listeningPreference } from '#src/engine/access/access.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { aHouse } from '#test/engine/a-house.ts'
import { aWorld } from '#test/engine/a-world.ts'
import { createSqliteHome } from '#test/sqlite/sqlite-home.ts'
import { anEvent, aPerson, channel, dm } from '#test/support/an-event.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { RecordingSurface } from '#test/support/recording-surface.ts'

const secondMs = 1_000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs

const jonas = aPerson('Jonas')
const strange = { ...aPerson('Otto'), external: true }

function settings(limits: Partial<Limits> = {}, rules: readonly Rule[] = []): AccessSettings {
  return { ...openToAll, rules, limits: { ...openToAll.limits, ...limits } }
}

describe('limits', () => {
  it('answer ten messages in a minute, then say kindly when the next one is answered', async () => {
    const { clock, hear, turns } = aHouse(undefined, { access: settings({ perMinute: 10 }) })
    for (let i = 0; i < 10; i += 1) {
      hear({ text: `question ${i}` })
      await clock.advance(secondMs)
    }
    expect(turns).toHaveLength(10)
    const { surface } = hear({ text: 'one more' })
    await clock.advance(secondMs)
    expect(surface.shown).toEqual([
      'That is a lot at once: I answer 10 messages a minute. Ask me again in 50 seconds, and I am all ears.',
    ])
    await clock.advance(49 * secondMs)
    const again = hear({ text: 'now?' })
    await clock.advance(secondMs)
    expect(again.surface.shown).toEqual(['You said: now?'])
  })

  it('say it once in ten minutes to each person, and are silent otherwise', async () => {
    const { clock, hear, model } = aHouse(undefined, { access: settings({ perDay: 1 }) })
    const shown = async (person = aPerson('Mira')) => {
      const { surface } = hear({ person })
      await clock.advance(minuteMs)
      return surface.shown
    }
    expect(await shown()).toEqual(['You said: hello'])
    const refused = 'We have talked a lot today: I answer 1 messages a day for each person.'
    expect((await shown())[0]).toContain(refused)
    for (let i = 0; i < 9; i += 1) expect(await shown()).toEqual([])
    expect(await shown(jonas)).toEqual(['You said: hello'])
    expect((await shown(jonas))[0]).toContain(refused)
    expect((await shown())[0]).toContain(refused)
    expect(model.requests).toHaveLength(2)
  })

  it('answer the 200th message of a day, refuse the 201st, and look back a day and not further, over a restart', async () => {
    using home = createSqliteHome()
    const clock = new ManualClock()
    const access = settings({ perDay: 200 })
    {
      using store = openStore({ path: home.path, now: () => clock.now() })
      const { hear, turns } = aHouse(undefined, { access, clock, store })
      for (let i = 0; i < 200; i += 1) {
        hear()
        await clock.advance(minuteMs)
      }
      expect(turns).toHaveLength(200)
    }
    using store = openStore({ path: home.path, now: () => clock.now() })
    const { hear, turns } = aHouse(undefined, { access, clock, store })
    const { surface } = hear()
    await clock.advance(minuteMs)
    expect(surface.shown).toEqual([
      'We have talked a lot today: I answer 200 messages a day for each person. I am there for you again in 21 hours.',
    ])
    expect(turns).toEqual([])
    await clock.advance(24 * hourMs - 201 * minuteMs)
    hear()
    await clock.advance(minuteMs)
    expect(turns).toHaveLength(1)
  })

  it('refuse a message that is too long, and take one that just fits', async () => {
    const { clock, hear, store } = aHouse(() => ['yes'], { access: settings({ characters: 12_000 }) })
    const fits = hear({ text: 'x'.repeat(12_000) })
    await clock.advance(secondMs)
    expect(fits.surface.shown).toEqual(['yes'])
    const long = hear({ text: 'x'.repeat(12_001) })
    await clock.advance(secondMs)
    expect(long.surface.shown).toEqual([
      'That is more than I can read at once: 12,001 characters, and I take 12,000. Send me the part that matters most.',
    ])
    expect(await store.history.last(conversationOf(dm), 9)).toHaveLength(2)
  })

  it('count an event once, and never answer one that was refused', async () => {
    const { clock, hear, engine, turns } = aHouse(undefined, { access: settings({ perMinute: 2 }) })
    const first = hear()
    await clock.advance(secondMs)
    for (let i = 0; i < 5; i += 1) engine.event(first.event)
    hear()
    await clock.advance(secondMs)
    const refused = hear()
    await clock.advance(secondMs)
    expect(turns).toHaveLength(2)
    await clock.advance(2 * minuteMs)
    engine.event(refused.event)
    await clock.advance(minuteMs)
    expect(turns).toHaveLength(2)
  })

  it('share one budget of tokens among all', async () => {
    const house = aHouse(undefined, { access: settings({ tokensPerDay: 1_000 }) })
    const { clock, hear, store } = house
    await store.usage.spend(999, clock.now())
    const { surface } = hear()
    await clock.advance(secondMs)
    expect(surface.shown).toEqual(['You said: hello'])
    await store.usage.spend(1, clock.now())
    const refused = hear({ person: jonas })
    await clock.advance(secondMs)
    expect(refused.surface.shown[0]).toContain('I have said all that I may say today')
    await clock.advance(26 * hourMs)
    const later = hear({ person: jonas })
    await clock.advance(secondMs)
    expect(later.surface.shown).toEqual(['You said: hello'])
  })

  it('count an answer that somebody stopped, of which the server tells no count', async () => {
    const words = Array.from({ length: 400 }, (_, at) => [20, `word${at} `] as const).flat()
    const house = aHouse(() => words, { access: settings({ tokensPerDay: 300 }) })
    const { clock, hear, store } = house
    hear()
    await clock.advance(6 * secondMs)
    expect(await store.usage.spentSince(new Date(0))).toBe(0)
    hear({ text: 'stop' })
    await clock.advance(2 * secondMs)
    expect(house.turns.map(({ reply }) => reply.outcome)).toEqual(['stopped'])
    expect(await store.usage.spentSince(new Date(0))).toBeGreaterThan(300)
    const refused = hear()
    await clock.advance(secondMs)
    expect(refused.surface.shown[0]).toContain('I have said all that I may say today')
  })

  it('hold for what was missed as well, by the time at which it was said, without a word about it', async () => {
    const world = aWorld()
    const at = (ms: number) => new Date(world.clock.now().getTime() - minuteMs + ms)
    const store = world.store
    await store.turns.receive(anAskedBefore())
    for (let i = 0; i < 4; i += 1) world.missed.push(world.say({ at: at(i * secondMs), text: `missed ${i}` }))
    const { turns } = await world.start(undefined, { access: settings({ perMinute: 3 }) })
    await world.clock.advance(30 * secondMs)
    expect(turns.flatMap(({ turn }) => turn.asked.map(({ message }) => message.text))).toEqual([
      'before',
      'missed 0',
      'missed 1',
      'missed 2',
    ])
    expect(world.surface.shown.filter(text => text.includes('a lot at once'))).toEqual([])
  })

  it('count whatever else asks the model, through one door', async () => {
    const clock = new ManualClock()
    const store = openStore({ path: ':memory:' })
    const access = new Access({ store, clock, settings: settings({ perMinute: 3, characters: 100 }) })
    const mira = aPerson('Mira')
    expect(await access.charge({ person: mira, place: dm })).toBeUndefined()
    expect((await access.charge({ person: mira, place: dm, characters: 101 }))?.words).toContain('more than I can read')
    expect((await access.charge({ person: mira, place: dm, times: 3 }))?.words).toContain('a lot at once')
    expect(await access.charge({ person: mira, place: dm, times: 2, characters: 100 })).toBeUndefined()
    expect((await access.charge({ person: mira, place: dm }))?.words).toContain('a lot at once')
    expect((await access.charge({ person: strange, place: channel }))?.words).toContain('one of its admins')
    expect(await access.quota(mira)).toMatchObject({ inMinute: 3, inDay: 3 })
    await clock.advance(minuteMs)
    expect(await access.charge({ person: mira, place: dm })).toBeUndefined()
  })
})

describe('who is not heard', () => {
  const here = subjectOf('channel', 'test:harbour:general')

  it('reads nothing where they are denied, and leaves nothing', async () => {
    const { clock, hear, store } = aHouse(undefined, { access: settings({}, [{ subject: here, says: 'deny' }]) })
    const { surface } = hear({ place: channel })
    await clock.advance(minuteMs)
    expect(surface.shown).toEqual([])
    expect(await store.history.knows(conversationOf(channel))).toBe(false)
  })

  it('reads kindly who could let them in, when they are from outside, until an admin does', async () => {
    const { clock, hear, store } = aHouse(undefined, { access: settings() })
    const refused = hear({ place: channel, person: strange })
    await clock.advance(secondMs)
    expect(refused.surface.shown).toEqual([
      'I am here for the people of this workspace. Ask one of its admins to let me talk with you, and I will gladly.',
    ])
    await store.accessRules.rule(workspaceOf(channel), 'strangers' as Subject, 'allow', jonas.id, clock.now())
    const heard = hear({ place: channel, person: strange })
    await clock.advance(secondMs)
    expect(heard.surface.shown).toEqual(['You said: Otto: hello'])
  })
})

describe('words that are said to others', () => {
  const overheard = { place: channel, message: { addressed: false } } as const

  it('become history where an admin lets Aeries listen, and are answered by nobody', async () => {
    const { clock, hear, store, model, turns } = aHouse()
    await store.preferences.choose(listeningPreference, scopeOfPlace(channel), 'on')
    hear({ ...overheard, text: 'the ferry is late', person: jonas })
    await clock.advance(minuteMs)
    expect(model.requests).toEqual([])
    hear({ place: channel, text: 'what did Jonas say?' })
    await clock.advance(minuteMs)
    expect(turns).toHaveLength(1)
    expect(model.requests[0]?.messages.map(({ content }) => content).join('\n')).toContain('Jonas: the ferry is late')
  })

  it('are forgotten at once where nobody did, and where who says them is denied', async () => {
    const denied = { subject: subjectOf('person', jonas.id), says: 'deny' } as const
    const { clock, hear, store } = aHouse(undefined, { access: settings({}, [denied]) })
    hear({ ...overheard, text: 'before' })
    await clock.advance(secondMs)
    await store.preferences.choose(listeningPreference, scopeOfPlace(channel), 'on')
    hear({ ...overheard, text: 'denied', person: jonas })
    hear({ ...overheard, text: 'strange', person: strange })
    await clock.advance(secondMs)
    expect(await store.history.last(conversationOf(channel), 9)).toEqual([])
  })
})

function anAskedBefore() {
  const clock = new ManualClock()
  const event = anEvent({
    text: 'before',
    at: new Date(clock.now().getTime() - 3 * minuteMs),
    surface: new RecordingSurface({ clock }),
  })
  const { surface: _, type: __, ...asked } = event
  return asked
}
