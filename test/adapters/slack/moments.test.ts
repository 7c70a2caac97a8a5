import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Moments } from '#adapters/slack/moments.ts'
import { compareTs, justBefore, timeOf, tsAt } from '#adapters/slack/timestamp.ts'

describe('the moments of a channel', () => {
  it('keep the order of messages of the same millisecond, whichever is heard first', () => {
    const order = ['1700000000.123100', '1700000000.123200', '1700000000.123300', '1700000000.125000']
    fc.assert(
      fc.property(fc.shuffledSubarray(order, { minLength: 4 }), heard => {
        const moments = new Moments()
        for (const ts of heard) moments.at('C1', ts)
        const times = order.map(ts => moments.at('C1', ts).getTime())
        expect(times.toSorted((one, other) => one - other)).toEqual(times)
        expect(Math.abs((times[0] ?? 0) - 1_700_000_000_123)).toBeLessThanOrEqual(3)
      }),
    )
  })

  it('tell two of the same millisecond apart', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(['1700000000.123100', '1700000000.123200'], { minLength: 2 }), heard => {
        const moments = new Moments()
        for (const ts of heard) moments.at('C1', ts)
        const [one, other] = heard.toSorted().map(ts => moments.at('C1', ts).getTime())
        expect(one).toBeLessThan(other ?? 0)
      }),
    )
  })

  it('are those that Slack tells where nothing else was said, and tell of each channel by itself', () => {
    const moments = new Moments()
    expect(moments.at('C1', '1700000000.123999')).toEqual(new Date(1_700_000_000_123))
    expect(moments.at('C2', '1700000000.123100')).toEqual(new Date(1_700_000_000_123))
    expect(moments.at('C1', '1700000000.123999')).toEqual(new Date(1_700_000_000_123))
    expect(moments.at('C1', '1700000000.123100')).toEqual(new Date(1_700_000_000_122))
  })

  it('are kept in order over a burst that no room is left for', () => {
    const moments = new Moments()
    const burst = Array.from({ length: 50 }, (_, at) => `1700000000.000${String(at * 10).padStart(3, '0')}`)
    const times = burst.map(ts => moments.at('C1', ts).getTime())
    expect(times.toSorted((one, other) => one - other)).toEqual(times)
    expect(new Set(times).size).toBe(50)
  })
})

describe('the name of a message', () => {
  it('tells its time to the millisecond, exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4_000_000_000_000 }), ms => {
        expect(timeOf(tsAt(new Date(ms))).getTime()).toBe(ms)
        expect(compareTs(justBefore(tsAt(new Date(ms))), tsAt(new Date(ms)))).toBeLessThan(0)
        expect(timeOf(justBefore(tsAt(new Date(ms)))).getTime()).toBe(ms - 1)
      }),
    )
  })
})
