import { describe, expect, it } from 'vitest'
import type { ControlEvent, DeletedEvent, PrivateAnswer } from '#src/core/event.ts'
import { eventKey, messageId } from '#src/core/ids.ts'
import { conversationOf } from '#src/core/place.ts'
import type { Store } from '#src/core/store.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { aHouse, questionOf } from '#test/engine/a-house.ts'
import { aWorld } from '#test/engine/a-world.ts'
import { aPerson, channel, dm } from '#test/support/an-event.ts'

/** Half a second a word, for six seconds. */
const slowly = () => Array.from({ length: 12 }, (_, i) => [`Word ${i}. `, 500]).flat()

/** A store in which some calls take until the test lets them go. */
function aSlowStore(isSlow: (words: string) => boolean) {
  const store = openStore({ path: ':memory:' })
  const go = Promise.withResolvers<void>()
  const slow: Store = {
    ...store,
    turns: {
      ...store.turns,
      receive: async asked => {
        if (isSlow(asked.message.text)) await go.promise
        return await store.turns.receive(asked)
      },
    },
    ownData: {
      ...store.ownData,
      startAnew: async (...given) => {
        if (isSlow('aeries new')) await go.promise
        await store.ownData.startAnew(...given)
      },
    },
  }
  return { store: slow, go: go.resolve }
}

function aControl(control: ControlEvent['control'], respond: PrivateAnswer = async () => {}): ControlEvent {
  const key = eventKey('test', 'control', String(Math.random()))
  return { type: 'control', key, place: dm, person: aPerson('Mira'), at: new Date(), control, respond }
}

const anotherMessage = messageId('test', undefined, 'dm-mira', 'elsewhere')
const startAnew = { type: 'command', verb: 'new', words: '' } as const

describe('the order of words and commands', () => {
  it.each(['written', 'of the platform', 'tapped'])(
    'takes in before a command what its giver said before it, however busy it is: %s',
    async how => {
      const { clock, store, model, engine, hear } = aHouse()
      for (let other = 0; other < 20; other++) hear({ place: channel, text: 'morning', person: aPerson(`P${other}`) })
      hear({ text: 'the password of the game is tangerine' })
      if (how === 'written') hear({ text: 'aeries new' })
      else if (how === 'of the platform') engine.event(aControl(startAnew))
      else engine.event(aControl({ type: 'button', action: 'do:new', message: anotherMessage }))
      await clock.advance(60_000)
      hear({ text: 'what is the password?' })
      await clock.advance(60_000)
      const said = await store.history.ofPerson(aPerson('Mira').id, 10)
      expect(said.some(({ text }) => text.includes('tangerine'))).toBe(true)
      const asked = model.requests.find(({ messages }) => questionOf(messages) === 'what is the password?')
      expect(asked).toBeDefined()
      expect(JSON.stringify(asked?.messages)).not.toContain('tangerine')
    },
  )

  it.each(['aeries new', '/aeries stop'])(
    'ends no answer that was asked for after it was said, however late it is heard: %s',
    async text => {
      const { clock, hear } = aHouse(slowly)
      const before = clock.now()
      await clock.advance(1_000)
      const told = hear({ text: 'tell me a story' })
      await clock.advance(1_000)
      hear({ text, at: before })
      await clock.advance(20_000)
      expect(told.surface.shown.join()).toContain('Word 11.')
    },
  )

  it('takes in after a command what its giver says while it is carried out, and what becomes of that', async () => {
    const { store, go } = aSlowStore(words => words === 'aeries new')
    const { clock, engine, model, hear } = aHouse(undefined, { store })
    hear({ text: 'aeries new' })
    const { event } = hear({ text: 'the boat is called Molly' })
    const second = hear({ text: 'no, wait' }).event
    const { place, at, message } = second
    const gone: DeletedEvent = {
      type: 'deleted',
      key: eventKey('test', 'deleted', '1'),
      place,
      at,
      messages: [message.id],
    }
    engine.event(gone)
    await clock.advance(500)
    expect(model.requests).toEqual([])
    go()
    await clock.advance(60_000)
    expect(model.requests.map(({ messages }) => questionOf(messages)).at(-1)).toBe(event.message.text)
    const window = await store.history.last(conversationOf(dm), 10)
    expect(window.map(({ text }) => text)).toEqual([event.message.text, `You said: ${event.message.text}`])
  })

  it('holds up nobody else, and its giver for two seconds at most', async () => {
    const { store } = aSlowStore(words => words === 'aeries new')
    const { clock, model, hear } = aHouse(undefined, { store })
    hear({ text: 'aeries new' })
    hear({ text: 'and I?' })
    hear({ text: 'hello', place: channel, person: aPerson('Jonas') })
    await clock.advance(500)
    expect(model.requests.map(({ messages }) => questionOf(messages))).toEqual([expect.stringContaining('hello')])
    await clock.advance(2_500)
    expect(model.requests.map(({ messages }) => questionOf(messages)).at(-1)).toBe('and I?')
  })

  it('lets a stop come before all that is not taken in yet', async () => {
    const { store, go } = aSlowStore(words => words === 'one more')
    const { clock, turns, engine, hear } = aHouse(slowly, { store })
    hear({ text: 'tell me' })
    await clock.advance(2_000)
    hear({ text: 'one more' })
    engine.event(aControl({ type: 'command', verb: 'stop', words: '' }))
    await clock.advance(100)
    expect(turns.map(({ reply }) => reply.outcome)).toEqual(['stopped'])
    go()
  })

  it('keeps what somebody says as they have all forgotten, however long their last answer takes to end', async () => {
    const { clock, store, engine, hear } = aHouse(slowly)
    hear({ text: 'my boat is red' })
    await clock.advance(2_000)
    engine.event(aControl({ type: 'button', action: 'do:forget all yes', message: anotherMessage }))
    hear({ text: 'hello, I am new here' })
    await clock.advance(60_000)
    const said = await store.history.ofPerson(aPerson('Mira').id, 10)
    expect(said.map(({ text }) => text).filter(text => !text.startsWith('Word'))).toEqual(['hello, I am new here'])
    expect(said).toHaveLength(2)
  })

  it('takes in before a command what was said while nobody listened', async () => {
    const world = aWorld()
    const first = await world.start()
    await first.hear(world.say({ text: 'hi' }))
    await world.clock.advance(10_000)
    world.missed.push(world.say({ text: 'the password of the game is tangerine' }))
    const { model, clock, hear } = await world.start()
    await hear(world.say({ text: 'aeries new' }))
    await clock.advance(60_000)
    await hear(world.say({ text: 'what is the password?' }))
    await clock.advance(60_000)
    const asked = model.requests.find(({ messages }) => questionOf(messages) === 'what is the password?')
    expect(asked).toBeDefined()
    expect(JSON.stringify(asked?.messages)).not.toContain('tangerine')
  })
})
