import { describe, expect, it } from 'vitest'
import { UnavailableError } from '#src/core/errors.ts'
import { eventKey } from '#src/core/ids.ts'
import { isIgnored } from '#src/core/ignored.ts'
import type { Platform } from '#src/engine/platform.ts'
import { aPerson, channel } from '#test/support/an-event.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { RecordingSurface } from '#test/support/recording-surface.ts'
import { aHouse, echo, questionOf } from './a-house.ts'
import { aLearning } from './a-learning.ts'
import { aWorld, minute } from './a-world.ts'

const aSilentPlatform: Platform = {
  platform: 'test',
  surface: () => new RecordingSurface({ clock: new ManualClock() }),
  async *missed() {},
}

describe('what was said while nobody listened', () => {
  it('is answered once each asker, with a word of apology when it is late', async () => {
    const world = aWorld()
    const { clock, surface, missed, asked, say, start } = world
    const first = await start()
    await first.hear(say({ text: 'hello' }))
    await clock.advance(1_000)
    const heard = clock.now()
    await first.engine[Symbol.asyncDispose]()
    missed.push(say({ text: 'one' }))
    await clock.advance(minute)
    missed.push(say({ text: 'two' }), say({ text: 'boats', place: channel, person: aPerson('Jonas') }))
    await clock.advance(3 * minute)
    const { turns } = await start()
    await clock.advance(20_000)
    expect(asked.at(-1)?.since.getTime()).toBeLessThanOrEqual(heard.getTime())
    expect(asked.at(-1)?.places).toBe(1)
    expect(surface.shown.slice(1).sort()).toEqual([
      'You said: Jonas: boats\n(Sorry for the wait: Aeries was away.)',
      'You said: one\ntwo\n(Sorry for the wait: Aeries was away.)',
    ])
    expect(turns).toHaveLength(2)
  })

  it('is asked in the order in which it was said, whatever of it was heard first', async () => {
    const { clock, say, start } = aWorld()
    const { hear, model } = await start(() => [100, 'Begun, ', 5_000, 'done.'])
    await hear(say({ text: 'hello' }))
    await clock.advance(1_000)
    const early = clock.now()
    await clock.advance(4_000)
    await hear(say({ text: 'busy' }))
    await clock.advance(3_500)
    await hear(say({ text: 'two' }))
    await hear(say({ text: 'one', at: early }))
    await clock.advance(20_000)
    expect(questionOf(model.requests.at(-1)?.messages ?? [])).toBe('one\ntwo')
  })

  it('is looked for from where a process got to that died over it, until all is read', async () => {
    const { clock, missed, asked, say, start } = aWorld()
    const first = await start()
    await first.hear(say({ text: 'hello' }))
    await clock.advance(1_000)
    const until = clock.now()
    const reading = Promise.withResolvers<never>()
    missed.push(say({ text: 'one' }), { type: 'place read', place: 'here', until }, reading.promise)
    await start()
    await clock.advance(1_000)
    missed.length = 0
    await start()
    await clock.advance(1_000)
    await start()
    await clock.advance(1_000)
    expect(asked.map(({ readUntil }) => [...readUntil])).toEqual([[], [['here', until]], []])
  })

  it('is not answered twice when it had arrived', async () => {
    const { clock, surface, missed, say, start } = aWorld()
    const event = say({ text: 'hello' })
    const first = await start()
    await first.hear(event)
    await clock.advance(1_000)
    missed.push(event)
    await start()
    await clock.advance(5_000)
    expect(surface.shown).toEqual(['You said: hello'])
  })

  it('counts when it says no to being learnt from, once, and is told in a DM alone', async () => {
    const { clock, surface, store, missed, say, start } = aWorld()
    const learning = aLearning(store.preferences).parts
    const first = await start(undefined, { learning })
    await first.hear(say({ text: 'hello' }))
    await clock.advance(1_000)
    const jonas = aPerson('Jonas')
    const no = say({ text: 'aeries learning off' })
    missed.push(no, say({ text: 'aeries ignore me', place: channel, person: jonas }))
    const second = await start(undefined, { learning })
    await clock.advance(5_000)
    expect(await learning.consent.allows(no.person.id, no.place)).toBe(false)
    expect(await isIgnored(store.preferences, jonas.id)).toBe(true)
    expect(surface.shown).toEqual([expect.any(String), expect.stringContaining('I do not learn from you')])
    await second.hear(say({ text: 'aeries learning on' }))
    await clock.advance(1_000)
    await start(undefined, { learning })
    await clock.advance(5_000)
    expect(await learning.consent.allows(no.person.id, no.place)).toBe(true)
  })

  it('gets an offer in a DM when it is old, which only its asker can take, once', async () => {
    const { clock, surface, store, missed, say, start } = aWorld()
    const before = await start()
    await before.hear(say({ text: 'hello' }))
    await clock.advance(1_000)
    missed.push(say({ text: 'are you there?' }), say({ text: 'in public', place: channel }))
    await clock.advance(20 * minute)
    const { engine, turns } = await start()
    await clock.advance(5_000)
    expect(surface.shown.slice(1)).toEqual([
      'You wrote while Aeries was away. Do you still want an answer?\n[Answer now]',
    ])
    expect(await store.turns.open()).toEqual([])
    const action = surface.buttons.at(-1)?.action ?? ''
    const tap = (name: string) => {
      const { key, place, at, message } = say({ person: aPerson(name) })
      const control = { type: 'button', action, message: message.id } as const
      engine.event({ type: 'control', key, place, at, person: aPerson(name), control, respond: async () => {} })
    }
    tap('Jonas')
    await clock.advance(5_000)
    expect(turns).toEqual([])
    tap('Mira')
    tap('Mira')
    await clock.advance(5_000)
    expect(surface.shown.slice(1)).toEqual(['You said: are you there?\n(Sorry for the wait: Aeries was away.)'])
    expect(turns).toHaveLength(1)
  })

  it('is late after as long as people are said to wait', async () => {
    const { clock, store, surface, missed, say } = aWorld()
    const platform = {
      ...aSilentPlatform,
      surface: () => surface,
      async *missed() {
        yield* missed
      },
    }
    const { engine, turns } = aHouse(echo, { clock, store, platforms: [platform], patienceMs: 2 * minute })
    missed.push(say({ text: 'hello' }))
    const since = clock.now()
    await clock.advance(3 * minute)
    engine.event({ type: 'gap', platform: 'test', since })
    await clock.advance(5_000)
    expect(turns).toEqual([])
    expect(surface.shown).toEqual(['You wrote while Aeries was away. Do you still want an answer?\n[Answer now]'])
  })

  it.for([
    ['fresh', 0],
    ['late', 20 * minute],
  ] as const)(
    'is answered as it stands when it was taken back or changed meanwhile, when it is %s',
    async ([, agedMs]) => {
      const { clock, store, surface, say } = aWorld()
      const read = Promise.withResolvers<void>()
      const said = ['a secret', 'boots', 'another secret'].map((text, at) =>
        say({ text, ...(at === 2 && { place: channel, person: aPerson('Jonas') }) }),
      )
      const platform: Platform = {
        ...aSilentPlatform,
        surface: () => surface,
        async *missed() {
          yield* said
          await read.promise
        },
      }
      const { engine, log } = aHouse(echo, { clock, store, platforms: [platform] })
      const since = clock.now()
      await clock.advance(agedMs)
      engine.event({ type: 'gap', platform: 'test', since })
      await clock.advance(0)
      const [secret, boots, another] = said.map(({ place, person, message: { id } }) => ({
        place,
        person,
        message: id,
      }))
      if (!secret || !boots || !another) throw new Error('three were said')
      const happening = (name: string) => ({ key: eventKey('test', 'happening', name), at: clock.now() })
      for (const { place, message } of [secret, another]) {
        engine.event({ type: 'deleted', ...happening(message), place, messages: [message] })
      }
      engine.event({ type: 'edited', ...happening('edit'), ...boots, text: 'boats' })
      await clock.advance(0)
      read.resolve()
      await clock.advance(5_000)
      const late = 'You wrote while Aeries was away. Do you still want an answer?\n[Answer now]'
      expect(surface.shown).toEqual([agedMs === 0 ? 'You said: boats' : late])
      expect(log.lines.filter(({ level }) => level === 'error')).toEqual([])
    },
  )

  it('is asked for again after a gap', async () => {
    const { clock, asked, surface, missed, say, start } = aWorld()
    const { engine } = await start()
    missed.push(say({ text: 'hello' }))
    const since = clock.now()
    engine.event({ type: 'gap', platform: 'test', since })
    await clock.advance(5_000)
    expect(asked).toEqual([{ since, places: 0, readUntil: new Map() }])
    expect(surface.shown).toEqual(['You said: hello'])
  })
})

describe('a look back', () => {
  it('holds up no stop, and is left to the next process', async () => {
    const { clock, store } = aWorld()
    const platform: Platform = {
      ...aSilentPlatform,
      // biome-ignore lint/correctness/useYield: nothing is found as long as it reads.
      async *missed(_, signal) {
        await clock.sleep(minute, signal)
      },
    }
    const { engine, log } = aHouse(echo, { clock, store, platforms: [platform] })
    const since = clock.now()
    engine.event({ type: 'gap', platform: 'test', since })
    await clock.advance(1_000)
    await engine[Symbol.asyncDispose]()
    expect(log.lines).toEqual([])
    expect(await store.turns.heardUntil('test')).toEqual(since)
  })

  it('that failed is made again, and the gap is not taken for filled by a later one', async () => {
    const { clock, store, surface, missed, asked, say, start } = aWorld()
    const early = clock.now()
    const { engine } = await start()
    let isLocked = true
    const receive = store.turns.receive
    Object.assign(store.turns, {
      receive(said: Parameters<typeof receive>[0]) {
        if (isLocked) throw new UnavailableError('locked')
        return receive(said)
      },
    })
    missed.push(say({ text: 'hello' }))
    engine.event({ type: 'gap', platform: 'test', since: early })
    await clock.advance(1_000)
    expect(surface.shown).toEqual([])
    isLocked = false
    const later = clock.now()
    engine.event({ type: 'gap', platform: 'test', since: later })
    await clock.advance(1_000)
    expect(asked.map(({ since }) => since)).toEqual([early, early])
    expect(surface.shown).toEqual(['You said: hello'])
    await clock.advance(60_000)
    expect(surface.shown).toHaveLength(1)
    expect(asked).toHaveLength(2)
    expect(await store.turns.heardUntil('test')).toEqual(early)
  })

  it('that nobody else asks for is made again by itself', async () => {
    const { clock, store, surface, missed, say, start } = aWorld()
    const { engine } = await start()
    const { placesSince } = store.turns
    let failures = 0
    Object.assign(store.turns, {
      placesSince(...about: Parameters<typeof placesSince>) {
        if (failures++ === 0) throw new UnavailableError('locked')
        return placesSince(...about)
      },
    })
    missed.push(say({ text: 'hello' }))
    engine.event({ type: 'gap', platform: 'test', since: clock.now() })
    await clock.advance(1_000)
    expect(surface.shown).toEqual([])
    await clock.advance(40_000)
    expect(surface.shown).toEqual(['You said: hello'])
  })

  it('is made once for gaps in quick succession', async () => {
    const { clock, asked, start } = aWorld()
    const { engine } = await start()
    const since = clock.now()
    for (let gap = 0; gap < 50; gap++) engine.event({ type: 'gap', platform: 'test', since })
    await clock.advance(1_000)
    expect(asked.length).toBeLessThan(3)
  })

  it('begins where the process before was heard last, also when new words came before it began', async () => {
    const { clock, store, asked, say, start } = aWorld()
    const first = await start()
    await first.hear(say({ text: 'hello' }))
    const heard = clock.now()
    await clock.advance(10 * minute)
    const second = aHouse(echo, { clock, store, platforms: [aSilentPlatform] })
    await second.engine.recall()
    second.engine.event(say({ text: 'there you are' }))
    await clock.advance(1_000)
    await start()
    await clock.advance(1_000)
    expect(asked.at(-1)?.since).toEqual(heard)
  })
})
