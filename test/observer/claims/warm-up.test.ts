import { expect, it } from 'vitest'
import { warmUp } from '#src/observer/claims/warm-up.ts'

it('gives way between many small steps, goes on where it was left, and is over once', async () => {
  let turns = 0
  const count = () => {
    turns += 1
    next = setImmediate(count)
  }
  let next = setImmediate(count)
  const leave = new AbortController()
  setImmediate(() => leave.abort(new Error('a reply goes first')))
  await expect(warmUp(leave.signal)).rejects.toThrow('a reply goes first')
  expect(turns).toBeLessThan(5)

  const never = new AbortController().signal
  await Promise.all([warmUp(never), warmUp(never)])
  expect(turns).toBeGreaterThan(100)
  const before = turns
  await warmUp(never)
  clearImmediate(next)
  expect(turns).toBe(before)
})
