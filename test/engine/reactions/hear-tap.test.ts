import { describe, expect, it } from 'vitest'
import { type ControlEvent, type PrivateNote, toldInWords } from '#src/core/event.ts'
import type { Opinion } from '#src/core/feedback.ts'
import { eventKey } from '#src/core/ids.ts'
import { createHearTap } from '#src/engine/reactions/hear-tap.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { aMessageId, anAsked, aReply, begun } from '#test/support/an-asked.ts'
import { aPerson, dm } from '#test/support/an-event.ts'
import { ManualClock } from '#test/support/manual-clock.ts'

const dayMs = 24 * 3_600_000

describe('a tap on a button by which an answer is judged', () => {
  it('opens the choice, whose buttons name the answer themselves', async () => {
    using house = await aHouse()
    const opened = await house.tap('feedback:ask')
    expect(labels(opened)).toEqual(['Good answer', 'Too long', 'Too short', 'Wrong', 'Wrong tone'])
    for (const { action } of opened?.buttons ?? []) await house.tap(action, 'a private answer')
    expect(house.heard).toEqual(['good', 'too long', 'too short', 'wrong', 'tone'])
  })

  it('asks why an answer was bad, once a day', async () => {
    using house = await aHouse()
    expect(labels(await house.tap('feedback:bad'))).toEqual([
      ...['Too long', 'Too short', 'Wrong', 'Wrong tone', 'Take it back', 'Don’t ask again'],
    ])
    expect(labels(await house.tap('feedback:bad'))).toEqual(['Take it back'])
    await house.clock.advance(dayMs - 1)
    expect(labels(await house.tap('feedback:bad'))).toEqual(['Take it back'])
    await house.clock.advance(1)
    expect(labels(await house.tap('feedback:bad'))).toContain('Too long')
  })

  it('asks nobody else’s reason away, and never again who does not want it', async () => {
    using house = await aHouse()
    const asked = await house.tap('feedback:bad')
    await house.tap(actionOf(asked, 'Don’t ask again'))
    await house.clock.advance(10 * dayMs)
    expect(labels(await house.tap('feedback:bad'))).toEqual(['Take it back'])
    expect(labels(await house.tap('feedback:bad', undefined, 'Jonas'))).toContain('Don’t ask again')
  })

  it('can be taken back', async () => {
    using house = await aHouse()
    await house.tap(actionOf(await house.tap('feedback:good'), 'Take it back'))
    expect(house.heard).toEqual(['good', undefined])
  })

  it('asks nobody why of whom nothing is learnt', async () => {
    using house = await aHouse('unwelcome')
    expect(await house.tap('feedback:bad')).toEqual({ text: 'I do not learn from you here, so I keep nothing of it.' })
  })

  it('says so when the answer is known no more, and is nothing by another button', async () => {
    using house = await aHouse()
    expect((await house.tap('feedback:good', 'elsewhere'))?.text).toBe('I do not know that answer any more.')
    expect(await house.tap('learning:on')).toBeUndefined()
    expect(await house.tap('feedback:nonsense')).toBeUndefined()
    expect(await house.tap('feedback:constructor')).toBeUndefined()
    expect(house.heard).toEqual([])
  })
})

function labels(note: PrivateNote | undefined): readonly string[] {
  return (note?.buttons ?? []).map(({ label }) => label)
}

function actionOf(note: PrivateNote | undefined, label: string): string {
  return note?.buttons?.find(one => one.label === label)?.action ?? ''
}

async function aHouse(outcome: 'heard' | 'unwelcome' = 'heard') {
  const store = openStore({ path: ':memory:' })
  const clock = new ManualClock()
  const turn = await begun(store, anAsked())
  await store.turns.finish(turn, aReply('hello', { messages: [aMessageId('shown')] }), new Date())
  const heard: Opinion['verdict'][] = []
  const hear = async ({ verdict }: Opinion) => {
    heard.push(verdict)
    return outcome
  }
  const hearTap = createHearTap({ store, clock, feedback: { hear, clear: async () => {} } })
  return {
    clock,
    heard,
    /** What whoever taps is told. */
    async tap(action: string, message = 'shown', name = 'Mira'): Promise<PrivateNote | undefined> {
      let told: PrivateNote | undefined
      const event: ControlEvent = {
        ...{ type: 'control', key: eventKey('test', 'tap', '1'), place: dm, at: clock.now(), person: aPerson(name) },
        control: { type: 'button', action, message: aMessageId(message) },
        respond: async words => {
          told = toldInWords(words)
        },
      }
      await hearTap(event)?.(new AbortController().signal)
      return told
    },
    [Symbol.dispose]: () => store[Symbol.dispose](),
  }
}
