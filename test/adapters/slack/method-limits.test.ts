import { describe, expect, it } from 'vitest'
import { MethodLimits } from '#adapters/slack/method-limits.ts'
import { ReadBudget } from '#adapters/slack/read-budget.ts'
import { ManualClock } from '#test/support/manual-clock.ts'

const minute = 60_000

describe('the limits of a workspace', () => {
  it.each([
    ['chat.update', 47],
    ['chat.appendStream', 94],
    ['chat.startStream', 18],
    ['chat.stopStream', 18],
  ] as const)('hold %s to %i calls in any minute, over all channels', async (method, most) => {
    const clock = new ManualClock()
    const limits = new MethodLimits(clock)
    for (let at = 0; at < most; at += 1) expect(limits.take(method, `C${at}`)).toBe(0)
    expect(limits.take(method, 'C1')).toBe(minute)
    await clock.advance(minute)
    expect(limits.take(method, 'C1')).toBe(0)
  })

  it('let a channel have a post a second with a short burst, and no channel wait for another', async () => {
    const clock = new ManualClock()
    const limits = new MethodLimits(clock)
    for (let at = 0; at < 3; at += 1) expect(limits.take('chat.postMessage', 'C1')).toBe(0)
    expect(limits.take('chat.postMessage', 'C1')).toBe(3_000)
    expect(limits.take('chat.postMessage', 'C2')).toBe(0)
    await clock.advance(3_000)
    expect(limits.take('chat.postMessage', 'C1')).toBe(0)
  })

  it('tell a pace that never fills a minute when it is kept, and let nobody beyond a minute who rushes', async () => {
    const clock = new ManualClock()
    const limits = new MethodLimits(clock)
    const { limit, resetAfterMs } = (() => {
      limits.take('chat.update', 'C1')
      return limits.limit('chat.update', 'C1')
    })()
    for (let at = 0; at < 200; at += 1) {
      await clock.advance(resetAfterMs / (limit - 1))
      expect(limits.take('chat.update', 'C1')).toBe(0)
    }
    let rushed = 0
    for (let second = 0; second < 180; second += 1) {
      const { remaining } = limits.limit('chat.update', 'C2')
      for (let at = 0; at < remaining; at += 1) rushed += limits.take('chat.update', 'C2') > 0 ? 0 : 1
      await clock.advance(1_000)
    }
    expect(rushed).toBeLessThanOrEqual(4 * 47)
  })

  it('tell the whole window with its first call, and what is left of it later', async () => {
    const clock = new ManualClock()
    const limits = new MethodLimits(clock)
    limits.take('chat.update', 'C1')
    expect(limits.limit('chat.update', 'C1')).toEqual({ limit: 8, remaining: 7, resetAfterMs: 10_250, spare: 8 })
    await clock.advance(5_000)
    limits.take('chat.update', 'C1')
    expect(limits.limit('chat.update', 'C1')).toMatchObject({ limit: 8, remaining: 6, resetAfterMs: 5_250 })
    await clock.advance(5_250)
    expect(limits.limit('chat.update', 'C1')).toMatchObject({ limit: 8, remaining: 8, resetAfterMs: 0 })
  })

  it('shrink after a refusal, and grow back with clean minutes', async () => {
    const clock = new ManualClock()
    const limits = new MethodLimits(clock)
    limits.refused('chat.update', 'C1', 10_000)
    expect(limits.take('chat.update', 'C1')).toBe(10_000)
    await clock.advance(10_000)
    const spend = () => {
      let calls = 0
      while (limits.take('chat.update', 'C1') === 0) calls += 1
      return calls
    }
    expect(spend()).toBe(28)
    await clock.advance(10 * minute)
    expect(spend()).toBe(47)
  })
})

describe('the reading of history', () => {
  it('has an allowance a minute and method, of which what is nice leaves half', async () => {
    const clock = new ManualClock()
    const budget = new ReadBudget(clock)
    const count = (need: 'needed' | 'nice') => {
      let reads = 0
      while (budget.take('conversations.replies', need)) reads += 1
      return reads
    }
    expect(count('nice')).toBe(22)
    expect(count('needed')).toBe(23)
    expect(budget.take('conversations.history', 'needed')).toBe(true)
    await clock.advance(minute)
    expect(count('needed')).toBe(45)
  })

  it('learns from one refusal of few calls that it may read once a minute, for what is needed', async () => {
    const clock = new ManualClock()
    const budget = new ReadBudget(clock)
    await clock.advance(minute)
    budget.take('conversations.replies', 'needed')
    budget.take('conversations.replies', 'needed')
    budget.refused('conversations.replies', 60_000)
    await clock.advance(minute)
    expect(budget.take('conversations.replies', 'nice')).toBe(false)
    expect(budget.take('conversations.replies', 'needed')).toBe(true)
    expect(budget.take('conversations.replies', 'needed')).toBe(false)
    expect(budget.take('conversations.history', 'needed')).toBe(true)
    expect(budget.take('conversations.history', 'needed')).toBe(false)
  })

  it('takes a refusal in its first minute for one that a process before it earned', async () => {
    const clock = new ManualClock()
    const budget = new ReadBudget(clock)
    budget.take('conversations.history', 'patient')
    budget.refused('conversations.history', 20_000)
    expect(budget.waitMs('conversations.history', 'patient')).toBe(20_000)
    await clock.advance(20_000)
    expect(budget.isScarce).toBe(false)
    for (let reads = 0; reads < 29; reads += 1) expect(budget.take('conversations.history', 'patient')).toBe(true)
    expect(budget.take('conversations.history', 'patient')).toBe(false)
    expect(budget.waitMs('conversations.history', 'patient')).toBe(40_000)
    expect(budget.take('conversations.history', 'needed')).toBe(true)
  })

  it('learns it from a page that is shorter than it was asked for, too, and lets who can wait read once a minute', async () => {
    const clock = new ManualClock()
    const budget = new ReadBudget(clock)
    budget.take('conversations.history', 'patient')
    budget.gaveMerely(15)
    expect(budget.isScarce).toBe(true)
    expect(budget.waitMs('conversations.history', 'nice')).toBe(Number.POSITIVE_INFINITY)
    expect(budget.waitMs('conversations.history', 'patient')).toBe(minute)
    await clock.advance(minute)
    expect(budget.take('conversations.history', 'patient')).toBe(true)
  })
})
