import { describe, expect, it } from 'vitest'
import { SideBySide } from '#src/side-by-side.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { ManualClock } from '#test/support/manual-clock.ts'

const ending = (end: () => Promise<void>): AsyncDisposable => ({ [Symbol.asyncDispose]: end })

function aGoodbye() {
  const [clock, log] = [new ManualClock(), new KeptLog()]
  return { clock, log, all: new SideBySide({ withinMs: 500, clock, log }) }
}

describe('SideBySide', () => {
  it('ends all at the same time', async () => {
    const { clock, log, all } = aGoodbye()
    const ended: string[] = []
    for (const name of ['one', 'other']) {
      all.use(ending(() => clock.sleep(400).then(() => void ended.push(name))))
    }
    const disposed = all[Symbol.asyncDispose]()
    await clock.advance(400)
    await disposed
    expect(ended).toEqual(['one', 'other'])
    expect(log.lines).toEqual([])
    expect(clock.pending).toBe(0)
  })

  it('leaves behind what does not end, and says so', async () => {
    const { clock, log, all } = aGoodbye()
    all.use(ending(() => new Promise(() => {})))
    const disposed = all[Symbol.asyncDispose]()
    await clock.advance(500)
    await disposed
    expect(log.lines.map(({ event }) => event)).toEqual(['something does not say goodbye and is left behind'])
  })

  it('waits for the others when one fails', async () => {
    const { clock, log, all } = aGoodbye()
    let hasEnded = false
    all.use(ending(() => Promise.reject(new Error('no'))))
    const slow = async () => {
      await clock.sleep(100)
      hasEnded = true
    }
    all.use(ending(slow))
    const disposed = all[Symbol.asyncDispose]()
    await clock.advance(100)
    await disposed
    expect(hasEnded).toBe(true)
    expect(log.lines.map(({ event }) => event)).toEqual(['something did not end as it should'])
  })
})
