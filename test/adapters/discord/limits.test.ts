import { describe, expect, it } from 'vitest'
import { limitOf } from '#adapters/discord/limits.ts'

describe('limitOf', () => {
  it('reads what the response says of its bucket', () => {
    const headers = new Headers({
      'X-RateLimit-Limit': '5',
      'X-RateLimit-Remaining': '0',
      'X-RateLimit-Reset-After': '1.2341',
    })
    expect(limitOf(headers)).toEqual({ limit: 5, remaining: 0, resetAfterMs: 1_235 })
  })

  it.each([
    [{}],
    [{ 'X-RateLimit-Limit': '5', 'X-RateLimit-Remaining': '4' }],
    [{ 'X-RateLimit-Limit': 'x', 'X-RateLimit-Remaining': '4', 'X-RateLimit-Reset-After': '1' }],
    [{ 'X-RateLimit-Limit': '5', 'X-RateLimit-Remaining': '', 'X-RateLimit-Reset-After': '1' }],
  ])('learns nothing from %o', headers => {
    expect(limitOf(new Headers(headers as Record<string, string>))).toBeUndefined()
  })
})
