import { describe, expect, it } from 'vitest'
import { agesOf, meanOf } from '#bench/stream/age.ts'
import { ageBound } from '#bench/stream/age-bound.ts'
import { limitsOf } from '#bench/stream/limits.ts'

const token = (at: number, letters: number) => ({ at, letters })

describe('agesOf', () => {
  it('is the time since the first token that is not shown', () => {
    const ages = agesOf([token(1_000, 5), token(1_050, 10)], [{ at: 1_020, letters: 5 }], 1_100)
    expect([...ages]).toEqual([0, 10, 0, 0, 0, 0, 10, 20, 30, 40])
  })

  it('is nothing while all that was generated is shown', () => {
    const ages = agesOf([token(0, 5)], [{ at: 0, letters: 5 }], 50)
    expect([...ages]).toEqual([0, 0, 0, 0, 0])
  })

  it('grows again when text that was shown is lost', () => {
    const film = [
      { at: 20, letters: 10 },
      { at: 40, letters: 5 },
    ]
    const ages = agesOf([token(0, 5), token(10, 10)], film, 60)
    expect([...ages]).toEqual([0, 10, 0, 0, 30, 40])
  })

  it('has half of the distance of even writes as its mean', () => {
    const generated = Array.from({ length: 10_000 }, (_, index) => token(index, index + 1))
    const film = Array.from({ length: 8 }, (_, index) => ({ at: index * 1_250, letters: index * 1_250 + 1 }))
    expect(Math.abs(meanOf(agesOf(generated, film, 10_000)) - 625)).toBeLessThan(10)
  })
})

const discord = limitsOf({ platform: 'discord', setting: 'channel' })

describe('ageBound', () => {
  it('leaves one answer four of five writes', () => {
    expect(ageBound([[{ from: 0, to: 10_000 }]], discord)).toBe(625)
  })

  it('shares a channel among those that stream in it at the same time', () => {
    const one = { from: 0, to: 10_000 }
    expect(ageBound([[one, one, one, one, one, one]], discord)).toBe(3_750)
    // Half of the time alone, half of it two, which counts twice.
    expect(ageBound([[one, { from: 5_000, to: 10_000 }]], discord)).toBeCloseTo((625 * 5 + 1_250 * 10) / 15)
  })

  it('shares all requests of a bot where these are fewer', () => {
    const channels = Array.from({ length: 100 }, () => [{ from: 0, to: 10_000 }])
    expect(ageBound(channels, discord)).toBeCloseTo(100_000 / 49 / 2)
  })

  it('shares the minute of a Slack workspace, which takes more appends than updates', () => {
    const ten = Array.from({ length: 10 }, () => ({ from: 0, to: 30_000 }))
    expect(ageBound([ten], limitsOf({ platform: 'slack', setting: 'channel' }))).toBeCloseTo((10 * 60_000) / 49 / 2)
    expect(ageBound([ten], limitsOf({ platform: 'slack', setting: 'agent view' }))).toBeCloseTo((10 * 60_000) / 99 / 2)
  })
})
