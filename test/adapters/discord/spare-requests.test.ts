import { describe, expect, it } from 'vitest'
import { SpareRequests } from '#adapters/discord/spare-requests.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { never } from './discord-house.ts'

const taken = (spare: SpareRequests, times: number) => Array.from({ length: times }, () => spare.take()).filter(Boolean)

describe('SpareRequests', () => {
  it('gives a tenth of the requests in any second', async () => {
    const clock = new ManualClock()
    const spare = aSpare(clock)
    expect(taken(spare, 3)).toHaveLength(3)
    await clock.advance(600)
    expect(taken(spare, 9)).toHaveLength(2)
    await clock.advance(399)
    expect(taken(spare, 9)).toHaveLength(0)
    await clock.advance(1)
    expect(taken(spare, 9)).toHaveLength(3)
  })

  it('goes on giving when the clock is set back', () => {
    let now = 1_000_000
    const clock = { ...new ManualClock(), now: () => new Date(now) } as ManualClock
    const spare = aSpare(clock)
    expect(taken(spare, 9)).toHaveLength(5)
    now -= 3_600_000
    expect(taken(spare, 9)).toHaveLength(5)
  })

  it('gives one at the least', () => {
    expect(taken(aSpare(new ManualClock(), 4), 9)).toHaveLength(1)
  })

  it('lets who can wait go at once while little is asked, and else one at a time from what is spare', async () => {
    const clock = new ManualClock()
    let asked = 24
    const spare = aSpare(clock, 50, () => asked)
    for (let times = 0; times < 9; times += 1) await spare.next(never)
    asked = 25
    expect(taken(spare, 9)).toHaveLength(5)
    const next = spare.next(never)
    await clock.advance(1_000)
    await next
    expect(taken(spare, 9)).toHaveLength(4)
    const stop = new AbortController()
    const waiting = spare.next(stop.signal)
    stop.abort(new Error('stopped'))
    await expect(waiting).rejects.toThrow('stopped')
    expect(clock.pending).toBe(0)
  })
})

function aSpare(clock: ManualClock, requestsPerSecond = 50, askedLately = () => 0): SpareRequests {
  return new SpareRequests({ requestsPerSecond, askedLately, clock })
}
