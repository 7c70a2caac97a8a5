import { describe, expect, it } from 'vitest'
import { UnavailableError } from '#src/core/errors.ts'
import type { Engine } from '#src/engine/engine.ts'
import { shutdownNote } from '#src/engine/words.ts'
import { dm } from '#test/support/an-event.ts'
import type { ManualClock } from '#test/support/manual-clock.ts'
import { aHouse, questionOf } from './a-house.ts'
import { aWorld, notice } from './a-world.ts'

/** Twenty writes of one bucket, of which there are five in 5 s. */
const allWrittenMs = 30_000

const away = () => [new UnavailableError('nobody there')]

/** How long the stop took, by the clock. */
async function stopped(engine: Engine, clock: ManualClock): Promise<number> {
  const begun = clock.now().getTime()
  let endedAt: number | undefined
  const disposed = engine[Symbol.asyncDispose]().then(() => {
    endedAt = clock.now().getTime()
  })
  for (let ms = 0; endedAt === undefined && ms < 20_000; ms += 50) await clock.advance(ms === 0 ? 0 : 50)
  await disposed
  return (endedAt ?? Number.NaN) - begun
}

describe('a stop of the engine', () => {
  it('takes no time while turns only wait for a model that is away, and leaves them to the next process', async () => {
    const world = aWorld()
    const { engine } = await world.start(away)
    for (let i = 0; i < 20; i++) engine.event(world.say({ place: { ...dm, channel: `c${i}` }, text: `question ${i}` }))
    await world.clock.advance(allWrittenMs)
    expect(world.surface.shown).toEqual(Array.from({ length: 20 }, () => notice))
    expect(await stopped(engine, world.clock)).toBe(0)
    expect(await world.store.turns.open()).toHaveLength(20)
    const next = await world.start()
    await world.clock.advance(allWrittenMs)
    expect(next.turns.map(({ reply }) => reply.outcome)).toEqual(Array.from({ length: 20 }, () => 'done'))
    expect(world.surface.shown).toEqual(Array.from({ length: 20 }, (_, i) => `You said: question ${i}`))
  })

  it('takes no time while an answer waits for its place at the model', async () => {
    const { clock, engine, model, hear, store } = aHouse()
    model.stream = async function* (_, signal) {
      await clock.sleep(5_000, signal)
      yield { type: 'waiting' }
      await clock.sleep(60_000, signal)
    }
    const { surface } = hear()
    await clock.advance(6_000)
    expect(await stopped(engine, clock)).toBe(0)
    expect(surface.shown).toEqual([notice])
    expect(await store.turns.open()).toMatchObject([{ draft: undefined }])
  })

  it('waits a second for a first word, and longer for the rest of an answer', async () => {
    const { clock, engine, hear, store, turns } = aHouse(({ messages }) => {
      return questionOf(messages) === 'late' ? [60_000, 'Never.'] : [700, 'Begun. ', 1_200, 'Done.']
    })
    const late = hear({ text: 'late' })
    const slow = hear({ place: { ...dm, channel: 'other' }, text: 'slow' })
    await clock.advance(100)
    let atOneSecond: readonly string[] | undefined
    clock.after(1_050, () => {
      atOneSecond = late.surface.shown
    })
    expect(await stopped(engine, clock)).toBeLessThan(2_000)
    expect(atOneSecond).toEqual([notice])
    expect(slow.surface.shown).toEqual(['Begun. Done.'])
    expect(turns.map(({ reply }) => reply.outcome)).toEqual(['done'])
    expect(await store.turns.open()).toHaveLength(1)
  })

  it('begins no turn any more: what waits behind an answer, and what is still told, is written down for the next process', async () => {
    const world = aWorld()
    const { engine, model } = await world.start(() => ['Begun. ', 1_000, 'Done.'])
    engine.event(world.say({ text: 'first' }))
    await world.clock.advance(500)
    engine.event(world.say({ text: 'behind it' }))
    await world.clock.advance(0)
    engine.windDown()
    engine.event(world.say({ place: { ...dm, channel: 'other' }, text: 'told late' }))
    await world.clock.advance(100)
    expect(await stopped(engine, world.clock)).toBeLessThan(1_000)
    expect(model.requests).toHaveLength(1)
    expect(world.surface.shown).toEqual(['Begun. Done.'])
    const waiting = await world.store.turns.waiting()
    expect(waiting.map(({ message }) => message.text)).toEqual(['behind it', 'told late'])
    const next = await world.start()
    await world.clock.advance(3_000)
    expect(next.turns).toHaveLength(2)
  })

  it('counts from the begin of the stop, whatever the doors take', async () => {
    const { clock, engine, hear } = aHouse(() => ['Begun. ', 60_000, 'Never.'])
    const { surface } = hear()
    await clock.advance(500)
    engine.windDown()
    await clock.advance(1_500)
    expect(await stopped(engine, clock)).toBe(1_000)
    expect(surface.shown).toEqual([`Begun.\n(${shutdownNote})`])
    expect(clock.pending).toBe(0)
  })

  it('breaks off the writes of a platform that is silent, and keeps their words', async () => {
    const { clock, engine, hear, store } = aHouse(() => ['Begun. ', 60_000, 'Never.'])
    const { surface } = hear()
    surface.write = (_, signal) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
    await clock.advance(500)
    expect(await stopped(engine, clock)).toBe(3_250)
    expect(await store.turns.open()).toMatchObject([{ draft: { text: 'Begun. ', end: undefined } }])
    expect(clock.pending).toBe(0)
  })
})
