import { describe, expect, it } from 'vitest'
import type { WritePhase } from '#src/core/surface.ts'
import type { Plan, Writer } from '#src/engine/most-urgent.ts'
import { WriteBudget } from '#src/engine/write-budget.ts'
import { ManualClock } from '#test/support/manual-clock.ts'

function aBudget(perSecond: Readonly<Record<string, number>> = {}) {
  const clock = new ManualClock()
  const start = clock.now().getTime()
  const budget = new WriteBudget(clock, perSecond)
  const granted: string[] = []
  /** Waits for a slot, writes at once, and hears nothing about the limit. */
  const wait = async (name: string, plan: Plan, signal: AbortSignal): Promise<void> => {
    const slot = await budget.slot({ plan: () => plan }, plan.bucket, signal)
    granted.push(`${clock.now().getTime() - start} ${name}`)
    slot.settle(undefined)
  }
  const want = (name: string, phase: WritePhase, { bucket = 'here', shownAt = 0 } = {}): void => {
    void wait(name, { bucket, phase, shownAt }, new AbortController().signal)
  }
  return { clock, budget, granted, want, wait }
}

const never = new AbortController().signal

describe('WriteBudget', () => {
  it('grants four of five writes in a window at once and keeps the fifth for a final', async () => {
    const { clock, granted, want } = aBudget()
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) want(name, 'first')
    await clock.advance(1_000)
    want('end', 'final')
    await clock.advance(5_000)
    expect(granted).toEqual(['0 a', '0 b', '0 c', '0 d', '1000 end', '5000 e', '5000 f'])
  })

  it('grants a full bucket in the order final, first, freeze, interim, and among equals the oldest text first', async () => {
    const { clock, granted, want } = aBudget()
    for (const name of ['a', 'b', 'c', 'd', 'e']) want(name, 'final')
    want('young edit', 'interim', { shownAt: 20 })
    want('old edit', 'interim', { shownAt: 10 })
    want('freeze', 'freeze')
    want('first', 'first')
    want('final', 'final')
    await clock.advance(15_000)
    expect(granted.slice(5)).toEqual(['5000 final', '5000 first', '5000 freeze', '6250 old edit', '9900 young edit'])
  })

  it('spaces interim writes evenly over the window, whoever they belong to', async () => {
    const { clock, granted, want } = aBudget()
    for (const [i, name] of ['a', 'b', 'c', 'd'].entries()) want(name, 'interim', { shownAt: i })
    await clock.advance(2_500)
    expect(granted).toEqual(['0 a', '1250 b', '2500 c'])
  })

  it('gives who is alone the kept slot 100 ms before the window is over, and soon one of the next', async () => {
    const { clock, granted, wait } = aBudget()
    const writing = (async () => {
      while (granted.length < 7) await wait('edit', { bucket: 'here', phase: 'interim', shownAt: 0 }, never)
    })()
    await clock.advance(10_000)
    await writing
    expect(granted).toEqual([0, 1225, 2450, 3675, 4900, 5513, 6738].map(at => `${at} edit`))
  })

  it('lets who is alone write at once when its model pauses, once in 4 s', async () => {
    const { clock, granted, wait } = aBudget()
    const edit = { bucket: 'here', phase: 'interim', shownAt: 0 } as const
    const paused = { ...edit, isPaused: true }
    await wait('edit', edit, never)
    await clock.advance(200)
    await wait('pause', paused, never)
    for (const name of ['second', 'third', 'fourth']) {
      void wait(`${name} pause`, paused, never)
      await clock.advance(1_600)
    }
    expect(granted).toEqual(['0 edit', '200 pause', '1425 second pause', '2650 third pause', '4900 fourth pause'])
    await clock.advance(200)
    void wait('late pause', paused, never)
    await clock.advance(0)
    expect(granted.at(-1)).toBe('5200 late pause')
  })

  it('hurries nobody whose model pauses while others write in the bucket', async () => {
    const { clock, budget, granted, wait } = aBudget()
    const edit = { bucket: 'here', phase: 'interim', shownAt: 0 } as const
    const other = await budget.slot({ plan: () => edit }, 'here', never)
    void wait('pause', { ...edit, isPaused: true }, never)
    await clock.advance(300)
    void wait('third', { ...edit, shownAt: 1 }, never)
    other.settle(undefined)
    await clock.advance(949)
    expect(granted).toEqual([])
    await clock.advance(1)
    expect(granted).toEqual(['1250 pause'])
  })

  it('leaves an end that comes then no longer without a slot than the window lasts', async () => {
    const { clock, granted, want, wait } = aBudget()
    const writing = (async () => {
      while (granted.length < 5) await wait('edit', { bucket: 'here', phase: 'interim', shownAt: 0 }, never)
    })()
    await clock.advance(4_900)
    await writing
    want('end', 'final')
    await clock.advance(100)
    expect(granted.slice(4)).toEqual(['4900 edit', '5000 end'])
  })

  it('keeps no slot for ends as long as something is spare for them', async () => {
    const { clock, budget } = aBudget()
    const writer: Writer = { plan: () => ({ bucket: 'here', phase: 'interim', shownAt: 0 }) }
    const begun = clock.now().getTime()
    const times: number[] = []
    const writing = (async () => {
      for (const spare of [8, 1, 0, 0]) {
        const slot = await budget.slot(writer, 'here', never)
        times.push(clock.now().getTime() - begun)
        slot.settle({ limit: 8, remaining: 8 - times.length, resetAfterMs: 9_700, spare })
      }
    })()
    await clock.advance(9_000)
    await writing
    expect(times).toEqual([0, 1_200, 2_400, 2_400 + Math.ceil(9_600 / 7)])
  })

  it('lets buckets alone that have nothing to do with each other', async () => {
    const { clock, granted, want } = aBudget()
    for (const bucket of ['here', 'there']) for (const name of ['a', 'b', 'c', 'd']) want(name, 'first', { bucket })
    await clock.advance(0)
    expect(granted).toHaveLength(8)
  })

  it('learns limit, window and what is left from the platform', async () => {
    const { clock, budget } = aBudget()
    const writer: Writer = { plan: () => ({ bucket: 'here', phase: 'interim', shownAt: 0 }) }
    const signal = new AbortController().signal
    const first = await budget.slot(writer, 'here', signal)
    first.settle({ limit: 11, remaining: 10, resetAfterMs: 5_000 })
    const begun = clock.now().getTime()
    const times: number[] = []
    const writing = (async () => {
      while (times.length < 9) {
        const slot = await budget.slot(writer, 'here', signal)
        const passed = clock.now().getTime() - begun
        times.push(passed)
        slot.settle({ limit: 11, remaining: 10 - times.length, resetAfterMs: 5_000 - passed })
      }
    })()
    await clock.advance(6_000)
    await writing
    expect(times).toEqual([490, 980, 1_470, 1_960, 2_450, 2_940, 3_430, 3_920, 4_410])
  })

  it('lets ends, and nothing else, take what is spare at once', async () => {
    const { clock, budget, granted, want } = aBudget()
    const first = await budget.slot({ plan: () => ({ bucket: 'here', phase: 'first', shownAt: 0 }) }, 'here', never)
    first.settle({ limit: 5, remaining: 0, resetAfterMs: 7_500, spare: 2 })
    want('edit', 'interim')
    want('first', 'first')
    for (const name of ['one', 'two', 'three']) want(name, 'final')
    await clock.advance(10_000)
    expect(granted.slice(0, 4)).toEqual(['0 one', '0 two', '7500 three', '7500 first'])
  })

  it('is silent in a bucket as long as a 429 says, and goes on in order', async () => {
    const { clock, budget, granted, want } = aBudget()
    budget.block('here', 3_000)
    want('edit', 'interim')
    want('final', 'final')
    await clock.advance(2_999)
    expect(granted).toEqual([])
    await clock.advance(2_000)
    expect(granted).toEqual(['3000 final', '4225 edit'])
  })

  it('asks a waiting writer for its plan anew, so that an answer that ends meanwhile goes first', async () => {
    const { clock, budget, granted, want } = aBudget()
    for (const name of ['a', 'b', 'c', 'd']) want(name, 'first')
    let phase: WritePhase = 'interim'
    const writer: Writer = { plan: () => ({ bucket: 'here', phase, shownAt: 0 }) }
    const slot = budget.slot(writer, 'here', new AbortController().signal)
    await clock.advance(500)
    phase = 'final'
    budget.reconsider(writer)
    expect((await slot).plan.phase).toBe('final')
    expect(granted).toHaveLength(4)
  })

  it('moves a writer whose plan is for another bucket now', async () => {
    const { clock, budget, want } = aBudget()
    for (const name of ['a', 'b', 'c', 'd']) want(name, 'first')
    const { writer, slot, strayTo } = wandering(budget, 'here')
    await clock.advance(500)
    strayTo('there')
    budget.reconsider(writer)
    expect((await slot).plan.bucket).toBe('there')
  })

  it('sends a writer on whose plan turns out to be for another bucket when its turn comes', async () => {
    const { clock, budget, want } = aBudget({ discord: 45 })
    for (const name of ['a', 'b', 'c', 'd']) want(name, 'first', { bucket: 'discord:full' })
    const { slot, strayTo } = wandering(budget, 'discord:full')
    await clock.advance(500)
    strayTo('discord:empty')
    await clock.advance(5_000)
    expect((await slot).plan.bucket).toBe('discord:empty')
  })

  it('sends it on also when only the platform as a whole kept it waiting', async () => {
    const { clock, budget, want } = aBudget({ discord: 2 })
    for (const name of ['a', 'b']) want(name, 'final', { bucket: `discord:${name}` })
    const { slot, strayTo } = wandering(budget, 'discord:one')
    await clock.advance(500)
    strayTo('discord:other')
    await clock.advance(1_000)
    expect((await slot).plan.bucket).toBe('discord:other')
  })

  it('keeps all buckets of a platform within what it allows over all, the most urgent first', async () => {
    const { clock, granted, want } = aBudget({ discord: 5 })
    for (let i = 0; i < 8; i++) want(`edit${i}`, 'interim', { bucket: `discord:${i}`, shownAt: i })
    want('end', 'final', { bucket: 'discord:end' })
    want('elsewhere', 'interim', { bucket: 'slack:0' })
    await clock.advance(2_000)
    expect(granted.slice(0, 3)).toEqual(['0 edit0', '0 end', '0 elsewhere'])
    expect(granted.slice(3)).toEqual([
      '250 edit1',
      '500 edit2',
      '1000 edit3',
      '1250 edit4',
      '1500 edit5',
      '1750 edit6',
      '2000 edit7',
    ])
  })

  it('forgets a writer whose signal is aborted, and leaves no timer behind', async () => {
    const { clock, granted, want, wait } = aBudget()
    for (const name of ['a', 'b', 'c', 'd']) want(name, 'first')
    const abort = new AbortController()
    const gone = wait('gone', { bucket: 'here', phase: 'first', shownAt: 0 }, abort.signal)
    gone.catch(() => {})
    await clock.advance(100)
    abort.abort(new Error('gone'))
    await expect(gone).rejects.toThrow('gone')
    await clock.advance(10_000)
    expect(granted).toHaveLength(4)
    expect(clock.pending).toBe(0)
  })
})

/** Waits for a first text in that bucket; what it would write may turn out to belong into another one. */
function wandering(budget: WriteBudget, from: string) {
  let bucket = from
  const writer: Writer = { plan: () => ({ bucket, phase: 'first', shownAt: 0 }) }
  const strayTo = (name: string) => {
    bucket = name
  }
  return { writer, slot: budget.slot(writer, from, never), strayTo }
}
