import { expect, it } from 'vitest'
import type { StructuredModel } from '#src/core/structured-model.ts'
import { estimateTokens } from '#src/engine/estimate-tokens.ts'
import { warmUp } from '#src/observer/claims/warm-up.ts'
import { createObserver } from '#src/observer/observer.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { aSight, mira, when } from '#test/support/a-lesson.ts'
import { anAsked, aReply, begun } from '#test/support/an-asked.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { patience } from '#test/support/patience.ts'

const cadence = {
  ...{ concurrency: 1, perMinute: Number.POSITIVE_INFINITY, quietMs: 0, beside: 0 },
  ...{ timeoutMs: 20_000, mostWaiting: 10 },
}

const asking = Promise.withResolvers<void>()
/** Never answers, and ends when it is told to. */
const hung: StructuredModel = {
  complete: (_request, signal) =>
    new Promise((_resolve, reject) => {
      asking.resolve()
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    }),
}

it('learns from a model that never answers what patterns find without it, within the time of a job', async () => {
  using store = openStore({ path: ':memory:' })
  const [clock, log] = [new ManualClock(), new KeptLog()]
  const parts = { ...store, model: hung, mode: 'on', cadence, briefTokens: 500, countTokens: estimateTokens } as const
  await using observer = createObserver({ ...parts, clock, log })
  const asked = { ...anAsked({ text: 'I live in Oslo.' }), at: clock.now() }
  await store.turns.finish(await begun(store, asked), aReply('Nice.', { messages: [] }), clock.now(), true)
  // Takes real time, once in a process.
  await warmUp(patience())
  await observer.start()
  await clock.advance(0)
  await asking.promise
  await clock.advance(cadence.timeoutMs)
  const { traits } = await store.learning.known(mira, aSight().workspace, when(0))
  expect(traits.map(({ value }) => value)).toEqual(['Oslo'])
  expect(await store.learning.jobs()).toMatchObject({ waiting: 1, dead: 0 })
  expect(log.lines).toContainEqual({
    level: 'warn',
    event: 'nothing is learnt from an exchange yet: it is tried again',
    fields: expect.objectContaining({ why: 'too slow', tries: 1 }),
  })
})
