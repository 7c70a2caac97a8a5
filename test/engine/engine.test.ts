import { describe, expect, it } from 'vitest'
import { UnavailableError } from '#src/core/errors.ts'
import type { Control } from '#src/core/event.ts'
import { eventKey } from '#src/core/ids.ts'
import { conversationOf } from '#src/core/place.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { anEvent, aPerson, channel, dm } from '#test/support/an-event.ts'
import { aHouse, echo, questionOf } from './a-house.ts'

const restingNotice = 'Aeries is resting. Try again in a moment.'

describe('the engine', () => {
  it('answers what is said to it, and writes both into the history', async () => {
    const { clock, store, hear, turns } = aHouse()
    const { surface } = hear({ text: 'hello' })
    await clock.advance(1_000)
    expect(surface.shown).toEqual(['You said: hello'])
    expect(surface.typed).toBe(1)
    const history = await store.history.last(conversationOf(dm), 10)
    expect(history.map(({ role, text }) => [role, text])).toEqual([
      ['person', 'hello'],
      ['aeries', 'You said: hello'],
    ])
    expect(turns.map(({ reply }) => reply.outcome)).toEqual(['done'])
  })

  it('asks the model at once', async () => {
    const { clock, model, hear } = aHouse()
    hear()
    await clock.advance(0)
    expect(model.requests).toHaveLength(1)
  })

  it('is silent about words that are not said to it, and does not record them', async () => {
    const { clock, store, model, hear } = aHouse()
    hear({ place: channel, message: { addressed: false } })
    await clock.advance(1_000)
    expect(model.requests).toEqual([])
    expect(await store.history.knows(conversationOf(channel))).toBe(false)
  })

  it('answers an event once, however often it comes', async () => {
    const { clock, engine, model, hear } = aHouse()
    const { event } = hear()
    engine.event(event)
    await clock.advance(5_000)
    engine.event(event)
    await clock.advance(5_000)
    expect(model.requests).toHaveLength(1)
  })

  it('asks anew with both when the asker adds something before a word is shown', async () => {
    const { clock, model, hear, turns } = aHouse()
    const first = hear({ text: 'how are' })
    await clock.advance(50)
    const second = hear({ text: 'the tides?' })
    await clock.advance(1_000)
    expect(model.aborted).toBe(1)
    expect(model.requests[1]?.messages.slice(1).map(({ content }) => content.split('\n\n')[0])).toEqual([
      'how are\nthe tides?',
    ])
    expect(first.surface.film).toEqual([])
    expect(second.surface.shown).toEqual(['You said: how are\nthe tides?'])
    expect(turns.map(({ turn }) => turn.asked.length)).toEqual([2])
  })

  it('collects what the asker adds to a visible answer into one next turn', async () => {
    const { clock, model, hear } = aHouse(({ messages }) => [`On ${questionOf(messages)}. `, 3_000, 'Done.'])
    const first = hear({ text: 'boats' })
    await clock.advance(1_000)
    hear({ text: 'trains' })
    await clock.advance(500)
    const third = hear({ text: 'bikes' })
    await clock.advance(20_000)
    expect(first.surface.shown).toEqual(['On boats. Done.'])
    expect(third.surface.shown).toEqual(['On trains\nbikes. Done.'])
    expect(model.requests).toHaveLength(2)
    expect(model.requests[1]?.messages.slice(1).map(message => message.content.split('\n')[0])).toEqual([
      'boats',
      'On boats. Done.',
      'trains',
    ])
  })

  it('answers two people in one channel at the same time, each to its own question', async () => {
    const { clock, hear, model, turns } = aHouse(({ messages }) => [
      200,
      `${questionOf(messages)}! `,
      3_000,
      'So it is.',
    ])
    const mira = hear({ place: channel, text: 'boats' })
    await clock.advance(100)
    const jonas = hear({ place: channel, text: 'trains', person: aPerson('Jonas') })
    await clock.advance(10_000)
    expect(mira.surface.shown).toEqual(['Mira: boats! So it is.'])
    expect(jonas.surface.shown).toEqual(['Jonas: trains! So it is.'])
    expect(mira.surface.film[0]).toMatch(/^200 ms/)
    expect(turns.map(({ turn }) => turn.asker.name)).toEqual(['Mira', 'Jonas'])
    expect(model.requests[1]?.messages.map(message => message.content).join()).not.toContain('boats')
  })

  it('says kindly and once that the model is away, keeps the question, and answers the next', async () => {
    let isAway = true
    const { clock, hear, log } = aHouse(request => (isAway ? [new UnavailableError('away')] : echo(request)))
    const first = hear({ text: 'remember 7' })
    await clock.advance(1_000)
    isAway = false
    const second = hear({ text: 'and now?' })
    await clock.advance(1_000)
    expect(first.surface.film).toEqual([`0 ms: final #1 ${JSON.stringify(restingNotice)}`])
    expect(second.surface.shown).toEqual(['You said: remember 7\nand now?'])
    expect(log.lines.filter(({ level }) => level === 'warn')).toHaveLength(1)
  })

  it('answers somebody who never stops writing', async () => {
    const { clock, hear } = aHouse(() => [800, 'At last.'])
    const surfaces = []
    for (let i = 0; i < 20; i++) {
      surfaces.push(hear({ text: `m${i}` }).surface)
      await clock.advance(500)
    }
    expect(surfaces.flatMap(({ shown }) => shown).length).toBeGreaterThanOrEqual(2)
  })

  it.each(['receive', 'begin'] as const)('says kindly that it rests when the store fails to %s', async method => {
    const { clock, store, hear, log } = aHouse()
    const works = store.turns[method]
    Object.assign(store.turns, {
      [method]: () => {
        throw new Error('disk full')
      },
    })
    const { surface } = hear({ text: 'hello' })
    await clock.advance(1_000)
    expect(surface.shown).toEqual([restingNotice])
    expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(1)
    Object.assign(store.turns, { [method]: works })
    const next = hear({ text: 'and now?' })
    await clock.advance(1_000)
    expect(next.surface.shown).toEqual(['You said: and now?'])
  })

  it('keeps an answer going whose parts cannot be recorded, and writes the turn down when that works again', async () => {
    const { clock, store, hear } = aHouse(() => ['One. ', 2_000, 'Two.'])
    const { shown, finish } = store.turns
    const fail = () => {
      throw new Error('locked')
    }
    Object.assign(store.turns, { shown: fail, finish: fail })
    const { surface } = hear({ text: 'hello' })
    await clock.advance(2_100)
    Object.assign(store.turns, { shown, finish })
    await clock.advance(10_000)
    expect(surface.shown).toEqual(['One. Two.'])
    const history = await store.history.last(conversationOf(dm), 10)
    expect(history.map(({ text }) => text)).toEqual(['hello', 'One. Two.'])
    expect(history[1]?.messages).toHaveLength(1)
  })

  it('ends an answer when its asker stops it, and nobody else can', async () => {
    const { clock, engine, hear, model, turns } = aHouse(() => ['Begun. ', 60_000, 'Never.'])
    const mira = hear({ place: channel, text: 'boats' })
    await clock.advance(100)
    const stop = (name: string) => {
      const { key, at } = anEvent({ surface: mira.surface })
      const control = { type: 'stop', message: undefined } as const
      engine.event({
        type: 'control',
        key,
        at,
        place: channel,
        person: aPerson(name),
        control,
        respond: async () => {},
      })
    }
    stop('Jonas')
    await clock.advance(1_000)
    expect(model.aborted).toBe(0)
    stop('Mira')
    await clock.advance(1_000)
    expect(model.aborted).toBe(1)
    expect(turns.map(({ reply }) => reply)).toMatchObject([{ outcome: 'stopped', text: 'Begun. ' }])
    expect(mira.surface.shown).toEqual(['Begun.\n(Stopped.)'])
  })

  it('tells of each control when it is done, once, whatever it is and whether it comes to anything', async () => {
    const { clock, engine, hear } = aHouse()
    const { surface } = hear()
    await clock.advance(5_000)
    const [message] = surface.messages.keys()
    if (message === undefined) throw new Error('Nothing was said')
    const actions = ['control:regenerate', 'control:delete', 'feedback:good', 'answer:none', 'learning:on', 'help', '']
    const controls: readonly Control[] = [
      { type: 'stop', message: undefined },
      { type: 'command', verb: 'help', words: '' },
      { type: 'command', verb: 'dance', words: '' },
      ...actions.map(action => ({ type: 'button', action, message }) as const),
    ]
    const settled = controls.map(() => 0)
    for (const [at, control] of controls.entries()) {
      engine.event({
        ...{ type: 'control', place: dm, person: aPerson('Mira'), at: clock.now(), control },
        key: eventKey('test', 'control', String(at)),
        respond: async () => {},
        settled: () => {
          settled[at] = (settled[at] ?? 0) + 1
        },
      })
    }
    await clock.advance(5_000)
    expect(settled).toEqual(controls.map(() => 1))
  })

  it('shows typing until the first text, again every 8 s', async () => {
    const { clock, hear } = aHouse(() => [20_000, 'Late.'])
    const { surface } = hear()
    await clock.advance(60_000)
    expect(surface.typed).toBe(3)
    expect(clock.pending).toBe(0)
  })

  it('carries two hundred conversations at once and mixes nothing', async () => {
    const { clock, hear, turns } = aHouse(({ messages }) => [
      50,
      'About ',
      50,
      `${questionOf(messages)}`,
      900,
      ' and more.',
    ])
    const heard = Array.from({ length: 200 }, (_, i) => {
      return hear(
        { place: { ...dm, channel: `dm-${i}` }, person: aPerson(`P${i}`), text: `topic ${i};` },
        { channel: `${i}` },
      )
    })
    await clock.advance(30_000)
    expect(heard.map(({ surface }) => surface.shown)).toEqual(
      Array.from({ length: 200 }, (_, i) => [`About topic ${i}; and more.`]),
    )
    expect(turns).toHaveLength(200)
  })

  it('ends within its time also when a command still waits for somebody', async () => {
    const answered = Promise.withResolvers<void>()
    const store = openStore({ path: ':memory:' })
    const ownData = { ...store.ownData, startAnew: () => answered.promise }
    const { engine, clock, hear, log } = aHouse(echo, { store: { ...store, ownData } })
    hear({ text: 'aeries new' })
    await clock.advance(100)
    let isOver = false
    const disposed = engine[Symbol.asyncDispose]().then(() => {
      isOver = true
    })
    await clock.advance(3_400)
    expect(isOver).toBe(false)
    await clock.advance(100)
    expect(isOver).toBe(true)
    expect(log.lines.map(({ event }) => event)).toContain('something that was under way did not end in time')
    answered.resolve()
    await disposed
  })

  it('lets a running answer finish when it is disposed of, and parks one that takes too long', async () => {
    const { clock, engine, hear, store, turns } = aHouse(({ messages }) => {
      return ['Begun. ', questionOf(messages) === 'short' ? 2_000 : 60_000, 'Done.']
    })
    const short = hear({ text: 'short' })
    const long = hear({ place: { ...dm, channel: 'other' }, text: 'long' })
    await clock.advance(100)
    const disposed = engine[Symbol.asyncDispose]()
    hear({ text: 'too late' })
    await clock.advance(6_000)
    await disposed
    expect(short.surface.shown).toEqual(['Begun. Done.'])
    expect(long.surface.shown).toEqual(['Begun.\n(Aeries is restarting. This answer goes on as soon as it is back.)'])
    expect(turns.map(({ reply }) => reply.outcome)).toEqual(['done'])
    expect(await store.turns.open()).toMatchObject([{ draft: { text: 'Begun. ', end: undefined } }])
  })
})
