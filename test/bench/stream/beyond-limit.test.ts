import { expect, it } from 'vitest'
import type { Judged } from '#bench/stream/judge.ts'
import type { LoggedWrite } from '#bench/stream/stage.ts'
import { beyondLimit } from '#bench/stream/summary.ts'

const edit = (at: number, remaining: number, resetAt: number): LoggedWrite => ({
  at,
  answeredAt: at,
  method: 'PATCH',
  channel: 'room',
  message: '1',
  content: '',
  status: 200,
  isAccepted: true,
  isStruck: false,
  bucket: { remaining, resetAt },
})
const endingAt10s = (...finals: readonly number[]) =>
  finals.map(finalMs => ({ channel: 'room', endedAt: 10_000, finalMs }) as Judged)

it('is late by what passes after the window that lets the last one through', () => {
  // Two are left when six end: two at once, four with the next window, two seconds later.
  const writes = [edit(8_000, 3, 12_000), edit(9_000, 2, 12_000)]
  expect(beyondLimit(endingAt10s(5, 10, 2_010, 2_020, 2_030, 2_100), writes)).toBe(100)
})

it('waits for a second window when more end than one takes', () => {
  const writes = [edit(9_000, 0, 12_000)]
  expect(beyondLimit(endingAt10s(2_000, 2_000, 2_000, 2_000, 2_000, 7_050), writes)).toBe(50)
})

it('may take all at once in a window that nobody has opened', () => {
  expect(beyondLimit(endingAt10s(10, 20), [edit(1_000, 0, 6_000)])).toBe(20)
})
