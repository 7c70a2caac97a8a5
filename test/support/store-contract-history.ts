import { describe, expect, it } from 'vitest'
import { conversationOf, type Place } from '#src/core/place.ts'
import type { TurnOutcome } from '#src/core/turn.ts'
import { anAsked, aReply, begun, exchanged, lines } from './an-asked.ts'
import { aPerson, channel, dm } from './an-event.ts'
import type { StoreHome } from './store-home.ts'

const inDm = conversationOf(dm)

export function historyContract(createHome: () => StoreHome): void {
  describe('history', () => {
    closedTurns(createHome)
    windows(createHome)
    peopleAndPlaces(createHome)
  })
}

function closedTurns(createHome: () => StoreHome): void {
  it('leaves out of the window what waits or is being answered, and has it among the last words', async () => {
    await using home = createHome()
    using store = await home.open()
    const turn = await begun(store, anAsked({ at: 1, text: 'answered now' }))
    await store.turns.receive(anAsked({ at: 2, text: 'waits' }))
    expect(await store.history.window(inDm, 10)).toEqual([])
    expect(lines(await store.history.last(inDm, 10))).toEqual(['Mira: answered now', 'Mira: waits'])
    await store.turns.finish(turn, aReply('here it is'), new Date())
    expect(lines(await store.history.window(inDm, 10))).toEqual(['Mira: answered now', 'Aeries to Mira: here it is'])
  })

  it.for<[TurnOutcome, string, readonly string[]]>([
    ['done', 'all of it', ['Mira: hello', 'Aeries to Mira: all of it']],
    ['cut off', 'half of', ['Mira: hello', 'Aeries to Mira: half of']],
    ['stopped', 'half', ['Mira: hello', 'Aeries to Mira: half']],
    ['stopped', ' \n', ['Mira: hello']],
    ['failed', '', ['Mira: hello']],
  ])('keeps the question of a turn that is %s with %j, and the words that came', async ([outcome, text, expected]) => {
    await using home = createHome()
    using store = await home.open()
    await store.turns.finish(await begun(store, anAsked()), aReply(text, { outcome }), new Date())
    expect(lines(await store.history.window(inDm, 10))).toEqual(expected)
  })

  it('gives every line with its speaker, time and messages', async () => {
    await using home = createHome()
    using store = await home.open()
    const asked = anAsked({ at: 7 })
    const at = new Date(1_800_000_009_000)
    await store.turns.finish(await begun(store, asked), aReply('hi'), at)
    expect(await store.history.window(inDm, 10)).toEqual([
      {
        position: expect.any(String),
        role: 'person',
        person: asked.person,
        text: 'hello',
        at: asked.at,
        messages: [asked.message.id],
      },
      {
        position: expect.any(String),
        role: 'aeries',
        person: asked.person,
        text: 'hi',
        at,
        messages: aReply('hi').messages,
      },
    ])
  })

  it('knows the conversations in which something was said', async () => {
    await using home = createHome()
    using store = await home.open()
    expect(await store.history.knows(inDm)).toBe(false)
    await store.turns.receive(anAsked())
    expect(await store.history.knows(inDm)).toBe(true)
    expect(await store.history.knows(conversationOf(channel))).toBe(false)
  })
}

function windows(createHome: () => StoreHome): void {
  it('remembers everything after a restart, where the window starts, too', async () => {
    await using home = createHome()
    {
      using store = await home.open()
      for (const at of [1, 2, 3]) await exchanged(store, anAsked({ at, text: `question ${at}` }), `answer ${at}`)
      const reply = (await store.history.window(inDm, 3))[0]!
      expect(reply.text).toBe('answer 2')
      await store.history.startWindow(inDm, reply.position)
    }
    using store = await home.open()
    const window = ['Aeries to Mira: answer 2', 'Mira: question 3', 'Aeries to Mira: answer 3']
    expect(lines(await store.history.window(inDm, 20))).toEqual(window)
    expect(lines(await store.history.last(inDm, 4))).toEqual(['Mira: question 2', ...window])
    await exchanged(store, anAsked({ at: 4, text: 'question 4' }), 'answer 4')
    expect(await store.history.window(inDm, 20)).toHaveLength(5)
  })

  it('never goes back', async () => {
    await using home = createHome()
    using store = await home.open()
    for (const at of [1, 2]) await exchanged(store, anAsked({ at, text: `question ${at}` }), `answer ${at}`)
    const [oldest, , newer] = await store.history.window(inDm, 4)
    await store.history.startWindow(inDm, newer!.position)
    await store.history.startWindow(inDm, oldest!.position)
    expect(lines(await store.history.window(inDm, 4))).toEqual(['Mira: question 2', 'Aeries to Mira: answer 2'])
  })

  const den: Place = { ...channel, channel: 'den', audience: 'private' }
  it.for<[string, Place, Place, boolean]>([
    ['is opened to the workspace', den, { ...den, audience: 'public' }, true],
    ['is shared with another workspace', den, { ...den, audience: 'external' }, true],
    ['is public and then shared with another workspace', channel, { ...channel, audience: 'external' }, true],
    [
      'is a closed thread and then one for its channel',
      { ...den, thread: '1', apart: true },
      { ...den, thread: '1' },
      true,
    ],
    ['is closed', channel, { ...channel, audience: 'private' }, false],
    ['is unshared', { ...den, audience: 'external' }, den, false],
  ])('starts anew when a place %s: who can read there now did not hear it', async ([, before, now, isAnew]) => {
    await using home = createHome()
    using store = await home.open()
    const open = await begun(store, anAsked({ at: 2, text: 'half asked', place: before }))
    await exchanged(store, anAsked({ at: 1, text: 'among us', place: before }), 'yes')
    await exchanged(store, anAsked({ at: 3, text: 'for all', place: now }), 'welcome')
    await store.turns.finish(open, aReply('half answered'), new Date())
    const heard = lines(await store.history.window(conversationOf(now), 20))
    const since = ['Mira: for all', 'Aeries to Mira: welcome']
    const all = ['Mira: among us', 'Aeries to Mira: yes', 'Mira: half asked', 'Aeries to Mira: half answered', ...since]
    expect(heard).toEqual(isAnew ? since : all)
  })

  it('gives the newest twenty of a thousand messages, oldest first', async () => {
    await using home = createHome()
    using store = await home.open()
    for (let at = 1; at <= 500; at += 1) await exchanged(store, anAsked({ at, text: `q${at}` }), `a${at}`)
    const expected = Array.from({ length: 10 }, (_, index) => [
      `Mira: q${491 + index}`,
      `Aeries to Mira: a${491 + index}`,
    ])
    expect(lines(await store.history.window(inDm, 20))).toEqual(expected.flat())
    expect(lines(await store.history.last(inDm, 20))).toEqual(expected.flat())
    expect(await store.history.last(inDm, 5_000)).toHaveLength(1_000)
  })
}

function peopleAndPlaces(createHome: () => StoreHome): void {
  it("finds what a person said and was told in every place, and nobody else's words", async () => {
    await using home = createHome()
    using store = await home.open()
    const thread = { ...channel, thread: '17' }
    await exchanged(store, anAsked({ at: 1, text: 'in the channel', place: channel }), 'seen by all')
    await exchanged(store, anAsked({ at: 2, text: 'mine', place: channel, person: aPerson('Jonas') }), 'for Jonas')
    await exchanged(store, anAsked({ at: 3, text: 'in a DM' }), 'for you')
    await exchanged(store, anAsked({ at: 4, text: 'in a thread', place: thread }), 'there')
    const found = await store.history.ofPerson(aPerson('Mira').id, 5)
    expect(lines(found)).toEqual([
      'Aeries to Mira: seen by all',
      'Mira: in a DM',
      'Aeries to Mira: for you',
      'Mira: in a thread',
      'Aeries to Mira: there',
    ])
    expect(found.map(({ place }) => place)).toEqual([channel, dm, dm, thread, thread])
  })

  it('calls people and places what they are called now', async () => {
    await using home = createHome()
    using store = await home.open()
    const mira = aPerson('Mira')
    const renamed = { ...mira, name: 'Mira B.', external: true }
    await exchanged(store, anAsked({ at: 1, place: channel, person: mira }), 'hi')
    await store.turns.receive(
      anAsked({ at: 2, place: { ...channel, name: 'lobby', audience: 'private' }, person: renamed }),
    )
    const [first] = await store.history.ofPerson(mira.id, 3)
    expect(first).toMatchObject({ person: renamed, place: { ...channel, name: 'lobby', audience: 'private' } })
  })
}
