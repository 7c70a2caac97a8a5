import { describe, expect, it } from 'vitest'
import type { ReactionEvent, ReactionsClearedEvent } from '#src/core/event.ts'
import type { Feedback } from '#src/core/feedback.ts'
import { eventKey, messageId } from '#src/core/ids.ts'
import { ignoredPreference } from '#src/core/ignored.ts'
import { scopeOf } from '#src/core/preferences.ts'
import { createHearReaction } from '#src/engine/reactions/hear-reaction.ts'
import { createReactionTable } from '#src/engine/reactions/reaction-table.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { aMessageId, anAsked, aReply, begun } from '#test/support/an-asked.ts'
import { aPerson, dm } from '#test/support/an-event.ts'

const shown = aMessageId('shown')

describe('a reaction on an answer', () => {
  it('works a control, or is an opinion, whether it is given or taken back', async () => {
    await using house = await aHouse()
    await house.react('🛑')
    await house.react('🔁', { change: 'removed' })
    await house.react('👍🏽')
    await house.react('👍', { change: 'removed' })
    expect(house.heard).toEqual(['stop added', 'regenerate removed', '👍 good', '👍 taken back'])
  })

  it('is nothing when it is ambiguous, or no answer is there', async () => {
    await using house = await aHouse()
    for (const emoji of ['😂', '💀', '👀', '🤷🏽‍♀️', 'party_parrot']) await house.react(emoji)
    await house.react('🛑', { message: messageId('test', undefined, 'dm-mira', 'asked') })
    expect(house.heard).toEqual([])
  })

  it('is taken back also when the emoji has another meaning by now', async () => {
    await using house = await aHouse()
    await house.react('😂', { change: 'removed' })
    expect(house.heard).toEqual(['😂 taken back'])
  })

  it('of somebody who wants to be left alone is only taken back', async () => {
    await using house = await aHouse()
    await house.store.preferences.choose(ignoredPreference, scopeOf(aPerson('Mira').id), 'on')
    for (const change of ['added', 'removed'] as const) {
      await house.react('👍', { change })
      await house.react('🛑', { change })
    }
    expect(house.heard).toEqual(['👍 taken back'])
  })

  it('goes with all others when the message is swept clean', async () => {
    await using house = await aHouse()
    await house.clear(undefined)
    await house.clear('👍🏽')
    expect(house.heard).toEqual(['cleared undefined', 'cleared 👍'])
  })

  it('is heard behind those before it', async () => {
    await using house = await aHouse({ slow: true })
    const all = [house.react('👍'), house.react('👍', { change: 'removed' }), house.clear('👍')]
    await Promise.all(all)
    expect(house.heard).toEqual(['👍 good', '👍 taken back', 'cleared 👍'])
  })
})

async function aHouse({ slow = false } = {}) {
  const store = openStore({ path: ':memory:' })
  const turn = await begun(store, anAsked())
  await store.turns.finish(turn, aReply('hello', { messages: [shown] }), new Date())
  const heard: string[] = []
  let first = slow
  const feedback: Feedback = {
    async hear({ sign, verdict }) {
      // The first takes longer than those behind it.
      for (let waits = first ? 20 : 0; waits > 0; waits -= 1) await Promise.resolve()
      first = false
      heard.push(`${sign} ${verdict ?? 'taken back'}`)
      return 'heard'
    },
    async clear(_, sign) {
      heard.push(`cleared ${sign}`)
    },
  }
  const act = async (control: string, { change }: { change: string }) => void heard.push(`${control} ${change}`)
  const hear = createHearReaction({ store, table: createReactionTable(), feedback, act })
  const common = { key: eventKey('test', 'reaction', '1'), place: dm, at: new Date(), message: shown }
  return {
    store,
    heard,
    react: (emoji: string, sketch: Partial<ReactionEvent> = {}) =>
      hear({ ...common, type: 'reaction', person: aPerson('Mira'), change: 'added', emoji, ...sketch }),
    clear: (emoji: string | undefined) =>
      hear({ ...common, type: 'reactions cleared', emoji } satisfies ReactionsClearedEvent),
    async [Symbol.asyncDispose]() {
      store[Symbol.dispose]()
    },
  }
}
