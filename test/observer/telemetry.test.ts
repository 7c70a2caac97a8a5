import { describe, expect, it } from 'vitest'
import type { Telling } from '#src/core/telemetry.ts'
import { estimateTokens } from '#src/engine/estimate-tokens.ts'
import { createBriefWriter } from '#src/observer/brief-writer.ts'
import type { Observe } from '#src/observer/queue/observe.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { aPerson, dm } from '#test/support/an-event.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { aQueue, learnsNothing, setsBack } from './queue/a-queue.ts'

const fails: Observe = async () => {
  throw new SyntaxError('Mira said: {')
}

describe('the observer tells whoever counts', () => {
  it.each([
    ['nothing that could be learnt', { observe: learnsNothing }, 'nothing', 'nothing claimed'],
    ['a no of the asker', { allows: () => false }, 'nothing', 'not wanted'],
    ['a model that is away', { observe: setsBack('when back') }, 'put back', 'words'],
    ['an answer that will not do', { observe: setsBack('never') }, 'given up', 'words'],
    ['a fault, without its words', { observe: fails }, 'put back', 'failed'],
  ])('of %s', async (_, sketch, outcome, reason) => {
    const { told, clock, say, queue } = aQueue(sketch)
    say('hello')
    await clock.advance(0)
    expect(told).toEqual([{ type: 'observed', outcome, reason }])
    await queue[Symbol.asyncDispose]()
  })

  it('of a brief, how long it took and how large it is, and of one that could not be written', async () => {
    const store = openStore({ path: ':memory:' })
    const told: Telling[] = []
    const telemetry = { tell: (telling: Telling) => void told.push(telling) }
    const learning = { ...store.learning }
    const writer = createBriefWriter({ learning, count: estimateTokens, log: new KeptLog(), telemetry, ticks: () => 0 })
    const question = { person: aPerson('Mira').id, place: dm, words: '', at: new Date(), isFresh: false }
    await writer.brief(question)
    store[Symbol.dispose]()
    await writer.brief(question)
    expect(told).toEqual([
      { type: 'brief', outcome: 'whole', ms: 0, tokens: 0 },
      { type: 'brief', outcome: 'failed', ms: 0, tokens: 0 },
    ])
  })
})
