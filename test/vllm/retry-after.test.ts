import { describe, expect, it } from 'vitest'
import { retryAfterMs } from '#src/vllm/retry-after.ts'

describe('Retry-After', () => {
  const now = new Date('2026-11-23T12:00:00.000Z')

  it.each([
    ['0', 0],
    ['1.5', 1_500],
    ['Mon, 23 Nov 2026 12:01:00 GMT', 60_000],
    ['Mon, 23 Nov 2026 11:00:00 GMT', undefined],
    ['-1', undefined],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads %s', (header, ms) => {
    expect(retryAfterMs(header, now)).toBe(ms)
  })
})
