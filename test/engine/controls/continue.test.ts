import { describe, expect, it } from 'vitest'
import { aDesk } from './a-desk.ts'
import { long } from './scripts.ts'

describe('▶️', () => {
  it('goes on with an answer that was stopped, in place', async () => {
    const { house, react, say, surface, clock, history } = await aDesk((_, count) =>
      count === 0 ? long() : ['there was more.'],
    )
    await say('tell me')
    await clock.advance(1_000)
    await react('🛑')
    await clock.advance(2_000)
    await react('▶️', 'added', { name: 'Jonas' })
    await react('▶️')
    await clock.advance(5_000)
    expect(surface.shown).toEqual(['Once upon a time. there was more.'])
    expect(house.model.requests.map(({ begun }) => begun)).toEqual([undefined, 'Once upon a time. '])
    expect(await history()).toEqual(['Q: tell me', 'A: Once upon a time. there was more.'])
  })

  it('goes on with one that hit its length, with as much room again, and not with a whole one', async () => {
    const { house, react, say, surface, clock } = await aDesk((_, count) =>
      count === 0 ? [Array.from({ length: 600 }, (_, at) => `Word ${at}. `).join(''), '(length)'] : ['And so on.'],
    )
    await say('count')
    await clock.advance(20_000)
    await react('▶️')
    await clock.advance(20_000)
    expect(surface.shown.join('')).toContain('Word 599. And so on.')
    expect(surface.shown.join('')).not.toContain('as long as one answer gets')
    expect(house.model.requests[1]?.maxTokens).toBeGreaterThan(900)
    await react('▶️')
    await clock.advance(5_000)
    expect(house.model.requests).toHaveLength(2)
  })
})
