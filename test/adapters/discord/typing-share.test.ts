import { describe, expect, it } from 'vitest'
import { TypingShare } from '#adapters/discord/typing-share.ts'

const taken = (share: TypingShare, times: number) => Array.from({ length: times }, () => share.take()).filter(Boolean)

describe('TypingShare', () => {
  it('gives a tenth of the requests in any second', () => {
    let now = 1_000_000
    const share = new TypingShare(50, () => now)
    expect(taken(share, 3)).toHaveLength(3)
    now += 600
    expect(taken(share, 9)).toHaveLength(2)
    now += 399
    expect(taken(share, 9)).toHaveLength(0)
    now += 1
    expect(taken(share, 9)).toHaveLength(3)
    now -= 3_600_000
    expect(taken(share, 9)).toHaveLength(5)
  })

  it('gives one at the least', () => {
    expect(taken(new TypingShare(4, Date.now), 9)).toHaveLength(1)
  })
})
