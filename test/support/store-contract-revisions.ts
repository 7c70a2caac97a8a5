import { describe, expect, it } from 'vitest'
import { eventKey } from '#src/core/ids.ts'
import { conversationOf } from '#src/core/place.ts'
import type { Store } from '#src/core/store.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import { aLesson, aSignal, aStatement, when } from './a-lesson.ts'
import { aMessageId, anAsked, aReply, begun, exchanged, lines } from './an-asked.ts'
import { aPerson, dm } from './an-event.ts'
import type { StoreHome } from './store-home.ts'

const inDm = conversationOf(dm)
const mira = aPerson('Mira').id
const at = new Date(1_800_000_100_000)
const inPlace = { cause: 'reaction', inPlace: true } as const
const elsewhere = { cause: 'button', inPlace: false } as const

/** What people change about what was said. */
export function revisionsContract(createHome: () => StoreHome): void {
  const open = async () => {
    const home = createHome()
    const store = await home.open()
    const parts = new AsyncDisposableStack()
    parts.use(home)
    parts.use(store)
    return { store, [Symbol.asyncDispose]: () => parts.disposeAsync() }
  }
  const told = async (store: Store) => lines(await store.history.window(inDm, 10))

  describe('what people change', () => {
    it('takes an event in once', async () => {
      await using home = await open()
      const key = eventKey('test', 'stop', '1')
      expect([await home.store.revisions.once(key), await home.store.revisions.once(key)]).toEqual([true, false])
    })

    it('gives a turn another reply in the same messages, and has one answer for it at any time', async () => {
      await using home = await open()
      const { turns, revisions } = home.store
      const turn = await exchanged(home.store, anAsked({ text: 'Why?' }), 'Because.')
      const [shown] = (await revisions.known(turn.id))?.reply?.messages ?? []
      expect(await revisions.supersede(turn.id, inPlace)).toEqual({
        turn,
        run: 1,
        fallsBack: true,
        draft: undefined,
        messages: [shown],
      })
      expect(await revisions.supersede(turn.id, inPlace)).toBeUndefined()
      expect(await told(home.store)).toEqual([])
      await turns.finish(turn, aReply('For it is so.', { messages: shown ? [shown] : [] }), at)
      expect(await told(home.store)).toEqual(['Mira: Why?', 'Aeries to Mira: For it is so.'])
    })

    it('brings the earlier reply back with its note and its messages, and leaves the others to be removed', async () => {
      await using home = await open()
      const { turns, revisions } = home.store
      const turn = await begun(home.store, anAsked({ text: 'Why?' }))
      await turns.draft(turn.id, { text: 'Because', end: { outcome: 'stopped', note: 'Stopped.' } })
      await turns.finish(turn, aReply('Because', { outcome: 'stopped', messages: [aMessageId('old')] }), at)
      expect((await revisions.supersede(turn.id, elsewhere))?.messages).toEqual([])
      expect(await turns.showing(aMessageId('old'))).toBe(turn.id)
      await turns.finish(turn, aReply('So.', { messages: [aMessageId('new')] }), at)
      expect(await revisions.restore(turn.id, 'reaction')).toBeUndefined()
      expect(await revisions.restore(turn.id)).toEqual({
        turn,
        run: 2,
        fallsBack: false,
        draft: { text: 'Because', end: { outcome: 'stopped', note: 'Stopped.' } },
        messages: [aMessageId('old')],
      })
      expect(await revisions.removals('test')).toEqual([{ place: dm, message: aMessageId('new') }])
      await revisions.removed(aMessageId('new'))
      expect(await revisions.removals('test')).toEqual([])
      await turns.finish(turn, aReply('Because', { outcome: 'stopped', messages: [aMessageId('old')] }), at)
      expect(await told(home.store)).toEqual(['Mira: Why?', 'Aeries to Mira: Because'])
      expect(await revisions.restore(turn.id)).toBeUndefined()
    })

    it('lets the words of a closed turn go on', async () => {
      await using home = await open()
      const { turns, revisions } = home.store
      const turn = await exchanged(home.store, anAsked(), 'Once upon')
      const gone = await revisions.goOn(turn.id)
      expect(gone).toMatchObject({ run: 1, fallsBack: false, draft: { text: 'Once upon', end: undefined } })
      await turns.finish(turn, aReply('Once upon a time.', { messages: gone?.messages ?? [] }), at)
      expect(await told(home.store)).toEqual(['Mira: hello', 'Aeries to Mira: Once upon a time.'])
    })

    it('knows a turn by its question, its answer, and by whether anything came after it', async () => {
      await using home = await open()
      const { revisions } = home.store
      const asked = anAsked({ at: 1 })
      const turn = await exchanged(home.store, asked, 'yes')
      const known = await revisions.known(turn.id)
      expect(known).toMatchObject({ turn, isNewest: true, isNewestOfAsker: true, isWithdrawn: false, note: undefined })
      expect(known?.reply).toMatchObject({ outcome: 'done', text: 'yes' })
      for (const message of [asked.message.id, ...(known?.reply?.messages ?? [])]) {
        expect(await revisions.about(message)).toEqual(known)
      }
      await exchanged(home.store, anAsked({ at: 2, person: aPerson('Jonas') }), 'no')
      expect(await revisions.known(turn.id)).toMatchObject({ isNewest: false, isNewestOfAsker: true })
      await exchanged(home.store, anAsked({ at: 3 }), 'no')
      expect(await revisions.known(turn.id)).toMatchObject({ isNewest: false, isNewestOfAsker: false })
      expect(await revisions.about(aMessageId('nobody knows'))).toBeUndefined()
    })

    withdrawals(open, told)
    corrections(open, told)
    retractions(open)
  })
}

type Open = () => Promise<AsyncDisposable & Readonly<{ store: Store }>>
type ToldIn = (store: Store) => Promise<readonly string[]>

function withdrawals(open: Open, told: ToldIn): void {
  it('withdraws an answer with its question from prompts, and leaves all that ever showed it to be removed', async () => {
    await using home = await open()
    const { turns, revisions } = home.store
    await exchanged(home.store, anAsked({ at: 1, text: 'one' }), '1')
    const turn = await exchanged(home.store, anAsked({ at: 2, text: 'two' }), '2')
    const [shown] = (await revisions.known(turn.id))?.reply?.messages ?? []
    await revisions.supersede(turn.id, elsewhere)
    await turns.finish(turn, aReply('II', { messages: [aMessageId('new')] }), at)
    await revisions.withdraw(turn.id, at)
    expect(await told(home.store)).toEqual(['Mira: one', 'Aeries to Mira: 1'])
    expect(lines(await home.store.history.last(inDm, 10))).toContain('Mira: two')
    expect((await revisions.removals('test')).map(({ message }) => message).sort()).toEqual(
      [aMessageId('new'), shown].sort(),
    )
    expect(await revisions.known(turn.id)).toMatchObject({ isWithdrawn: true, reply: { text: '', messages: [] } })
    for (const change of [revisions.supersede(turn.id, inPlace), revisions.goOn(turn.id), revisions.restore(turn.id)]) {
      expect(await change).toBeUndefined()
    }
  })

  it('withdraws a turn that is being answered, which is closed with it', async () => {
    await using home = await open()
    const { turns, revisions } = home.store
    const turn = await begun(home.store, anAsked())
    await turns.draft(turn.id, { text: 'Once', end: undefined })
    await turns.shown(turn.id, 0, aMessageId('a'))
    await revisions.withdraw(turn.id, at)
    expect(await turns.open()).toEqual([])
    expect(await revisions.removals('test')).toEqual([{ place: dm, message: aMessageId('a') }])
  })

  it('leaves a message that shows a reply no longer to be removed', async () => {
    await using home = await open()
    const { turns, revisions } = home.store
    const turn = await begun(home.store, anAsked())
    await turns.shown(turn.id, 0, aMessageId('a'))
    await turns.shown(turn.id, 1, aMessageId('b'))
    await revisions.dismiss(turn.id, aMessageId('b'))
    expect(await turns.showing(aMessageId('b'))).toBeUndefined()
    expect(await revisions.removals('test')).toEqual([{ place: dm, message: aMessageId('b') }])
    expect(await revisions.removals('elsewhere')).toEqual([])
  })
}

function corrections(open: Open, told: ToldIn): void {
  it("corrects a person's own words, and nobody else's", async () => {
    await using home = await open()
    const { revisions } = home.store
    const asked = anAsked({ text: 'Whyy?' })
    await exchanged(home.store, asked, 'Because.')
    const { id } = asked.message
    expect(await revisions.correct(id, aPerson('Jonas').id, 'forged', false)).toBe(false)
    expect(await revisions.correct(id, mira, 'Why?', false)).toBe(true)
    expect(await revisions.correct(id, mira, 'Why?', false)).toBe(false)
    expect(await told(home.store)).toEqual(['Mira: Why?', 'Aeries to Mira: Because.'])
  })

  it('purges a question with its answer, and leaves what showed that to be removed', async () => {
    await using home = await open()
    const { turns, revisions } = home.store
    const asked = anAsked({ text: 'a secret' })
    const turn = await exchanged(home.store, asked, 'I heard a secret')
    const messages = (await revisions.known(turn.id))?.reply?.messages ?? []
    expect(await revisions.purge([asked.message.id], new Date(0))).toEqual([])
    expect(await home.store.history.last(inDm, 10)).toEqual([])
    expect((await revisions.removals('test')).map(({ message }) => message)).toEqual(messages)
    expect(await turns.receive(asked)).toBe('known')
    expect(await revisions.known(turn.id)).toBeUndefined()
  })

  it('leaves an open turn to its other questions', async () => {
    await using home = await open()
    const { turns, revisions } = home.store
    const [first, second] = [anAsked({ at: 1, text: 'one' }), anAsked({ at: 2, text: 'two' })]
    const turn = await begun(home.store, first, second)
    await turns.shown(turn.id, 0, aMessageId('a'))
    const left = await revisions.purge([first.message.id], new Date(0))
    expect(left).toMatchObject([{ turn: { id: turn.id, asked: [second] }, run: 1, messages: [], draft: undefined }])
    expect(await revisions.purge([second.message.id], new Date(0))).toEqual([])
    expect(await turns.open()).toEqual([])
  })

  it.for([
    ['opens a freshly answered turn again for the question that is left', 0, ['Mira: two', 'Aeries to Mira: Two.']],
    ['leaves a turn of long ago unanswered, and out of the talk', 1, []],
  ] as const)('%s', async ([, laterMs, words]) => {
    await using home = await open()
    const { turns, revisions } = home.store
    const [first, second] = [anAsked({ at: 1, text: 'one' }), anAsked({ at: 2, text: 'two' })]
    const turn = await begun(home.store, first, second)
    const shown = aMessageId('both')
    await turns.shown(turn.id, 0, shown)
    await turns.finish(turn, aReply('One, two.', { messages: [shown] }), at)
    const left = await revisions.purge([first.message.id], new Date(at.getTime() + laterMs))
    expect((await revisions.removals('test')).map(({ message }) => message)).toEqual([shown])
    expect(await turns.open()).toEqual(left)
    for (const { turn } of left) await turns.finish(turn, aReply('Two.', { messages: [aMessageId('new')] }), at)
    expect(left.flatMap(({ turn, messages, draft }) => [turn.asked, messages, draft])).toEqual(
      laterMs === 0 ? [[second], [], undefined] : [],
    )
    expect(await told(home.store)).toEqual(words)
  })

  it('learns from the questions that are left of an open turn', async () => {
    await using home = await open()
    const { turns, revisions } = home.store
    const [first, second] = [anAsked({ at: 1, text: 'one' }), anAsked({ at: 2, text: 'two' })]
    const turn = await begun(home.store, first, second)
    await revisions.purge([first.message.id], new Date(0))
    await turns.finish({ ...turn, asked: [second] }, aReply('Two.'), at, true)
    expect(await home.store.learning.jobs()).toMatchObject({ waiting: 1 })
  })

  it('purges a superseded reply by what shows it, and keeps the one that took its place', async () => {
    await using home = await open()
    const { turns, revisions } = home.store
    const turn = await exchanged(home.store, anAsked({ text: 'Why?' }), 'Because.')
    const [old] = (await revisions.known(turn.id))?.reply?.messages ?? []
    await revisions.supersede(turn.id, elsewhere)
    await turns.finish(turn, aReply('So.', { messages: [aMessageId('new')] }), at)
    await revisions.purge(old ? [old] : [], new Date(0))
    expect(await told(home.store)).toEqual(['Mira: Why?', 'Aeries to Mira: So.'])
    expect(await revisions.restore(turn.id)).toBeUndefined()
    expect(await revisions.removals('test')).toEqual([])
  })
}

function retractions(open: Open): void {
  const said = 'Call me Mo.'

  /** Mira said something, was answered, and both taught something. */
  async function learnt(store: Store) {
    const asked = anAsked({ text: said })
    const turn = await exchanged(store, asked, 'Hello Mo.')
    const [answer] = (await store.revisions.known(turn.id))?.reply?.messages ?? []
    const { id: message } = asked.message
    const statement = aStatement({ slot: 'call_me', value: 'Mo', kind: 'instruction', quote: said, message })
    const signal = aSignal(answer === undefined ? {} : { message: answer })
    await store.learning.learn(aLesson({ statements: [statement], signals: [signal] }), [])
    return { asked, turn }
  }

  const counts = async ({ learning }: Store) => {
    const known = await learning.known(mira, workspaceOf(dm), when(0))
    return { traits: known.traits.length, readings: known.readings.length }
  }

  it('retracts what other words had taught', async () => {
    await using home = await open()
    const { asked } = await learnt(home.store)
    expect(await counts(home.store)).toEqual({ traits: 1, readings: 1 })
    await home.store.revisions.correct(asked.message.id, mira, 'Call me Mira.', false)
    expect(await counts(home.store)).toEqual({ traits: 0, readings: 1 })
  })

  it('retracts what an answer had taught that is withdrawn', async () => {
    await using home = await open()
    const { turn } = await learnt(home.store)
    await home.store.revisions.withdraw(turn.id, at)
    expect(await counts(home.store)).toEqual({ traits: 1, readings: 0 })
  })

  it('retracts what a question and its answer had taught that are purged', async () => {
    await using home = await open()
    const { asked } = await learnt(home.store)
    await home.store.revisions.purge([asked.message.id], new Date(0))
    expect(await counts(home.store)).toEqual({ traits: 0, readings: 0 })
  })

  it('leaves corrected words to the observer again, and those of another reply to the same question once', async () => {
    await using home = await open()
    const { store } = home
    const asked = anAsked({ text: said })
    const turn = await begun(store, asked)
    await store.turns.finish(turn, aReply('Hello.'), at, true)
    const job = await store.learning.nextJob(when(1e12), 1)
    await store.learning.learn(aLesson(), job?.ids ?? [])
    await store.revisions.supersede(turn.id, inPlace)
    await store.turns.finish(turn, aReply('Hi.'), at, true)
    expect((await store.learning.jobs()).waiting).toBe(0)
    await store.revisions.correct(asked.message.id, mira, 'Call me Mira.', true)
    expect((await store.learning.nextJob(when(1e12), 1))?.exchanges[0]?.said[0]?.text).toBe('Call me Mira.')
    await store.revisions.supersede(turn.id, inPlace)
    expect((await store.learning.jobs()).waiting).toBe(0)
    await store.turns.finish(turn, aReply('Hey.'), at, true)
    expect((await store.learning.jobs()).waiting).toBe(1)
  })
}
