import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { OwnTime } from './own-time.ts'

it('counts what somebody waits, and not what the process stood still', async () => {
  using time = new OwnTime()
  for (const until = performance.now() + 400; performance.now() < until; );
  expect(time.ms).toBeLessThan(100)
  const before = time.ms
  // Ten sleeps: each may last longer, and none of them is shorter than it says by a millisecond.
  for (let at = 0; at < 10; at += 1) await sleep(20)
  expect(time.ms - before).toBeGreaterThanOrEqual(180)
})
