import { describe, expect, it } from 'vitest'
import { createRandom } from '#bench/history/random.ts'
import { confidenceOf, type Mass, massAt, preferenceOf, remaining, withEvent } from '#src/core/decay.ts'

const dayMs = 24 * 3_600_000
const halfLifeMs = 45 * dayMs

describe('decay', () => {
  it('halves in a half-life, to the twelfth place', () => {
    for (let halves = 0; halves <= 40; halves += 1) {
      expect(Math.abs(remaining(halves * halfLifeMs, halfLifeMs) / 2 ** -halves - 1)).toBeLessThan(1e-12)
    }
    expect(remaining(1e12, undefined)).toBe(1)
  })

  it('only ever takes, as long as nothing happens', () => {
    const mass = withEvent(undefined, { weight: 2.5, at: 0 }, halfLifeMs)
    let before = Number.POSITIVE_INFINITY
    for (let at = 0; at < 400 * dayMs; at += 0.37 * dayMs) {
      const { positive } = massAt(mass, at, halfLifeMs)
      expect(positive).toBeLessThan(before)
      expect(positive).toBeGreaterThan(0)
      before = positive
    }
  })

  it('gives the sum of all events, in whatever order they come and whichever are taken back, over 10,000 sequences', () => {
    const random = createRandom(4)
    for (let sequence = 0; sequence < 10_000; sequence += 1) {
      const events = Array.from({ length: 2 + Math.floor(random() * 14) }, () => ({
        weight: Math.round((random() * 8 - 4) * 100) / 100,
        at: Math.floor(random() * 200 * dayMs),
      }))
      const taken = events.filter(() => random() < 0.3)
      const kept = events.filter(event => !taken.includes(event))
      let mass: Mass | undefined
      for (const event of events) mass = withEvent(mass, event, halfLifeMs)
      for (const event of taken) mass = withEvent(mass, event, halfLifeMs, -1)
      const now = 200 * dayMs
      const sum = (sign: 1 | -1) =>
        kept.reduce(
          (all, { weight, at }) => all + (weight * sign > 0 ? Math.abs(weight) * remaining(now - at, halfLifeMs) : 0),
          0,
        )
      const { positive, negative } = massAt(mass as Mass, now, halfLifeMs)
      if (Math.abs(positive - sum(1)) > 1e-9 || Math.abs(negative - sum(-1)) > 1e-9) {
        expect({ sequence, positive, negative }).toEqual({ sequence, positive: sum(1), negative: sum(-1) })
      }
    }
  })

  it('is squashed when it is read, and never at a write', () => {
    let mass: Mass | undefined
    for (let i = 0; i < 1_000; i += 1) mass = withEvent(mass, { weight: 5, at: 0 }, halfLifeMs)
    expect(mass?.positive).toBe(5_000)
    expect(preferenceOf(mass as Mass)).toBeCloseTo(5_000 / 5_002, 12)
    expect(confidenceOf({ positive: 3, negative: 0 })).toBeCloseTo(1 - Math.exp(-1), 12)
    expect(preferenceOf({ positive: 0, negative: 0 })).toBe(0)
  })
})
