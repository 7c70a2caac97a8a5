import { afterEach, describe, expect, it } from 'vitest'
import { RefusedError, UnavailableError } from '#src/core/errors.ts'
import type { ChatRequest } from '#src/core/model.ts'
import { aHouse, echo } from './a-house.ts'
import { aWorld, begun, minute, notice } from './a-world.ts'

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
