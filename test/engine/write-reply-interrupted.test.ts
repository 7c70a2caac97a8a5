import { describe, expect, it } from 'vitest'
import { UnavailableError } from '#src/core/errors.ts'
import { ShuttingDown } from '#src/engine/interruption.ts'
import type { Step } from '#test/support/scripted-model.ts'
import { perform } from './perform-reply.ts'

describe('writeReply, when something goes wrong,', () => {
  it('repeats a lost send under its key, so that one message stands there, with the whole text in the end', async () => {
    const fate = (_: unknown, count: number) => (count === 0 ? ('lost' as const) : undefined)
    const { surface, clock, reply } = perform(['One. ', 100, 'Two. ', 100, 'Three.'], { fate })
    await clock.advance(10_000)
    expect(await reply).toMatchObject({ outcome: 'done' })
    expect(surface.shown).toEqual(['One. Two. Three.'])
  })

  it('repeats a lost send though more has come meanwhile and another bucket would be next', async () => {
    const away = { outcome: 'unknown', cause: new Error('reset') } as const
    const steps: Step[] = [
      'One. ',
      50,
      ...Array.from({ length: 60 }, (_, i): Step[] => [`more words ${i}. `, 20]).flat(),
    ]
    const { surface, clock, reply } = perform(steps, { limit: 300, fate: (_, count) => (count < 3 ? away : undefined) })
    await clock.advance(60_000)
    expect(await reply).toMatchObject({ outcome: 'done' })
    expect(surface.shown.join(' ')).toMatch(/^One\. more words 0\./)
  })

  it('lands the last text after a platform that was away comes back', async () => {
    const away = { outcome: 'unknown', cause: new Error('502') } as const
    const { surface, clock, reply } = perform(['One. ', 100, 'Two.'], {
      fate: (_, count) => (count > 0 && count < 6 ? away : undefined),
    })
    await clock.advance(30_000)
    expect(await reply).toMatchObject({ outcome: 'done' })
    expect(surface.shown).toEqual(['One. Two.'])
  })

  it('waits as long as a 429 says', async () => {
    const { surface, clock, reply } = perform(['One. ', 500, 'Two. ', 500, 'Three.'], {
      fate: (_, count) => (count === 1 ? { outcome: 'rate-limited', retryAfterMs: 3_000 } : undefined),
    })
    await clock.advance(10_000)
    await reply
    expect(surface.film).toEqual([
      '0 ms: first #1 "One."',
      '500 ms: interim rate-limited',
      '3500 ms: final #1 "One. Two. Three."',
    ])
  })

  it('leaves what was seen when it is ended by a shutdown that cannot wait', async () => {
    const { abort, clock, reply } = perform(['One. ', 100, 'Two', 60_000, ' three'])
    await clock.advance(50)
    abort.abort(new ShuttingDown())
    expect(await reply).toMatchObject({ outcome: 'cut off', text: 'One. ' })
    await clock.advance(1)
    expect(clock.pending).toBe(0)
  })

  it('stops asking when the message is gone', async () => {
    const { model, clock, reply } = perform(['One. ', 5_000, 'Two. ', 5_000, 'Three.'], {
      fate: (_, count) => (count === 1 ? { outcome: 'gone', cause: undefined } : undefined),
    })
    await clock.advance(6_000)
    expect(await reply).toMatchObject({ outcome: 'stopped' })
    expect(model.aborted).toBe(1)
  })

  it('puts the notice in the place of an answer that never came, once', async () => {
    const { surface, reply } = perform([new UnavailableError('away')])
    expect(await reply).toMatchObject({ outcome: 'failed', text: '' })
    expect(surface.film).toEqual(['0 ms: final #1 "resting"'])
  })

  it('keeps the words of an answer that broke, and says so under them', async () => {
    const { surface, clock, reply } = perform(['One. ', 100, 'Two', 2_000, new UnavailableError('cut')])
    await clock.advance(3_000)
    expect(await reply).toMatchObject({ outcome: 'cut off', text: 'One. Two' })
    expect(surface.shown).toEqual(['One. Two\n(cut)'])
  })

  it('writes nothing once it is aborted, even with words at hand', async () => {
    const { surface, abort, writing, clock, reply } = perform(['I', 100, ' am', 1_000])
    await clock.advance(100)
    abort.abort(new Error('asked anew'))
    await clock.advance(2_000)
    await expect(reply).rejects.toThrow('asked anew')
    expect(surface.film).toEqual([])
    expect(writing).toEqual([])
    expect(clock.pending).toBe(0)
  })

  it('lands what is there when it is told to stop', async () => {
    const { surface, stop, clock, reply } = perform(['One. Two', 5_000, ' three'])
    await clock.advance(10)
    stop.abort(new Error('stop'))
    await clock.advance(1_000)
    expect(await reply).toMatchObject({ outcome: 'cut off', text: 'One. Two' })
    expect(surface.shown).toEqual(['One. Two\n(cut)'])
  })
})
