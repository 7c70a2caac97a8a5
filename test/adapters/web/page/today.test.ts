import { afterEach, expect, it, vi } from 'vitest'
import { followDays, today } from '#adapters/web/page/state/today.ts'

afterEach(() => void vi.useRealTimers())

it('becomes another day at midnight, or when a page that slept over it is seen again', () => {
  vi.useFakeTimers({ now: new Date(2026, 10, 23, 23, 50) })
  const listeners: (() => void)[] = []
  today.value = new Date()
  followDays({ addEventListener: (_, heard) => void listeners.push(heard) })
  const days: string[] = []
  const stop = today.subscribe(day => void days.push(day.toDateString()))
  vi.advanceTimersByTime(9 * 60_000)
  expect(days).toEqual(['Mon Nov 23 2026'])
  vi.advanceTimersByTime(60_000 + 24 * 3_600_000)
  expect(days).toEqual(['Mon Nov 23 2026', 'Tue Nov 24 2026', 'Wed Nov 25 2026'])
  vi.setSystemTime(new Date(2026, 10, 28, 8, 0))
  for (const hear of listeners) hear()
  expect(days.at(-1)).toBe('Sat Nov 28 2026')
  stop()
})
