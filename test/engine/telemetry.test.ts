import { describe, expect, it } from 'vitest'
import { UnavailableError } from '#src/core/errors.ts'
import type { Telling } from '#src/core/telemetry.ts'
import { dm } from '#test/support/an-event.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { aHouse } from './a-house.ts'

const here = { channel: 'discord:here' } as const

function of<Type extends Telling['type']>(told: readonly Telling[], type: Type) {
  return told.filter((telling): telling is Extract<Telling, { type: Type }> => telling.type === type)
}

describe('the engine tells whoever counts', () => {
  it('how long an asker waited, and how soon words that were generated stood there', async () => {
    const long = 'This sentence is long enough to be shown at once. '
    const { clock, hear, told } = aHouse(() => [300, long, 2_000, 'And this ends it.'])
    hear({}, { ...here, latencyMs: 80 })
    await clock.advance(10_000)
    expect(told[0]).toEqual({ type: 'turn begun' })
    expect(of(told, 'typing')).toEqual([{ type: 'typing', platform: dm.platform, sinceAcceptMs: 0 }])
    expect(of(told, 'first text')).toEqual([
      { type: 'first text', platform: 'discord', sinceAcceptMs: 380, sinceTokenMs: 80 },
    ])
    expect(of(told, 'last text')).toEqual([{ type: 'last text', platform: 'discord', sinceTokenMs: 80 }])
    expect(of(told, 'write').map(({ phase, outcome, ageMs }) => [phase, outcome, ageMs])).toEqual([
      ['first', 'written', 80],
      ['interim', 'written', 80],
    ])
    expect(told.slice(-2)).toEqual([
      { type: 'turn closed', platform: dm.platform, outcome: 'done' },
      { type: 'turn over' },
    ])
  })

  it('that words grew older by a write that was held off', async () => {
    const { clock, hear, told } = aHouse(() => ['Short.'])
    const fate = (_: unknown, count: number) =>
      count === 0 ? ({ outcome: 'rate-limited', retryAfterMs: 700 } as const) : undefined
    hear({}, { ...here, fate })
    await clock.advance(10_000)
    expect(of(told, 'write').map(({ outcome, ageMs }) => [outcome, ageMs])).toEqual([
      ['rate-limited', undefined],
      ['written', 700],
    ])
  })

  it('of a notice that it was written, and not that it was an answer', async () => {
    const { clock, hear, told } = aHouse(() => [new UnavailableError('away')])
    hear({}, here)
    await clock.advance(1_000)
    expect(of(told, 'write').map(({ outcome }) => outcome)).toEqual(['written'])
    expect(of(told, 'first text')).toEqual([])
  })

  it('that another process speaks with our token', async () => {
    const clock = new ManualClock()
    const { engine, told } = aHouse(undefined, { clock })
    const at = clock.now()
    engine.event({ type: 'own', platform: 'discord', place: dm, message: 'discord:-:1/2' as never, at })
    await clock.advance(10_000)
    expect(of(told, 'alarm')).toMatchObject([
      { name: 'second speaker', platform: 'discord', cure: expect.stringContaining('end the other process') },
    ])
  })
})
