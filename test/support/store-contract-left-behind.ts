import { describe, expect, it } from 'vitest'
import { DefectError } from '#src/core/errors.ts'
import { conversationOf } from '#src/core/place.ts'
import { aMessageId, anAsked, aReply, begun, exchanged } from './an-asked.ts'
import { aPerson, channel, dm } from './an-event.ts'
import type { StoreHome } from './store-home.ts'

const mira = aPerson('Mira').id

/** What a start learns of the process before it. */
export function leftBehindContract(createHome: () => StoreHome): void {
  describe('what a process leaves behind', () => {
    it('is what waits for a turn, in the order in which it was said', async () => {
      await using home = createHome()
      const [later, earlier] = [anAsked({ at: 2, text: 'later' }), anAsked({ at: 1, text: 'earlier', place: channel })]
      {
        using store = await home.open()
        await exchanged(store, anAsked({ at: 0, text: 'answered' }), 'yes')
        await store.turns.receive(later)
        await store.turns.receive(earlier)
      }
      using store = await home.open()
      expect(await store.turns.waiting()).toEqual([earlier, later])
      expect(await store.turns.open()).toEqual([])
    })

    it('is every open turn with its questions, its draft and the messages that show it', async () => {
      await using home = createHome()
      const draft = { text: 'Once upon', end: { outcome: 'cut off', note: 'It broke off.' } } as const
      const [asked, added] = [anAsked({ at: 1 }), anAsked({ at: 2, text: 'and one more' })]
      const turn = await (async () => {
        using store = await home.open()
        const turn = await begun(store, asked)
        await store.turns.receive(added)
        await store.turns.join(turn.id, added.key)
        await store.turns.draft(turn.id, { text: 'Once', end: undefined })
        await store.turns.shown(turn.id, 0, aMessageId('a'))
        await store.turns.draft(turn.id, draft)
        return turn
      })()
      using store = await home.open()
      expect(await store.turns.open()).toEqual([
        { turn: { ...turn, asked: [asked, added] }, run: 0, fallsBack: false, draft, messages: [aMessageId('a')] },
      ])
      expect(await store.turns.waiting()).toEqual([])
    })

    it('is all of the drafts that were told together, or none of them', async () => {
      await using home = createHome()
      using store = await home.open()
      const [one, other] = [await begun(store, anAsked({ at: 1 })), await begun(store, anAsked({ at: 2 }))]
      const drafts = async () => (await store.turns.open()).map(({ draft }) => draft?.text)
      await store.turns.draft(one.id, { text: 'Once', end: undefined })
      await store.turns.drafts([
        { turn: one.id, draft: { text: 'Once upon', end: undefined } },
        { turn: other.id, draft: { text: 'Upon', end: undefined } },
      ])
      expect(await drafts()).toEqual(['Once upon', 'Upon'])
      await store.turns.finish(other, aReply('Upon'), new Date())
      const grown = [one, other].map(({ id }) => ({ turn: id, draft: { text: 'more', end: undefined } }))
      await expect((async () => store.turns.drafts(grown))()).rejects.toThrow(DefectError)
      expect(await drafts()).toEqual(['Once upon'])
    })

    it('is nothing of a turn that was closed', async () => {
      await using home = createHome()
      using store = await home.open()
      const turn = await begun(store, anAsked())
      await store.turns.draft(turn.id, { text: 'Once', end: undefined })
      await store.turns.finish(turn, aReply('Once upon a time.'), new Date())
      expect(await store.turns.open()).toEqual([])
      await expect((async () => store.turns.draft(turn.id, { text: 'Once more', end: undefined }))()).rejects.toThrow(
        DefectError,
      )
    })

    it('opens a turn that failed once more, and none that ended in another way', async () => {
      await using home = createHome()
      using store = await home.open()
      const [failed, done] = [await begun(store, anAsked()), await begun(store, anAsked())]
      await store.turns.finish(failed, aReply('', { outcome: 'failed', messages: [aMessageId('notice')] }), new Date())
      await store.turns.finish(done, aReply('yes'), new Date())
      expect(await store.turns.reopen(done.id, mira)).toBeUndefined()
      expect(await store.turns.reopen(failed.id, aPerson('Jonas').id)).toBeUndefined()
      const opened = { turn: failed, run: 0, fallsBack: false, draft: undefined, messages: [aMessageId('notice')] }
      expect(await store.turns.reopen(failed.id, mira)).toEqual(opened)
      expect(await store.turns.reopen(failed.id, mira)).toBeUndefined()
      expect(await store.turns.open()).toEqual([opened])
    })

    it('tells where something was said lately, newest first', async () => {
      await using home = createHome()
      using store = await home.open()
      for (const [at, place] of [dm, channel, { ...channel, channel: 'other' }].entries()) {
        await store.turns.receive(anAsked({ at, place }))
      }
      const since = anAsked({ at: 1 }).at
      const { platform } = dm
      expect(await store.turns.placesSince(platform, since, 10)).toEqual([{ ...channel, channel: 'other' }, channel])
      expect(await store.turns.placesSince(platform, since, 1)).toEqual([{ ...channel, channel: 'other' }])
      expect(await store.turns.placesSince('elsewhere', since, 10)).toEqual([])
    })

    it('tells how far each platform was heard, whatever came late', async () => {
      await using home = createHome()
      {
        using store = await home.open()
        expect(await store.turns.heardUntil(dm.platform)).toBeUndefined()
        await store.turns.receive(anAsked({ at: 5 }))
        await store.turns.receive(anAsked({ at: 3 }))
      }
      using store = await home.open()
      expect(await store.turns.heardUntil(dm.platform)).toEqual(anAsked({ at: 5 }).at)
      expect(await store.turns.heardUntil('elsewhere')).toBeUndefined()
      await store.turns.noteGap(dm.platform, anAsked({ at: 2 }).at)
      await store.turns.noteGap(dm.platform, anAsked({ at: 4 }).at)
      expect(await store.turns.heardUntil(dm.platform)).toEqual(anAsked({ at: 2 }).at)
      await store.turns.fillGap(dm.platform)
      expect(await store.turns.heardUntil(dm.platform)).toEqual(anAsked({ at: 5 }).at)
      expect(await store.history.knows(conversationOf(dm))).toBe(true)
    })

    it('tells how far places were read for as long as the gap is not filled', async () => {
      await using home = createHome()
      const [early, late] = [anAsked({ at: 3 }).at, anAsked({ at: 6 }).at]
      {
        using store = await home.open()
        await store.turns.noteRead(dm.platform, { place: 'of no gap', until: early })
        await store.turns.noteGap(dm.platform, anAsked({ at: 2 }).at)
        await store.turns.noteRead(dm.platform, { place: 'one', until: late })
        await store.turns.noteRead(dm.platform, { place: 'one', until: early })
        await store.turns.noteRead(dm.platform, { place: 'two', until: early })
      }
      using store = await home.open()
      expect(await store.turns.readUntil('elsewhere')).toEqual(new Map())
      const read = { one: late, two: early }
      expect(await store.turns.readUntil(dm.platform)).toEqual(new Map(Object.entries(read)))
      await store.turns.fillGap(dm.platform)
      await store.turns.noteGap(dm.platform, anAsked({ at: 7 }).at)
      expect(await store.turns.readUntil(dm.platform)).toEqual(new Map())
    })
  })
}
