import { describe, expect, it } from 'vitest'
import type { ChatRequest } from '#src/core/model.ts'
import { questionOf } from '#test/engine/a-house.ts'
import { aDesk } from './a-desk.ts'

const slowly = ({ messages }: ChatRequest) => [100, `On ${questionOf(messages)}. `, 3_000, 'So it is.']

/** The first message of the answer stands there, and nobody has heard of it yet. */
async function inDoubt() {
  const desk = await aDesk(slowly, { surface: { fate: (_, count) => (count === 0 ? 'lost' : undefined) } })
  const asked = await desk.say('boots')
  await desk.clock.advance(300)
  expect(desk.surface.shown).toEqual(['On boots.'])
  return { ...desk, asked }
}

describe('a message of an answer that may stand there', () => {
  it('goes with the question that is deleted meanwhile', async () => {
    const { remove, asked, clock, surface } = await inDoubt()
    await remove(asked.message.id)
    await clock.advance(10_000)
    expect(surface.shown).toEqual([])
  })

  it('shows the answer to the question that is edited meanwhile', async () => {
    const { edit, asked, clock, surface, history } = await inDoubt()
    await edit(asked, 'boats')
    await clock.advance(10_000)
    expect(surface.shown).toEqual(['On boats. So it is.'])
    expect(await history()).toEqual(['Q: boats', 'A: On boats. So it is.'])
  })

  it.each([0, 100])('goes with the question that is deleted %s ms after a kill', async afterMs => {
    const { remove, restart, asked, clock, surface } = await inDoubt()
    await restart()
    await clock.advance(afterMs)
    await remove(asked.message.id)
    await clock.advance(10_000)
    expect(surface.shown).toEqual([])
  })

  it.each([0, 100])('shows the answer to the question that is edited %s ms after a kill', async afterMs => {
    const { edit, restart, asked, clock, surface } = await inDoubt()
    await restart()
    await clock.advance(afterMs)
    await edit(asked, 'boats')
    await clock.advance(10_000)
    expect(surface.shown).toEqual(['On boats. So it is.'])
  })
})
