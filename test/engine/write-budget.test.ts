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
    expect(granted.slice(5)).toEqual(['5000 final', '5000 first', '5000 freeze', '6250 old edit', '10000 young edit'])
  })

  it('spaces interim writes evenly over the window, whoever they belong to', async () => {
    const { clock, granted, want } = aBudget()
    for (const [i, name] of ['a', 'b', 'c'].entries()) want(name, 'interim', { shownAt: i })
    await clock.advance(5_000)
    expect(granted).toEqual(['0 a', '1250 b', '2500 c'])
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
    expect(times).toEqual([500, 1_000, 1_500, 2_000, 2_500, 3_000, 3_500, 4_000, 4_500])
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
    expect(granted).toEqual(['3000 final', '4250 edit'])
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
    let bucket = 'here'
    const writer: Writer = { plan: () => ({ bucket, phase: 'first', shownAt: 0 }) }
    const slot = budget.slot(writer, 'here', new AbortController().signal)
    await clock.advance(500)
    bucket = 'there'
    budget.reconsider(writer)
    expect((await slot).plan.bucket).toBe('there')
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
