import { setTimeout as sleep } from 'node:timers/promises'
import { ask } from './ask.ts'
import { type Check, Points, skipped } from './check.ts'

export const idleConnections: Check = {
  number: 17,
  name: 'a connection that rested is used again without harm',
  async run(target) {
    if (target.idleMs.length === 0) return skipped('left out')
    const points = new Points()
    const failed = await Promise.all(
      target.idleMs.map(async ms => {
        // One client for each pause, so that each has a connection of its own.
        await using model = target.client()
        const first = await ask(model, 'Hello', { maxTokens: 1 })
        await sleep(ms, undefined, { signal: target.signal })
        const { error } = await ask(model, 'Hello', { maxTokens: 1 })
        return first.error ?? error
      }),
    )
    const reset = 'Something between resets connections that it keeps open: give it a longer idle time.'
    for (const error of failed) points.must(error === undefined, `${error}`, reset)
    return points.finding(`after ${target.idleMs.map(ms => `${ms / 1_000} s`).join(', ')}`)
  },
}
