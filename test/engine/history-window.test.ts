import { describe, expect, it } from 'vitest'
import { leavingWindow } from '#src/engine/history-window.ts'

describe('leavingWindow', () => {
  it('lets a conversation grow to 20 messages and then restarts it at the 10 newest', () => {
    let window = 0
    const sizes: number[] = []
    for (let turn = 0; turn < 25; turn++) {
      window -= leavingWindow(window, 1)
      sizes.push(window + 1)
      window += 2
    }
    expect(Math.max(...sizes)).toBe(20)
    expect(sizes.filter((size, i) => i > 0 && size < (sizes[i - 1] ?? 0))).toEqual([10, 10, 10])
  })

  it('counts what is asked', () => {
    expect(leavingWindow(17, 3)).toBe(0)
    expect(leavingWindow(17, 4)).toBe(11)
    expect(leavingWindow(3, 30)).toBe(3)
  })
})
