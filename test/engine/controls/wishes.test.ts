import { describe, expect, it } from 'vitest'
import type { ReactionEvent } from '#src/core/event.ts'
import { eventKey } from '#src/core/ids.ts'
import { minute } from '#test/engine/a-world.ts'
import { aPerson, dm } from '#test/support/an-event.ts'
import { aDesk } from './a-desk.ts'
import { long, numbered } from './scripts.ts'

type Sketch = Readonly<{ id: string; atMs: number; change?: ReactionEvent['change']; emoji?: string }>

/** A desk that is told of reactions in whatever order, each with the time at which the platform saw it. */
async function aDeskWithTimes(script: Parameters<typeof aDesk>[0]) {
  const desk = await aDesk(script)
  await desk.say('hello')
  await desk.clock.advance(1_000)
  const message = desk.shownAs()
  const begun = desk.clock.now().getTime()
  return {
    ...desk,
    async told({ id, atMs, change = 'added', emoji = '🔁' }: Sketch) {
      const key = eventKey('test', 'reaction', id)
      const at = new Date(begun + atMs)
      await desk.tell({ type: 'reaction', key, place: dm, person: aPerson('Mira'), at, message, emoji, change })
      await desk.clock.advance(10_000)
    },
  }
}

describe('a reaction that works a control', () => {
  it('stays worked when the older word that took it back before comes behind it', async () => {
    const { told, surface } = await aDeskWithTimes(numbered)
    await told({ id: 'given', atMs: 0 })
    await told({ id: 'given again', atMs: 300 })
    await told({ id: 'taken back', atMs: 200, change: 'removed' })
    expect(surface.shown).toEqual(['Answer 2.'])
  })

  it('works nothing when it was taken back later, in whatever order that is told', async () => {
    const { told, surface, house } = await aDeskWithTimes(numbered)
    await told({ id: 'taken back', atMs: 200, change: 'removed' })
    await told({ id: 'given', atMs: 100 })
    expect(surface.shown).toEqual(['Answer 0.'])
    expect(house.model.requests).toHaveLength(1)
  })

  it('is worked once, however often it is told, also after a restart', async () => {
    const desk = await aDeskWithTimes(numbered)
    await desk.told({ id: 'given', atMs: 0 })
    await desk.told({ id: 'given', atMs: 0 })
    await desk.restart()
    await desk.told({ id: 'given', atMs: 0 })
    expect(desk.surface.shown).toEqual(['Answer 1.'])
    await desk.told({ id: 'taken back', atMs: 100, change: 'removed' })
    await desk.told({ id: 'given', atMs: 0 })
    await desk.told({ id: 'taken back', atMs: 100, change: 'removed' })
    expect(desk.surface.shown).toEqual(['Answer 0.'])
  })

  it('takes nothing back when it is taken back without ever having been heard', async () => {
    const { told, react, shownAs, clock, surface } = await aDeskWithTimes(numbered)
    await clock.advance(20 * minute)
    await told({ id: 'given', atMs: 20 * minute })
    expect(surface.shown).toEqual(['Answer 0.', 'Answer 1.'])
    await react('🔁', 'removed', { message: shownAs(1) })
    await clock.advance(5_000)
    expect(surface.shown).toEqual(['Answer 0.', 'Answer 1.'])
  })

  it('that stopped an answer stops no other one when it is told again', async () => {
    const desk = await aDesk(long)
    await desk.say('hello')
    await desk.clock.advance(1_000)
    const person = aPerson('Mira')
    const key = eventKey('test', 'reaction', 'stop')
    const at = desk.clock.now()
    const stop = {
      type: 'reaction',
      key,
      place: dm,
      person,
      at,
      message: desk.shownAs(),
      emoji: '🛑',
      change: 'added',
    } as const
    await desk.tell(stop)
    await desk.clock.advance(5_000)
    expect(desk.surface.shown).toEqual(['Once upon a time.\n(Stopped.)'])
    await desk.react('🔁')
    await desk.clock.advance(1_000)
    await desk.tell(stop)
    await desk.clock.advance(10_000)
    expect(desk.surface.shown).toEqual(['Once upon a time. The end.'])
  })
})
