import { describe, expect, it } from 'vitest'
import { ManualClock } from './manual-clock.ts'

describe('ManualClock', () => {
  it('fires what comes due on the way, in the order of time', async () => {
    const clock = new ManualClock()
    const fired: string[] = []
    const told = (name: string) => () => fired.push(`${name} ${clock.now().getTime() - start}`)
    const start = clock.now().getTime()
    clock.after(30, told('c'))
    clock.after(10, told('a'))
    clock.after(10, told('b'))
    clock.after(31, told('d'))

    await clock.advance(30)

    expect(fired).toEqual(['a 10', 'b 10', 'c 30'])
    expect(clock.pending).toBe(1)
    expect(clock.now().getTime() - start).toBe(30)
  })

  it('lets a loop of sleeps run', async () => {
    const clock = new ManualClock()
    const woken: number[] = []
    const loop = async () => {
      for (let turn = 1; turn <= 3; turn++) {
        await clock.sleep(100)
        woken.push(turn)
      }
    }
    const done = loop()

    await clock.advance(250)
    expect(woken).toEqual([1, 2])
    await clock.advance(50)
    await done
    expect(woken).toEqual([1, 2, 3])
  })

  it('never calls what was disposed of', async () => {
    const clock = new ManualClock()
    let called = false
    clock
      .after(10, () => {
        called = true
      })
      [Symbol.dispose]()
    await clock.advance(20)
    expect(called).toBe(false)
  })

  it('ends a sleep with the reason of its signal, and leaves no timer', async () => {
    const clock = new ManualClock()
    const stop = new AbortController()
    const sleep = clock.sleep(1_000, stop.signal)
    stop.abort(new Error('stopped'))
    await expect(sleep).rejects.toThrow('stopped')
    await expect(clock.sleep(1_000, stop.signal)).rejects.toThrow('stopped')
    expect(clock.pending).toBe(0)
  })
})
