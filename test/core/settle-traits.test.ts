import { describe, expect, it } from 'vitest'
import { createRandom } from '#bench/history/random.ts'
import type { Slot } from '#src/core/claim.ts'
import { settleTraits } from '#src/core/settle-traits.ts'
import type { Testimony } from '#src/core/testimony.ts'

const dayMs = 24 * 3_600_000
const updates = 2_000

describe('settling statements', () => {
  it('lets the newest word stand in every one of 2,000 lives of a slot, with the whole history before it', () => {
    const random = createRandom(8)
    for (let life = 0; life < updates; life += 1) {
      const slot: Slot = (['call_me', 'location', 'reply_length', 'timezone'] as const)[life % 4] ?? 'call_me'
      const all = Array.from({ length: 2 + Math.floor(random() * 6) }, (_, i) =>
        said({ id: i + 1, slot, value: `v${Math.floor(random() * 3)}`, at: i * (0.2 + random()) * dayMs }),
      )
      const settled = settleTraits(all)
      const standing = settled.filter(({ endedAt }) => endedAt === undefined)
      const newest = all.at(-1)
      expect(standing.map(({ wording }) => all[wording - 1]?.value)).toEqual([newest?.value])
      expect(settled.flatMap(({ statements }) => statements).sort((a, b) => a - b)).toEqual(all.map(({ id }) => id))
      // Whatever ended was ended by what came next.
      for (const trait of settled) {
        if (trait.endedAt !== undefined) expect(settled.map(({ id }) => id)).toContain(trait.supersededBy)
      }
    }
  })

  it('turns over likes and dislikes of the same thing, and leaves all other things alone', () => {
    const things = ['green tea', 'black coffee', 'long walks', 'short films', 'loud rooms']
    const random = createRandom(9)
    for (let life = 0; life < 500; life += 1) {
      const last = new Map<string, number>()
      const all = Array.from({ length: 12 }, (_, i) => {
        const value = things[Math.floor(random() * things.length)] as string
        const slot = random() < 0.5 ? 'likes' : 'dislikes'
        const polarity = random() < 0.8 ? 1 : -1
        last.set(value, (slot === 'likes' ? 1 : -1) * polarity)
        return said({ id: i + 1, slot, value, polarity, at: i * 2 * dayMs, head: value.split(' ') })
      })
      const standing = settleTraits(all).filter(({ endedAt }) => endedAt === undefined)
      const told = standing.map(({ wording, slot, polarity }) => {
        const value = all[wording - 1]?.value as string
        return [value, (slot === 'likes' ? 1 : -1) * polarity] as const
      })
      expect(new Map(told)).toEqual(last)
      expect(told).toHaveLength(last.size)
    }
  })

  it('marks what contradicts itself within a day, unless it is a correction', () => {
    const [oslo, bergen] = [said({ id: 1, value: 'Oslo' }), said({ id: 2, value: 'Bergen', at: 3_600_000 })]
    expect(settleTraits([oslo, bergen])[1]?.conflict).toBe(1)
    expect(settleTraits([oslo, { ...bergen, at: 25 * 3_600_000 }])[1]?.conflict).toBeUndefined()
    expect(settleTraits([oslo, { ...bergen, kind: 'correction' }])[1]?.conflict).toBeUndefined()
  })

  it('weighs what fades by the slowest of its statements', () => {
    const [old, later] = [
      said({ id: 1, halfLifeMs: 10 * dayMs }),
      said({ id: 2, at: 20 * dayMs, halfLifeMs: 20 * dayMs }),
    ]
    expect(settleTraits([old, later])[0]).toMatchObject({
      mass: 2.5 + 1.25,
      halfLifeMs: 20 * dayMs,
      lastAt: 20 * dayMs,
    })
    const told = settleTraits([old, { ...later, kind: 'instruction', weight: 4, halfLifeMs: undefined }])[0]
    expect(told).toMatchObject({ mass: 6.5, halfLifeMs: undefined, isTold: true })
  })
})

function said(sketch: Partial<Testimony> & Pick<Testimony, 'id'>): Testimony {
  const { value = 'Oslo' } = sketch
  return {
    ...{ kind: 'fact', slot: 'location', value, polarity: 1, at: 0, weight: 2.5, halfLifeMs: 180 * dayMs },
    lastsMs: undefined,
    head: [value],
    ...sketch,
  }
}
