import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { afterOwnTime } from '#playground/stand-in/after-own-time.ts'

function standStill(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}

describe('afterOwnTime', () => {
  it('calls once the time is over', async () => {
    const begun = performance.now()
    const { promise, resolve } = Promise.withResolvers<void>()
    afterOwnTime(300, resolve)
    // Timers of Node count whole milliseconds.
    await promise
    expect(performance.now() - begun).toBeGreaterThanOrEqual(298)
  })

  it('counts no time in which the process stood still: an answer that came meanwhile is heard first', async () => {
    let isOver = false
    afterOwnTime(40, () => {
      isOver = true
    })
    standStill(400)
    // What came meanwhile is read in a later turn of the loop than the one in which timers that are due are called.
    await sleep(1)
    expect(isOver).toBe(false)
    await expect.poll(() => isOver, { timeout: 10_000 }).toBe(true)
  })

  it('calls nobody who took it back', async () => {
    let isOver = false
    const waiting = afterOwnTime(5, () => {
      isOver = true
    })
    waiting[Symbol.dispose]()
    await new Promise<void>(resolve => void afterOwnTime(30, resolve))
    expect(isOver).toBe(false)
  })
})
