import { describe, expect, it } from 'vitest'
import type { Opinion, Verdict } from '#src/core/feedback.ts'
import { eventKey, type MessageId } from '#src/core/ids.ts'
import type { Telling } from '#src/core/telemetry.ts'
import { estimateTokens } from '#src/engine/estimate-tokens.ts'
import { createBriefWriter } from '#src/observer/brief-writer.ts'
import { createConsent } from '#src/observer/consent.ts'
import { createFeedback } from '#src/observer/feedback/create-feedback.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { aMessageId, anAsked, aReply, begun } from '#test/support/an-asked.ts'
import { aPerson, dm } from '#test/support/an-event.ts'
import { KeptLog } from '#test/support/kept-log.ts'

const start = 1_800_000_000_000
const mira = aPerson('Mira')
const long = 'Ships and harbours and quays. '.repeat(40)

describe('feedback', () => {
  it('on long answers shortens the next ones at once, and love for longer ones brings them back', async () => {
    using house = await aHouse()
    const [one, two, three, ...others] = await house.answers(6)
    const before = await house.brief()
    await house.say(one, 'bad')
    expect(await house.brief()).toBe(before)
    await house.say(two, 'bad')
    await house.say(three, 'bad')
    expect(await house.brief()).toContain('like short answers.')
    for (const answer of others) await house.say(answer, 'good')
    expect(await house.brief()).toBe(before)
  })

  it('with a reason needs no second word', async () => {
    using house = await aHouse()
    const [one] = await house.answers(1)
    const before = await house.brief()
    await house.say(one, 'too long')
    expect(await house.brief()).toContain('short answers')
    await house.say(one, undefined)
    expect(await house.brief()).toBe(before)
  })

  it('is learnt from nobody who said no or paused, and taken back all the same', async () => {
    using house = await aHouse()
    const [one, two] = await house.answers(2)
    expect(await house.say(one, 'too long')).toBe('heard')
    await house.consent.pause(mira.id, new Date(start + 3_600_000))
    expect(await house.say(two, 'too long')).toBe('unwelcome')
    await house.consent.pause(mira.id, undefined)
    await house.consent.choose(mira.id, dm, 'off', 'everywhere')
    expect(await house.say(two, 'too long')).toBe('unwelcome')
    expect(await house.say(one, undefined)).toBe('heard')
    expect(await house.brief()).not.toContain('short answers')
  })

  it('is counted by what was said and as whom Aeries spoke, once', async () => {
    using house = await aHouse()
    const [one] = await house.answers(1)
    await house.say(one, 'good')
    await house.say(one, 'good')
    await house.say(one, undefined)
    await house.say(one, undefined)
    await house.say(aMessageId('nowhere'), 'good')
    expect(house.told).toEqual([
      { type: 'feedback', platform: 'test', verdict: 'good', persona: 'Pirate' },
      { type: 'feedback', platform: 'test', verdict: 'taken back', persona: 'Pirate' },
    ])
  })
})

async function aHouse() {
  const store = openStore({ path: ':memory:' })
  const told: Telling[] = []
  const consent = createConsent({ preferences: store.preferences, mode: 'on', now: () => new Date(start) })
  const feedback = createFeedback({
    learning: store.learning,
    consent,
    telemetry: { tell: telling => void told.push(telling) },
  })
  const briefs = createBriefWriter({
    learning: store.learning,
    count: estimateTokens,
    log: new KeptLog(),
    ticks: () => 0,
  })
  let count = 0
  return {
    told,
    consent,
    async answers(many: number): Promise<readonly MessageId[]> {
      const messages: MessageId[] = []
      for (let at = 0; at < many; at += 1) {
        const message = aMessageId(`answer-${at}`)
        const turn = await begun(store, anAsked({ at: at * 1_000 }))
        await store.turns.finish(turn, aReply(long, { messages: [message], persona: 'Pirate' }), new Date())
        messages.push(message)
      }
      return messages
    },
    async say(message: MessageId | undefined, verdict: Verdict | undefined): Promise<string> {
      count += 1
      const opinion: Opinion = {
        key: eventKey('test', 'opinion', String(count)),
        ...{ person: mira, on: { message: message ?? aMessageId('nowhere') }, sign: '👎', verdict },
        at: new Date(start + count),
      }
      return await feedback.hear(opinion)
    },
    /** In a session that goes on: only what has to show at once moves it. */
    async brief(): Promise<string> {
      const at = new Date(start + 60_000)
      return (await briefs.brief({ person: mira.id, place: dm, words: '', at, isFresh: false })).standing
    },
    [Symbol.dispose]: () => store[Symbol.dispose](),
  }
}
