import { describe, expect, it } from 'vitest'
import { aDesk } from './a-desk.ts'
import { long } from './scripts.ts'

describe('🛑', () => {
  it('ends the answer for its asker: the words that are there stay, and say that they were stopped', async () => {
    const { house, react, say, surface, clock, history } = await aDesk(long)
    await say('tell me')
    await clock.advance(1_000)
    await react('🛑', 'added', { name: 'Jonas' })
    expect(house.model.aborted).toBe(0)
    const stoppedAt = clock.now().getTime()
    await react('🛑')
    expect(house.model.aborted).toBe(1)
    await clock.advance(1_500)
    expect(surface.shown).toEqual(['Once upon a time.\n(Stopped.)'])
    expect(house.turns.map(({ reply }) => reply.outcome)).toEqual(['stopped'])
    const last = Number(surface.film.at(-1)?.split(' ')[0])
    expect(last - (stoppedAt - new Date('2026-11-23T12:00:00.000Z').getTime())).toBeLessThanOrEqual(1_500)
    expect(await history()).toEqual(['Q: tell me', 'A: Once upon a time. '])
  })

  it('may be a message that says nothing else, which is no turn and ends what is given alone', async () => {
    const { house, say, tell, surface, clock, history } = await aDesk(long)
    await say('tell me')
    await clock.advance(1_000)
    const stop = await say('Stop!')
    await clock.advance(2_000)
    expect(surface.shown).toEqual(['Once upon a time.\n(Stopped.)'])
    await say('again')
    await tell(stop)
    await clock.advance(20_000)
    expect(house.turns.map(({ reply }) => reply.outcome)).toEqual(['stopped', 'done'])
    expect((await history()).filter(line => line.startsWith('Q'))).toEqual(['Q: tell me', 'Q: again'])
  })

  it('does not end what was asked after it was said, however late it is heard', async () => {
    const { say, surface, clock } = await aDesk(() => ['Half. ', 5_000, 'Whole.'])
    const before = clock.now()
    await clock.advance(1_000)
    await say('tell me')
    await clock.advance(1_000)
    await say('stop', { at: before })
    await clock.advance(10_000)
    expect(surface.shown).toEqual(['Half. Whole.'])
  })

  it('is not "wait", which is asked next', async () => {
    const { house, say, clock } = await aDesk(long)
    await say('tell me')
    await clock.advance(1_000)
    await say('wait')
    await clock.advance(30_000)
    expect(house.turns.map(({ reply }) => reply.outcome)).toEqual(['done', 'done'])
  })
})
