import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byAge, idAt, timeOf } from '#adapters/discord/snowflake.ts'

describe('the ids of Discord', () => {
  it('tell their time', () => {
    expect(timeOf('175928847299117063').toISOString()).toBe('2016-04-30T11:18:25.796Z')
    expect(idAt(new Date('2014-01-01'))).toBe('0')
  })

  it('are ordered as their times are', () => {
    const time = fc.date({ min: new Date('2015-01-02'), max: new Date('2100-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(time, time, (one, other) => {
        expect(timeOf(idAt(one))).toEqual(one)
        expect(Math.sign(byAge(idAt(one), idAt(other)))).toBe(Math.sign(one.getTime() - other.getTime()))
      }),
    )
  })
})
