import { expect, it } from 'vitest'
import { PauseWatch } from '#src/vllm/pause-watch.ts'
import { ManualClock } from '#test/support/manual-clock.ts'

function aWatch() {
  const clock = new ManualClock()
  const start = clock.now().getTime()
  const watch = new PauseWatch(clock)
  const told: string[] = []
  /** An answer that says so many words, one each `gapMs`. */
  const answer = (name: string) => {
    let aliveAt: number | undefined
    const watching = watch.watch(
      () => aliveAt,
      () => told.push(`${clock.now().getTime() - start} ${name}`),
    )
    const say = async (words: number, gapMs: number) => {
      for (let word = 0; word < words; word += 1) {
        await clock.advance(gapMs)
        aliveAt = clock.now().getTime()
      }
    }
    return { say, [Symbol.dispose]: () => watching[Symbol.dispose]() }
  }
  return { clock, told, answer }
}

it('tells within a quarter of a second that an answer stands still, once until it goes on', async () => {
  const { clock, told, answer } = aWatch()
  using tea = answer('tea')
  await tea.say(50, 20)
  await clock.advance(3_000)
  expect(told).toEqual(['1200 tea'])
  await tea.say(50, 20)
  await clock.advance(3_000)
  expect(told).toEqual(['1200 tea', '5200 tea'])
})

it.each([
  ['a model of 5 tokens a second', 200],
  ['bursts', 133],
  ['a model of 2 tokens a second', 500],
])('takes the usual gaps of %s for no pause', async (_, gapMs) => {
  const { clock, told, answer } = aWatch()
  using slow = answer('slow')
  await slow.say(20, gapMs)
  const began = told.length
  await slow.say(50, gapMs)
  expect(told).toHaveLength(began)
  await clock.advance(4 * gapMs)
  expect(told).toHaveLength(began + 1)
})

it('says nothing of an answer before its first word, and of one that is over', async () => {
  const { clock, told, answer } = aWatch()
  using _silent = answer('silent')
  {
    using over = answer('over')
    await over.say(10, 20)
  }
  await clock.advance(5_000)
  expect(told).toEqual([])
})

it('looks at each for itself, and leaves no timer behind', async () => {
  const { clock, told, answer } = aWatch()
  {
    using one = answer('one')
    using other = answer('other')
    await one.say(10, 20)
    await other.say(10, 20)
    await clock.advance(200)
    expect(clock.pending).toBe(1)
  }
  expect(told).toEqual(['400 one', '600 other'])
  expect(clock.pending).toBe(0)
})
