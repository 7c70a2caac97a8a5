import { describe, expect, it } from 'vitest'
import type { Clock } from '#src/core/clock.ts'
import type { PrivateWords } from '#src/core/event.ts'
import { conversationOf, type Place } from '#src/core/place.ts'
import { aPerson, channel, dm } from '#test/support/an-event.ts'
import { questionOf } from './a-house.ts'
import { aLearning } from './a-learning.ts'
import { aWorld, minute } from './a-world.ts'

/** Somebody who has talked to Aeries, which is gone now. */
async function talkedTo() {
  const world = aWorld()
  const learning = aLearning(world.store.preferences).parts
  const first = await world.start(undefined, { learning })
  await first.hear(world.say({ text: 'my boat is green' }))
  await world.clock.advance(1_000)
  return { ...world, learning, start: () => world.start(undefined, { learning }) }
}

const inMs = (clock: Clock, ms: number) => new Date(clock.now().getTime() + ms)

describe('a command that was written while nobody listened', () => {
  it('is done in its order with the words around it, and told', async () => {
    const { clock, surface, missed, say, start } = await talkedTo()
    for (const text of ['it has a red sail', 'aeries new', 'which colour?']) {
      missed.push(say({ text }))
      await clock.advance(1_000)
    }
    const { model } = await start()
    await clock.advance(20_000)
    expect(surface.shown.slice(1)).toEqual([
      expect.stringContaining('A fresh start.'),
      expect.stringContaining('You said: which colour?'),
    ])
    const { messages = [] } = model.requests.at(-1) ?? {}
    expect(questionOf(messages)).toContain('which colour?')
    expect(messages.map(({ content }) => content).join()).not.toMatch(/boat|sail/)
  })

  it('is done however late if it takes something away from Aeries, and otherwise only while its giver waits', async () => {
    const { clock, surface, missed, say, learning, start } = await talkedTo()
    const pause = say({ text: 'aeries pause day' })
    missed.push(say({ text: 'aeries export' }), pause, say({ text: 'aeries forget all' }))
    await clock.advance(180 * minute)
    await start()
    await clock.advance(5_000)
    expect(await learning.consent.mayLearn(pause.person.id, pause.place)).toBe(false)
    expect(surface.shown.slice(1)).toEqual([
      expect.stringContaining('I learn nothing from what you say until'),
      expect.stringMatching(/all that I have of you, for good.*\[Forget all\]/s),
    ])
  })

  it('is told to its giver alone where others read along', async () => {
    const { clock, surface, missed, say, start } = await talkedTo()
    const told: PrivateWords[] = []
    const respond = async (words: PrivateWords) => void told.push(words)
    missed.push(say({ text: 'aeries forget green', place: channel, person: aPerson('Mira'), respond }))
    await clock.advance(60 * minute)
    await start()
    await clock.advance(5_000)
    expect(told).toEqual([expect.objectContaining({ text: expect.stringContaining('Shall I forget it') })])
    expect(surface.shown).toHaveLength(1)
  })

  it('undoes nothing newer of its giver, nor after the next start', async () => {
    const { clock, missed, say, learning, start } = await talkedTo()
    const off = say({ text: 'aeries learning off' })
    const second = await start()
    await clock.advance(minute)
    await second.hear(say({ text: 'aeries learning on' }))
    await clock.advance(1_000)
    missed.push(off)
    second.engine.event({ type: 'gap', platform: 'test', since: off.at })
    await clock.advance(5_000)
    expect(await learning.consent.allows(off.person.id, off.place)).toBe(true)
    await start()
    await clock.advance(5_000)
    expect(await learning.consent.allows(off.person.id, off.place)).toBe(true)
  })

  it('gives way only to what sets the same: in another place, of another scope or with words that are wrong it does not', async () => {
    const { clock, missed, say, store, learning, start } = await talkedTo()
    const mira = aPerson('Mira')
    const elsewhere = { ...channel, channel: 'elsewhere' }
    const late = (text: string, place: Place, ago: number) => say({ text, place, at: inMs(clock, -ago * minute) })
    // A look back reads place by place: what was written last may come first.
    missed.push(
      late('aeries incognito on', elsewhere, 50),
      late('aeries learning', elsewhere, 51),
      late('aeries learning off here', elsewhere, 52),
      late('aeries incognito on', channel, 60),
      late('aeries learning off here', channel, 61),
      late('aeries learning off', dm, 62),
    )
    await start()
    await clock.advance(5_000)
    const chosen = async (name: string) =>
      (await store.preferences.of(mira.id)).filter(one => one.name === name).map(one => one.conversation)
    expect((await chosen('incognito')).toSorted()).toEqual(
      [conversationOf(elsewhere), conversationOf(channel)].toSorted(),
    )
    const everywhere = undefined
    expect(new Set(await chosen('learning'))).toEqual(
      new Set([everywhere, conversationOf(elsewhere), conversationOf(channel)]),
    )
    expect(await learning.consent.allows(mira.id, dm)).toBe(false)
  })

  it('takes out each note that it names, whichever is read first', async () => {
    const { clock, surface, missed, say, start } = await talkedTo()
    missed.push(say({ text: 'aeries forget 5', at: clock.now() }))
    missed.push(say({ text: 'aeries forget 3', at: inMs(clock, -minute) }))
    await clock.advance(60 * minute)
    await start()
    await clock.advance(5_000)
    expect(surface.shown.slice(1)).toEqual([
      expect.stringContaining('no note 5 about you'),
      expect.stringContaining('no note 3 about you'),
    ])
  })

  it('begins a place anew although its giver has begun another anew since', async () => {
    const { clock, surface, missed, say, start } = await talkedTo()
    const told: PrivateWords[] = []
    const second = await start()
    const { at } = say({ text: 'aeries new', place: channel })
    await clock.advance(minute)
    await second.hear(say({ text: 'aeries new' }))
    await clock.advance(1_000)
    missed.push(say({ text: 'aeries new', place: channel, at, respond: async words => void told.push(words) }))
    second.engine.event({ type: 'gap', platform: 'test', since: at })
    await clock.advance(5_000)
    expect(surface.shown.at(-1)).toContain('A fresh start.')
    expect(told).toEqual([expect.stringContaining('A fresh start.')])
  })

  it('is not overtaken by a newer one that failed', async () => {
    const { clock, missed, say, store, learning, start } = await talkedTo()
    const off = say({ text: 'aeries learning off' })
    const second = await start()
    await clock.advance(minute)
    const { choose } = store.preferences
    store.preferences.choose = () => Promise.reject(new Error('the disk is full'))
    await second.hear(say({ text: 'aeries learning on' }))
    await clock.advance(1_000)
    store.preferences.choose = choose
    missed.push(off)
    second.engine.event({ type: 'gap', platform: 'test', since: off.at })
    await clock.advance(5_000)
    expect(await learning.consent.allows(off.person.id, off.place)).toBe(false)
  })

  it.each([
    ['incognito on', 'incognito off', 'incognito'],
    ['ignore me', 'ignore off', 'ignored'],
    ['pause week', 'pause off', 'learning paused until'],
    ['learning off', 'learning default', 'learning'],
    ['learning off here', 'learning default here', 'learning'],
  ])('is taken back by a later one, however late both are heard: %s, %s', async (on, off, name) => {
    const { clock, surface, missed, say, store, start } = await talkedTo()
    const mira = aPerson('Mira')
    const isSet = async () => (await store.preferences.of(mira.id)).some(chosen => chosen.name === name)
    const [first, second] = [say({ text: `aeries ${on}` }), say({ text: `aeries ${off}`, at: inMs(clock, minute) })]
    missed.push(first)
    await clock.advance(60 * minute)
    await start()
    await clock.advance(5_000)
    expect(await isSet()).toBe(true)
    missed.push(second)
    const { hear } = await start()
    await clock.advance(5_000)
    expect(await isSet()).toBe(false)
    await hear(say({ text: 'are you there?' }))
    await clock.advance(30 * minute)
    expect(surface.shown.join()).toContain('You said: are you there?')
    const said = await store.history.ofPerson(mira.id, 10)
    expect(said.map(({ text }) => text)).toContain('are you there?')
  })

  it.each([
    ['ignore me', 'ignore off', 'ignored'],
    ['pause week', 'pause off', 'learning paused until'],
    ['learning off', 'learning default', 'learning'],
  ])('is taken back by a later one in a place that is read first: %s, %s', async (on, off, name) => {
    const { clock, missed, say, store, start } = await talkedTo()
    missed.push(say({ text: `aeries ${off}`, place: channel, at: inMs(clock, minute) }), say({ text: `aeries ${on}` }))
    await clock.advance(60 * minute)
    await start()
    await clock.advance(5_000)
    expect((await store.preferences.of(aPerson('Mira').id)).filter(chosen => chosen.name === name)).toEqual([])
  })

  it('ends no link by a number that may mean another by now', async () => {
    const { clock, surface, missed, say, start } = await talkedTo()
    missed.push(say({ text: 'aeries unlink 1' }), say({ text: 'aeries unlink 1' }), say({ text: 'aeries unlink' }))
    await clock.advance(60 * minute)
    await start()
    await clock.advance(5_000)
    expect(surface.shown.slice(1)).toEqual([expect.stringContaining('linked with no other')])
  })

  it.each(['aeries incognito off', 'aeries new'])('takes out nothing that was asked after it: %s', async text => {
    const { clock, missed, say, store, start } = await talkedTo()
    const second = await start()
    await second.hear(say({ text: 'aeries incognito on' }))
    await clock.advance(minute)
    await second.hear(say({ text: 'a secret' }))
    await clock.advance(minute)
    missed.push(say({ text }))
    await clock.advance(minute)
    await second.hear(say({ text: 'which boat is mine?' }))
    await clock.advance(minute)
    second.engine.event({ type: 'gap', platform: 'test', since: new Date(0) })
    await clock.advance(5_000)
    const said = (await store.history.ofPerson(aPerson('Mira').id, 10)).filter(({ role }) => role === 'person')
    expect(said.map(({ text }) => text)).toEqual(['my boat is green', 'which boat is mine?'])
  })

  it('makes incognito also what was asked after it and heard before it', async () => {
    const { clock, missed, say, store, start } = await talkedTo()
    const second = await start()
    await clock.advance(minute)
    missed.push(say({ text: 'aeries incognito on' }))
    await clock.advance(minute)
    await second.hear(say({ text: 'a secret' }))
    await clock.advance(minute)
    second.engine.event({ type: 'gap', platform: 'test', since: new Date(0) })
    await clock.advance(5_000)
    await second.hear(say({ text: 'aeries incognito off' }))
    await clock.advance(5_000)
    const said = await store.history.ofPerson(aPerson('Mira').id, 10)
    expect(said.map(({ text }) => text)).toEqual(['my boat is green', 'You said: my boat is green'])
  })
})
