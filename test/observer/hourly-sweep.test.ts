import { describe, expect, it } from 'vitest'
import { HourlySweep } from '#src/observer/hourly-sweep.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { ManualClock } from '#test/support/manual-clock.ts'

const [minute, hour] = [60_000, 3_600_000]

describe('an hourly sweep', () => {
  it('goes on in steps until nothing is left, once an hour, also after it failed, and ends when it is disposed of', async () => {
    const clock = new ManualClock()
    const log = new KeptLog()
    const start = clock.now().getTime()
    const steps: number[] = []
    const answers = [() => true, () => true, () => false, () => Promise.reject(new Error('locked')), () => false]
    const step = (at: Date) => {
      steps.push(at.getTime() - start)
      return (answers[steps.length - 1] ?? (() => false))()
    }
    const sweep = new HourlySweep({ step, what: 'tidying', clock, log })
    sweep.start()
    await clock.advance(3 * hour)
    const end = minute + 400
    expect(steps).toEqual([minute, minute + 200, end, end + hour, end + 2 * hour])
    expect(log.lines).toHaveLength(1)
    await sweep[Symbol.asyncDispose]()
    await clock.advance(3 * hour)
    expect(steps).toHaveLength(5)
    expect(clock.pending).toBe(0)
  })
})
