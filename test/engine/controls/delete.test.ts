import { describe, expect, it } from 'vitest'
import { channel } from '#test/support/an-event.ts'
import { aDesk } from './a-desk.ts'
import { long, numbered } from './scripts.ts'

describe('🗑️', () => {
  it('takes the answer off the platform and out of prompts, for its asker', async () => {
    const { house, react, say, surface, clock, history } = await aDesk(numbered)
    await say('something silly')
    await clock.advance(1_000)
    await react('🗑️', 'added', { name: 'Jonas' })
    expect(surface.shown).toEqual(['Answer 0.'])
    await react('🗑️')
    await clock.advance(1_000)
    expect(surface.shown).toEqual([])
    await say('something else')
    await clock.advance(1_000)
    expect(house.model.requests[1]?.messages.map(({ content }) => content).join()).not.toMatch(/silly|Answer 0/)
    expect(await history()).toEqual(['Q: something else', 'A: Answer 1.'])
  })

  it('is a moderator’s, too, in a shared place, and of nobody else', async () => {
    const { react, say, surface, clock } = await aDesk(numbered)
    await say('hello', { place: channel })
    await clock.advance(1_000)
    await react('🗑️', 'added', { name: 'Jonas', place: channel })
    await react('🗑️', 'added', { name: 'Jonas', place: { ...channel, workspace: 'elsewhere' }, standing: 'admin' })
    await clock.advance(1_000)
    expect(surface.shown).toEqual(['Answer 0.'])
    await react('🗑️', 'added', { name: 'Jonas', place: channel, standing: 'moderator' })
    await clock.advance(1_000)
    expect(surface.shown).toEqual([])
  })

  it('ends an answer that is being written', async () => {
    const { house, react, say, surface, clock, history, store } = await aDesk(long)
    await say('tell me')
    await clock.advance(1_000)
    await react('🗑️')
    await clock.advance(10_000)
    expect(surface.shown).toEqual([])
    expect(house.model.aborted).toBe(1)
    expect(await store.turns.open()).toEqual([])
    expect(await history()).toEqual([])
  })

  it('that a crash interrupts is done after the next start', async () => {
    const desk = await aDesk(numbered)
    const { say, surface, clock, store, shownAs } = desk
    await say('hello')
    await clock.advance(1_000)
    const turn = await store.turns.showing(shownAs())
    if (turn) await store.revisions.withdraw(turn, clock.now())
    expect(surface.shown).toEqual(['Answer 0.'])
    await desk.restart()
    await clock.advance(1_000)
    expect(surface.shown).toEqual([])
    expect(await store.revisions.removals('test')).toEqual([])
  })
})
