import { describe, expect, it } from 'vitest'
import { readConfig } from '#src/config.ts'

const of = (more: Readonly<Record<string, string>>) => readConfig({ DISCORD_TOKEN: 'a-token', ...more }).inside

describe('OPS_INSIDE', () => {
  it('is off unless it is switched on', () => {
    expect([of({}), of({ OPS_INSIDE: '0' }), of({ OPS_INSIDE: '1' })]).toEqual([false, false, true])
  })

  it('is refused where another machine could read what people write', () => {
    expect(() => of({ OPS_INSIDE: '1', OPS_HOST: '0.0.0.0' })).toThrow('OPS_INSIDE: it tells what people write')
    expect(() => of({ OPS_INSIDE: 'yes', OPS_HOST: '10.0.0.7' })).toThrow('set OPS_HOST to 127.0.0.1')
    expect(of({ OPS_INSIDE: '0', OPS_HOST: '0.0.0.0' })).toBe(false)
    expect(of({ OPS_INSIDE: '1', OPS_HOST: '::1' })).toBe(true)
    expect(() => of({ OPS_INSIDE: 'perhaps' })).toThrow('OPS_INSIDE: "perhaps" will not do: must be 0 or 1')
  })
})
