import { describe, expect, it } from 'vitest'
import { RefusedError, UnavailableError } from '#src/core/errors.ts'
import { conversationOf } from '#src/core/place.ts'
import { aPerson, channel, dm } from '#test/support/an-event.ts'
import { aHouse, echo } from './a-house.ts'

const notice = 'Aeries is resting. Try again in a moment.'
const minute = 60_000

/** A house whose model is away until the test brings it back. */
function aRestingHouse() {
  let isAway = true
  const house = aHouse(request => (isAway ? [new UnavailableError('away')] : echo(request)))
  const { promise, resolve } = Promise.withResolvers<void>()
  house.model.there = promise
  const comeBack = () => {
    isAway = false
    resolve()
  }
  return { ...house, comeBack }
}

describe('while the model is away', () => {
  it('the notice stands in the place of the answer and becomes it when the model is back', async () => {
    const { clock, store, hear, turns, comeBack } = aRestingHouse()
    const { surface } = hear({ text: 'hello', at: clock.now() })
    await clock.advance(5 * minute)
    expect(turns).toEqual([])
    comeBack()
    await clock.advance(1_000)
    expect(surface.film).toEqual([
      `0 ms: final #1 ${JSON.stringify(notice)}`,
      `${5 * minute + 100} ms: final #1 "You said: hello\\n(Sorry for the wait: Aeries was away.)"`,
    ])
    expect((await store.history.last(conversationOf(dm), 5)).map(({ text }) => text)).toEqual([
      'hello',
      'You said: hello',
    ])
    expect(clock.pending).toBe(0)
  })

  it('what the asker adds joins the turn, and is told again at most once a minute', async () => {
    const { clock, hear, turns, comeBack, store } = aRestingHouse()
    const heard = [hear({ text: 'one' })]
    for (const text of ['two', 'three', 'four', 'five']) {
      await clock.advance(25_000)
      heard.push(hear({ text }))
    }
    await clock.advance(25_000)
    expect(heard.map(({ surface }) => surface.shown)).toEqual([[notice], [], [], [notice], []])
    comeBack()
    await clock.advance(2_000)
    const shown = heard.map(({ surface }) => surface.shown)
    // The newest notice becomes the answer, written through the surface of the newest question.
    expect(shown.at(-1)).toEqual(['You said: one\ntwo\nthree\nfour\nfive'])
    expect(turns.map(({ turn, reply }) => [turn.asked.length, reply.outcome])).toEqual([[5, 'done']])
    const answer = (await store.history.last(conversationOf(dm), 1))[0]
    expect(answer?.messages).toEqual([...(heard[3]?.surface.messages.keys() ?? [])])
  })

  it('what the asker adds while the notice is on its way gets no second one, and the answer takes its place', async () => {
    const { clock, hear, turns, comeBack } = aRestingHouse()
    const first = hear({ text: 'one' }, { latencyMs: 200 })
    await clock.advance(100)
    const second = hear({ text: 'two' })
    await clock.advance(10_000)
    expect([first, second].map(({ surface }) => surface.shown)).toEqual([[notice], []])
    comeBack()
    await clock.advance(2_000)
    expect(second.surface.shown).toEqual(['You said: one\ntwo'])
    expect(turns.map(({ reply }) => reply.messages)).toEqual([[...first.surface.messages.keys()]])
  })

  it('what the asker adds soon after a server fell silent gets no second notice within its minute', async () => {
    const { clock, model, hear } = aHouse(() =>
      model.requests.length > 1 ? [new UnavailableError('away')] : [30_000, new UnavailableError('silent')],
    )
    model.there = new Promise(() => {})
    hear({ text: 'one' })
    await clock.advance(61_000)
    const soon = hear({ text: 'two' })
    await clock.advance(10_000)
    expect(soon.surface.shown).toEqual([])
    await clock.advance(30_000)
    const later = hear({ text: 'three' })
    await clock.advance(10_000)
    expect(later.surface.shown).toEqual([notice])
  })

  it('nobody waits longer than 15 minutes: then the notice stays, and the next question is a turn of its own', async () => {
    const { clock, hear, turns, comeBack, store } = aRestingHouse()
    const { surface } = hear({ text: 'hello', at: clock.now() })
    await clock.advance(16 * minute)
    expect(turns.map(({ reply }) => reply.outcome)).toEqual(['failed'])
    comeBack()
    const next = hear({ text: 'are you there?', at: clock.now() })
    await clock.advance(1_000)
    expect(surface.shown).toEqual([notice])
    expect(next.surface.shown).toEqual(['You said: hello\nare you there?'])
    expect(await store.turns.open()).toEqual([])
  })

  it('a store that takes nothing for a moment leaves the turn where it was, and what was added to the next one', async () => {
    const { clock, store, hear, turns, comeBack } = aRestingHouse()
    hear({ text: 'one' })
    await clock.advance(1_000)
    Object.assign(store.turns, {
      join() {
        throw new UnavailableError('full')
      },
    })
    hear({ text: 'two' })
    await clock.advance(1_000)
    comeBack()
    await clock.advance(10_000)
    expect(turns.map(({ turn, reply }) => [turn.asked.map(({ message }) => message.text), reply.outcome])).toEqual([
      [['one'], 'done'],
      [['two'], 'done'],
    ])
    expect(await store.turns.open()).toEqual([])
  })

  it('each asker is told and answered apart', async () => {
    const { clock, hear, comeBack } = aRestingHouse()
    const mira = hear({ place: channel, text: 'boats' })
    const jonas = hear({ place: channel, text: 'trains', person: aPerson('Jonas') })
    await clock.advance(10_000)
    expect([mira, jonas].map(({ surface }) => surface.shown)).toEqual([[notice], [notice]])
    comeBack()
    await clock.advance(20_000)
    expect(mira.surface.shown[0]).toContain('boats')
    expect(jonas.surface.shown[0]).toContain('trains')
  })

  it('a model that says it is back and is not is asked ever more seldom', async () => {
    const { clock, model, hear, turns } = aHouse(() => [new UnavailableError('busy')])
    const { surface } = hear({ at: clock.now() })
    await clock.advance(20 * minute)
    expect(model.requests.length).toBeGreaterThan(10)
    expect(model.requests.length).toBeLessThan(30)
    expect(surface.film).toHaveLength(1)
    expect(turns).toHaveLength(1)
    expect(clock.pending).toBe(0)
  })

  it('a stop ends the wait, and the notice stays', async () => {
    const { clock, engine, hear, turns } = aRestingHouse()
    const { event, surface } = hear()
    await clock.advance(1_000)
    const { place, person, at, key } = event
    const respond = async () => {}
    engine.event({ type: 'control', key, place, person, at, control: { type: 'stop', message: undefined }, respond })
    await clock.advance(1_000)
    expect(turns.map(({ reply }) => reply.outcome)).toEqual(['stopped'])
    expect(surface.shown).toEqual([notice])
    expect(clock.pending).toBe(0)
  })

  it('what a server refuses is not tried again', async () => {
    const { clock, model, hear, turns } = aHouse(() => [new RefusedError('no')])
    const { surface } = hear()
    await clock.advance(10 * minute)
    expect(model.requests).toHaveLength(1)
    expect(surface.shown).toEqual([notice])
    expect(turns.map(({ reply }) => reply.outcome)).toEqual(['failed'])
  })

  it('an answer that broke off in its middle stays as it is', async () => {
    const { clock, model, hear, turns } = aHouse(() => ['Begun. ', 500, new UnavailableError('cut')])
    const { surface } = hear()
    await clock.advance(10 * minute)
    expect(model.requests).toHaveLength(1)
    expect(surface.shown).toEqual([`Begun.\n(This answer broke off here. ${notice})`])
    expect(turns.map(({ reply }) => reply.outcome)).toEqual(['cut off'])
  })
})

describe('while others are answered before it', () => {
  it('a word of patience stands in the place of the answer until it begins', async () => {
    const { clock, model, hear } = aHouse()
    const stream = model.stream.bind(model)
    model.stream = async function* (request, signal) {
      await clock.sleep(5_000, signal)
      yield { type: 'waiting' }
      await clock.sleep(5_000, signal)
      yield* stream(request, signal)
    }
    const { surface } = hear()
    await clock.advance(20_000)
    expect(surface.film).toEqual([
      '5000 ms: first #1 "Many people are asking at this moment. Your answer comes as soon as it is your turn."',
      '10100 ms: final #1 "You said: hello"',
    ])
  })

  it('that word becomes the answer to what the asker adds, too', async () => {
    const { clock, model, hear, turns } = aHouse()
    const stream = model.stream.bind(model)
    model.stream = async function* (request, signal) {
      if (model.requests.length === 0) {
        model.requests.push(request)
        yield { type: 'waiting' }
        await clock.sleep(60_000, signal)
      }
      yield* stream(request, signal)
    }
    const first = hear({ text: 'one' })
    await clock.advance(1_000)
    const second = hear({ text: 'two' })
    await clock.advance(5_000)
    expect(second.surface.shown).toEqual(['You said: one\ntwo'])
    expect(turns.map(({ reply }) => reply.messages)).toEqual([[...first.surface.messages.keys()]])
  })
})
