import { describe, expect, it } from 'vitest'
import { DefectError } from '#src/core/errors.ts'
import { eventKey, turnId } from '#src/core/ids.ts'
import { conversationOf } from '#src/core/place.ts'
import type { Store } from '#src/core/store.ts'
import { aMessageId, anAsked, aReply, begun, exchanged, lines } from './an-asked.ts'
import { aPerson, channel, dm } from './an-event.ts'
import type { StoreHome } from './store-home.ts'

const inDm = conversationOf(dm)
const mira = aPerson('Mira').id

export function turnsContract(createHome: () => StoreHome): void {
  describe('turns', () => {
    it('takes in an event once, however often it comes and whatever lies between', async () => {
      await using home = createHome()
      const asked = anAsked({ text: 'once' })
      {
        using store = await home.open()
        expect(await store.turns.receive(asked)).toBe('new')
        expect(await store.turns.receive(asked)).toBe('known')
        await exchanged(store, anAsked({ at: 1, text: 'something else' }), 'yes')
      }
      using store = await home.open()
      expect(await store.turns.receive(asked)).toBe('known')
      expect(lines(await store.history.last(inDm, 10))).toEqual([
        'Mira: once',
        'Mira: something else',
        'Aeries to Mira: yes',
      ])
    })

    it('knows a message again that a second event tells of', async () => {
      await using home = createHome()
      using store = await home.open()
      const asked = anAsked()
      await store.turns.receive(asked)
      expect(await store.turns.receive({ ...asked, key: eventKey('test', 'mention', '1') })).toBe('known')
      expect(await store.history.last(inDm, 10)).toHaveLength(1)
    })

    it('gives every turn an id of its own, short enough for the key of a write', async () => {
      await using home = createHome()
      using store = await home.open()
      const ids = new Set<string>()
      for (let at = 0; at < 50; at += 1) ids.add((await begun(store, anAsked({ at }))).id)
      expect(ids.size).toBe(50)
      for (const id of ids) expect(id).toMatch(/^[0-9a-z]{8,20}$/)
    })

    refusals(createHome)
    parts(createHome)
  })
}

function refusals(createHome: () => StoreHome): void {
  const refuses = async (call: () => unknown) => {
    await expect((async () => call())()).rejects.toThrow(DefectError)
  }

  it('opens no turn for what was not received, is taken already, or was said elsewhere', async () => {
    await using home = createHome()
    using store = await home.open()
    const [taken, elsewhere, unheard] = [anAsked(), anAsked({ place: channel }), anAsked()]
    await begun(store, taken)
    await store.turns.receive(elsewhere)
    for (const { key } of [taken, elsewhere, unheard]) {
      await refuses(() => store.turns.begin(inDm, mira, [key], new Date()))
    }
    await refuses(() => store.turns.begin(inDm, mira, [], new Date()))
  })

  it('leaves a message waiting when the turn that was to take it cannot be opened', async () => {
    await using home = createHome()
    using store = await home.open()
    const [waiting, unheard] = [anAsked(), anAsked()]
    await store.turns.receive(waiting)
    await refuses(() => store.turns.begin(inDm, mira, [waiting.key, unheard.key], new Date()))
    await expect((async () => store.turns.begin(inDm, mira, [waiting.key], new Date()))()).resolves.toBeDefined()
  })

  it('closes a turn once', async () => {
    await using home = createHome()
    using store = await home.open()
    const turn = await exchanged(store, anAsked(), 'hi')
    await refuses(() => store.turns.finish(turn, aReply('hi again'), new Date()))
    await refuses(() => store.turns.join(turn.id, turn.asked[0]!.key))
    expect(lines(await store.history.window(inDm, 10))).toEqual(['Mira: hello', 'Aeries to Mira: hi'])
  })

  it('knows no turn that it did not open', async () => {
    await using home = createHome()
    using store = await home.open()
    await refuses(() => store.turns.shown(turnId('0123456789abcdef'), 0, aMessageId('a')))
  })
}

function parts(createHome: () => StoreHome): void {
  it('keeps the messages that show a reply, told twice or not at all, in their order', async () => {
    await using home = createHome()
    {
      using store = await home.open()
      const turn = await begun(store, anAsked({ at: 1 }))
      const [first, second] = [aMessageId('part-0'), aMessageId('part-1')]
      await store.turns.shown(turn.id, 1, second)
      await store.turns.shown(turn.id, 0, first)
      await store.turns.shown(turn.id, 0, first)
      await store.turns.finish(turn, aReply('in two parts', { messages: [first, second] }), new Date())
      const untold = await begun(store, anAsked({ at: 2 }))
      await store.turns.finish(untold, aReply('untold', { messages: [aMessageId('untold')] }), new Date())
    }
    using store = await home.open()
    expect(await replies(store)).toEqual([
      ['in two parts', ['part-0', 'part-1'].map(aMessageId)],
      ['untold', [aMessageId('untold')]],
    ])
  })

  it('follows a part that stands elsewhere now, and forgets one that is not part of the reply', async () => {
    await using home = createHome()
    using store = await home.open()
    const turn = await begun(store, anAsked())
    for (const name of ['gone', 'stands']) await store.turns.shown(turn.id, 0, aMessageId(name))
    await store.turns.shown(turn.id, 1, aMessageId('taken-back'))
    await store.turns.finish(turn, aReply('here', { messages: [aMessageId('stands')] }), new Date())
    expect(await replies(store)).toEqual([['here', [aMessageId('stands')]]])
  })

  it('gives a message to the newest reply that it shows', async () => {
    await using home = createHome()
    using store = await home.open()
    const shown = { messages: [aMessageId('shared')] }
    await store.turns.finish(await begun(store, anAsked({ at: 1 })), aReply('before', shown), new Date())
    const newer = await begun(store, anAsked({ at: 2 }))
    await store.turns.shown(newer.id, 0, aMessageId('shared'))
    await store.turns.finish(newer, aReply('after', shown), new Date())
    expect(await replies(store)).toEqual([
      ['before', []],
      ['after', [aMessageId('shared')]],
    ])
  })
}

async function replies(store: Store) {
  const history = await store.history.window(inDm, 10)
  return history.filter(({ role }) => role === 'aeries').map(({ text, messages }) => [text, messages])
}
