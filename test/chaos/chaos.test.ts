import { expect, it } from 'vitest'
import { runChaos } from '#bench/chaos/run-chaos.ts'

it('no message is lost, doubled or half told by a service that is killed again and again', {
  timeout: 120_000,
}, async () => {
  const { signal } = new AbortController()
  const { violations, stories } = await runChaos({ minutes: 0.15, seed: 7, progress: () => {}, signal })
  expect(violations, stories.join('\n\n')).toEqual([])
})
