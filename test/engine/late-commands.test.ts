import { describe, expect, it } from 'vitest'
import type { PrivateWords } from '#src/core/event.ts'
import { aPerson, channel } from '#test/support/an-event.ts'
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
})
