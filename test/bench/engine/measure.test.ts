import { expect, it } from 'vitest'
import { measureBulk, measureCrowd, measurePaced } from '#bench/engine/measure.ts'
import { patience } from '#test/support/patience.ts'

it('counts what reading answers in bulk costs a process', async () => {
  const { records, microsecondsPerRecord } = await measureBulk(
    'aeries',
    { answers: 4, records: 50, atOnce: 2 },
    patience(),
  )
  expect(records).toBe(200)
  expect(microsecondsPerRecord).toBeGreaterThan(0)
})

it('counts what reading record by record costs a process', async () => {
  const { records, microsecondsPerRecord } = await measurePaced(
    'bare',
    { answers: 4, perSecond: 50, seconds: 1, warmMs: 100 },
    patience(),
  )
  expect(records).toBeGreaterThan(50)
  expect(microsecondsPerRecord).toBeGreaterThan(0)
})

it('tells the share of a first text and the memory that are ours', async () => {
  const { ownShareMs } = await measureCrowd(
    'aeries',
    { answers: 5, perSecond: 20, withinMs: 100, warmMs: 300 },
    patience(),
  )
  expect(ownShareMs.count).toBe(5)
  expect(ownShareMs.p50).toBeGreaterThan(0)
})
