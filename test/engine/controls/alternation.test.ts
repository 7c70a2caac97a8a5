import { describe, expect, it } from 'vitest'
import { aDesk } from './a-desk.ts'

const slowly = (_: unknown, count: number) => [200, `Answer ${count}. `, 700, 'So it is.']

/** The same numbers every time. */
function dice(seed: number) {
  let state = seed
  return (sides: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * sides)
  }
}

describe('🔁 that is given and taken back in quick turns', () => {
  it.each([1, 2, 3, 4, 5, 6])('ends as the last turn of it says (%i)', async seed => {
    const roll = dice(seed)
    const desk = await aDesk(slowly)
    await desk.say('tell me')
    await desk.clock.advance(2_000)
    const [first] = desk.surface.shown
    for (let turn = 0; turn < 8; turn += 1) {
      await desk.react('🔁')
      await desk.clock.advance(roll(1_500))
      await desk.react('🔁', 'removed')
      await desk.clock.advance(roll(300))
    }
    await desk.clock.advance(10_000)
    expect(desk.surface.shown).toEqual([first])
    expect(await desk.history()).toEqual(['Q: tell me', `A: ${first}`])
    await desk.react('🔁')
    await desk.clock.advance(10_000)
    expect(desk.surface.shown).toHaveLength(1)
    expect(desk.surface.shown[0]).toMatch(/^Answer \d+\. So it is\.$/)
    expect(desk.surface.shown[0]).not.toBe(first)
    await desk.react('🗑️')
    await desk.clock.advance(5_000)
    expect(desk.surface.shown).toEqual([])
    expect(await desk.history()).toEqual([])
  })
})
