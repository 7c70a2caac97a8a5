import { afterEach, describe, expect, it } from 'vitest'
import { RefusedError, UnavailableError } from '#src/core/errors.ts'
import type { MessageEvent } from '#src/core/event.ts'
import type { ChatRequest } from '#src/core/model.ts'
import { conversationOf } from '#src/core/place.ts'
import type { Platform } from '#src/engine/recovery.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { anEvent, aPerson, channel } from '#test/support/an-event.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { RecordingSurface } from '#test/support/recording-surface.ts'
import type { Step } from '#test/support/scripted-model.ts'
import { aHouse, echo } from './a-house.ts'

const minute = 60_000
const notice = 'Aeries is resting. Try again in a moment.'

const aSilentPlatform: Platform = {
  platform: 'test',
  surface: () => new RecordingSurface({ clock: new ManualClock() }),
  async *missed() {},
}

/** What outlives a process: the database, the platform with what it shows, the clock on the wall. */
function aWorld() {
  const clock = new ManualClock()
  const store = openStore({ path: ':memory:' })
  const surface = new RecordingSurface({ clock })
  const missed: MessageEvent[] = []
  const asked: { since: Date; places: number }[] = []
  const platform: Platform = {
    platform: 'test',
    surface: () => surface,
    async *missed(since, places) {
      asked.push({ since, places: places.length })
      yield* missed
    },
  }
  const say = (sketch: Partial<MessageEvent> & { text?: string } = {}) =>
    anEvent({ at: clock.now(), ...sketch, surface })
  /** A process from its start on. What is open of it when the next one starts was killed in the middle. */
  const start = async (script?: (request: ChatRequest) => readonly Step[]) => {
    const house = aHouse(script, { clock, store, platforms: [platform] })
    await house.engine.recall()
    house.engine.resume('test')
    const hear = async (event: MessageEvent) => {
      house.engine.event(event)
      await clock.advance(0)
    }
    return { ...house, hear }
  }
  /** As a kill does it: no write of the process arrives any more. */
  return { clock, store, surface, missed, asked, say, start }
}

/** A process that got this far and was killed. */
async function begun(world: ReturnType<typeof aWorld>, text: string, shown: boolean) {
  const { store, surface, say } = world
  const event = say({ text: 'tell me' })
  const { surface: _, type: __, ...asked } = event
  await store.turns.receive(asked)
  const id = await store.turns.begin(conversationOf(event.place), event.person.id, [event.key], event.at)
  if (text !== '') await store.turns.draft(id, { text, end: undefined })
  if (shown) {
    const write = { key: `${id}:0`, part: 0, phase: 'first', text: text === '' ? notice : text } as const
    const outcome = await surface.write(write, new AbortController().signal)
    if (outcome.outcome === 'written') await store.turns.shown(id, 0, outcome.message)
  }
  return { id, event, asked }
}

describe('a start after a crash', () => {
  let world = aWorld()
  afterEach(() => {
    world = aWorld()
  })

  it('goes on from the words that were shown, in their message', async () => {
    const { clock, surface, store, start } = world
    await begun(world, 'Once upon', true)
    const { model, turns } = await start(() => [100, ' a time.'])
    await clock.advance(5_000)
    expect(model.requests.map(({ begun }) => begun)).toEqual(['Once upon'])
    expect(surface.shown).toEqual(['Once upon a time.'])
    expect(turns.map(({ reply }) => [reply.outcome, reply.text])).toEqual([['done', 'Once upon a time.']])
    expect(await store.turns.open()).toEqual([])
  })

  it('says the whole answer anew in the same message when the server cannot go on', async () => {
    const { clock, surface, start } = world
    await begun(world, 'Once upon', true)
    const script = ({ begun }: ChatRequest) => (begun ? [new RefusedError('no')] : ['Twice', 100, ' upon a time.'])
    const { turns } = await start(script)
    await clock.advance(5_000)
    expect(surface.shown).toEqual(['Twice upon a time.'])
    expect(turns.map(({ reply }) => reply.text)).toEqual(['Twice upon a time.'])
  })

  it('takes away the messages that the new answer has no words for', async () => {
    const { clock, surface, store, start } = world
    const { id } = await begun(world, 'Once upon', true)
    const second = await surface.write(
      { key: `${id}:1`, part: 1, phase: 'first', text: 'much later' },
      new AbortController().signal,
    )
    if (second.outcome === 'written') await store.turns.shown(id, 1, second.message)
    const { turns } = await start(({ begun }) => (begun ? [new RefusedError('no')] : ['Short.']))
    await clock.advance(5_000)
    expect(surface.shown).toEqual(['Short.'])
    expect(turns[0]?.reply.messages).toHaveLength(1)
  })

  it('finds a message whose send nobody confirmed, instead of sending it again', async () => {
    const { clock, surface, start } = world
    const { id } = await begun(world, 'Once', false)
    await surface.write({ key: `${id}:0`, part: 0, phase: 'first', text: 'Once' }, new AbortController().signal)
    await start(() => [' more.'])
    await clock.advance(5_000)
    expect(surface.shown).toEqual(['Once more.'])
  })

  it('asks the model nothing for an answer that had come to its end', async () => {
    const { clock, surface, store, start } = world
    const { id } = await begun(world, 'Once', true)
    await store.turns.draft(id, { text: 'Once upon a time.', end: { outcome: 'done', note: 'A note.' } })
    const { model, turns } = await start()
    await clock.advance(5_000)
    expect(model.requests).toEqual([])
    expect(surface.shown).toEqual(['Once upon a time.\n(A note.)'])
    expect(turns.map(({ reply }) => reply.outcome)).toEqual(['done'])
  })

  it('marks a stump while the model is away, and goes on with it when that is back', async () => {
    const { clock, surface, start } = world
    await begun(world, 'Once', true)
    let isAway = true
    const house = await start(() => (isAway ? [new UnavailableError('away')] : [' more.']))
    const { promise, resolve } = Promise.withResolvers<void>()
    house.model.there = promise
    await clock.advance(5_000)
    expect(surface.shown).toEqual(['Once\n(This answer was interrupted here. It goes on as soon as Aeries can.)'])
    isAway = false
    resolve()
    await clock.advance(5_000)
    expect(surface.shown).toEqual(['Once more.'])
  })

  it('takes the promise back from a stump whose asker stops it', async () => {
    const { clock, surface, store, start } = world
    const { event } = await begun(world, 'Once', true)
    const { engine, model, turns } = await start(() => [new UnavailableError('away')])
    model.there = new Promise(() => {})
    await clock.advance(5_000)
    const { key, place, person, at } = event
    const control = { type: 'stop', message: undefined } as const
    engine.event({ type: 'control', key, place, person, at, control, respond: async () => {} })
    await clock.advance(5_000)
    expect(surface.shown).toEqual(['Once'])
    expect(turns.map(({ reply }) => [reply.outcome, reply.text])).toEqual([['stopped', 'Once']])
    expect(await store.turns.open()).toEqual([])
  })

  it('keeps the file of an answer that had come to its end', async () => {
    const { clock, surface, store, start } = world
    const text = Array.from({ length: 1_500 }, (_, line) => `Line ${line} of a long answer.`).join('\n')
    const { id } = await begun(world, 'Line 0', true)
    await store.turns.draft(id, { text, end: { outcome: 'done', note: undefined } })
    const signal = new AbortController().signal
    for (const part of [1, 2, 3, 4]) {
      const write = { key: `${id}:${part}`, part, phase: 'first', text: `part ${part}` } as const
      const outcome = await surface.write(write, signal)
      if (outcome.outcome === 'written') await store.turns.shown(id, part, outcome.message)
    }
    const file = await surface.attach({ content: 'the rest' })
    if (file.outcome !== 'written') return
    surface.messages.set(file.message, 'the file')
    await store.turns.shown(id, 5, file.message)
    const { turns } = await start()
    await clock.advance(30_000)
    expect(turns.map(({ reply }) => reply.messages.at(-1))).toEqual([file.message])
    expect(surface.shown).toHaveLength(6)
  })

  it('makes an offer once, when the process before died over it', async () => {
    const { clock, surface, store, start } = world
    const { id } = await begun(world, '', false)
    const offer = 'You wrote while Aeries was away. Do you still want an answer?'
    await surface.write({ key: `${id}:0`, part: 0, phase: 'final', text: offer }, new AbortController().signal)
    surface.forgetKeys()
    await clock.advance(16 * minute)
    await start()
    await clock.advance(5_000)
    expect(surface.shown).toEqual([`${offer}\n[Answer now]`])
    expect(await store.turns.open()).toEqual([])
  })

  it('marks a stump for as long as the model has not gone on with it', async () => {
    const { clock, surface, start } = world
    await begun(world, 'Once', true)
    await start(() => [10_000, ' more.', 2_000, ' And more.'])
    await clock.advance(5_000)
    expect(surface.shown).toEqual(['Once\n(This answer was interrupted here. It goes on as soon as Aeries can.)'])
    await clock.advance(6_000)
    expect(surface.shown).toEqual(['Once more.'])
    await clock.advance(6_000)
    expect(surface.shown).toEqual(['Once more. And more.'])
  })

  it('marks a stump that nobody waits for any more, and asks the model nothing', async () => {
    const { clock, surface, start } = world
    await begun(world, 'Once', true)
    await clock.advance(16 * minute)
    const { model, turns } = await start()
    await clock.advance(1_000)
    expect(model.requests).toEqual([])
    expect(surface.shown).toEqual(['Once\n(This answer broke off here. Ask again if you still need it.)'])
    expect(turns.map(({ reply }) => [reply.outcome, reply.text])).toEqual([['cut off', 'Once']])
  })

  it('turns a notice into the answer', async () => {
    const { clock, surface, start } = world
    await begun(world, '', true)
    await start()
    await clock.advance(5_000)
    expect(surface.shown).toEqual(['You said: tell me'])
  })

  it('leaves a notice alone that nobody waits behind any more', async () => {
    const { clock, surface, store, start } = world
    await begun(world, '', true)
    await clock.advance(16 * minute)
    const { model } = await start()
    await clock.advance(5_000)
    expect(model.requests).toEqual([])
    expect(surface.shown).toEqual([notice])
    expect(await store.turns.open()).toEqual([])
  })

  it('answers what was received and not begun, in one turn of its asker, before what comes now', async () => {
    const { clock, surface, store, say, start } = world
    for (const text of ['one', 'two']) {
      const { surface: _, type: __, ...asked } = say({ text })
      await store.turns.receive(asked)
    }
    const { turns, hear } = await start(request => [...echo(request), 3_000, '.'])
    await clock.advance(1_000)
    await hear(say({ text: 'three' }))
    await clock.advance(20_000)
    expect(turns.map(({ turn }) => turn.asked.map(({ message }) => message.text))).toEqual([['one', 'two'], ['three']])
    expect(surface.shown[0]).toMatch(/one\ntwo/)
  })

  it('queues new words of an asker behind the turn that is left open', async () => {
    const { clock, store, say, start } = world
    await begun(world, 'Once', true)
    const house = await start(({ begun }) => (begun ? [2_000, ' more.'] : ['Next.']))
    await clock.advance(100)
    await house.hear(say({ text: 'and then?' }))
    await clock.advance(20_000)
    expect(house.turns.map(({ reply }) => reply.text)).toEqual(['Once more.', 'Next.'])
    expect(await store.turns.open()).toEqual([])
  })

  it('leaves to the next turn what was received and not begun, when words of this one were seen', async () => {
    const { clock, store, say, start } = world
    await begun(world, 'Once', true)
    const { surface: _, type: __, ...asked } = say({ text: 'and then?' })
    await store.turns.receive(asked)
    const { turns } = await start(({ begun }) => (begun ? [' more.'] : ['Next.']))
    await clock.advance(20_000)
    expect(turns.map(({ turn, reply }) => [turn.asked.length, reply.text])).toEqual([
      [1, 'Once more.'],
      [1, 'Next.'],
    ])
  })

  it('leaves in the ledger what belongs to a platform that is off', async () => {
    const { clock, store } = world
    await begun(world, 'Once', true)
    const { engine } = aHouse(echo, { clock, store, platforms: [] })
    await engine.recall()
    engine.resume('test')
    await clock.advance(5_000)
    expect(await store.turns.open()).toHaveLength(1)
  })
})

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

  it('is asked for again after a gap', async () => {
    const { clock, asked, surface, missed, say, start } = aWorld()
    const { engine } = await start()
    missed.push(say({ text: 'hello' }))
    const since = clock.now()
    engine.event({ type: 'gap', platform: 'test', since })
    await clock.advance(5_000)
    expect(asked).toEqual([{ since, places: 0 }])
    expect(surface.shown).toEqual(['You said: hello'])
  })
})

describe('a look back', () => {
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

describe('a message of our account that the ledger does not know', () => {
  it('raises an alarm that names the cure, and none when the ledger knows it after all', async () => {
    const world = aWorld()
    const { clock, surface, store, say, start } = world
    const { engine, hear, log } = await start()
    await hear(say())
    await clock.advance(1_000)
    const [known] = surface.messages.keys()
    const { message, place } = say()
    for (const own of [known, message.id]) {
      if (own) engine.event({ type: 'own', platform: 'test', place, message: own, at: clock.now() })
    }
    await clock.advance(6_000)
    const alarms = log.lines.filter(({ level }) => level === 'error')
    expect(alarms).toMatchObject([{ fields: { message: message.id, cure: expect.stringMatching(/token of its own/) } }])
    expect(await store.turns.open()).toEqual([])
  })
})
