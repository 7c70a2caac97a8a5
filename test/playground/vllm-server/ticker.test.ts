import { describe, expect, it } from 'vitest'
import { Random } from '#playground/vllm-server/random.ts'
import { Ticker } from '#playground/vllm-server/ticker.ts'

describe('the ticker', () => {
  it('calls everything in the order of its time, whatever the order of asking', async () => {
    const ticker = new Ticker()
    const random = new Random(3)
    const start = performance.now()
    const called: number[] = []
    const early: number[] = []
    await new Promise<void>(resolve => {
      for (let at = 0; at < 500; at += 1) {
        const due = start + 5 + random.unit() * 40
        ticker.at(due, () => {
          called.push(due)
          if (performance.now() < due) early.push(due)
        })
      }
      ticker.at(start + 60, resolve)
    })
    expect(called).toHaveLength(500)
    expect(called).toEqual([...called].sort((one, other) => one - other))
    expect(early).toEqual([])
  })

  it('leaves out what was cancelled, and lets one tick ask for the next', async () => {
    const ticker = new Ticker()
    const called: string[] = []
    const now = performance.now()
    ticker.at(now + 2, () => called.push('cancelled')).cancelled = true
    await new Promise<void>(resolve => {
      ticker.at(now + 5, () => {
        called.push('first')
        ticker.at(now + 1, () => called.push('late'))
        ticker.at(now + 10, resolve)
      })
    })
    expect(called).toEqual(['first', 'late'])
  })
})

describe('chance', () => {
  it('is the same for the same seed, and spreads around its mean', () => {
    const draws = (random: Random) => Array.from({ length: 2_000 }, () => random.spread({ mean: 100, sd: 10 }))
    const random = new Random(5)
    const once = draws(random)
    random.restart()
    expect(draws(random)).toEqual(once)
    expect(draws(new Random(6))).not.toEqual(once)
    const mean = once.reduce((sum, draw) => sum + draw, 0) / once.length
    expect(mean).toBeGreaterThan(99)
    expect(mean).toBeLessThan(101)
    expect(Math.min(...once)).toBeGreaterThan(30)
  })
})
