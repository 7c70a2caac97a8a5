import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { nativeMessageId } from '#src/core/ids.ts'
import { aHouseAt, anOpenHouse, type House, never } from './slack-house.ts'
import { calls, grow, heard } from './writing.ts'

describe('a talk in a channel', () => {
  it.each([true, false])('hears one post once, though Slack tells it twice (mention first: %s)', async mentionFirst => {
    await using house = await anOpenHouse({ rules: { mentionFirst } })
    await heard(house, '#general', '@Aeries hello')
    await house.server.deliveries.idle()
    await heard(house, '#general', '@Aeries again')
    expect(house.server.deliveries.all()).toHaveLength(4)
    expect(house.inbox.events.map(event => event.type === 'message' && event.message.text)).toEqual(['hello', 'again'])
  })

  it('hears a mention though the app sees no other messages of the channel', async () => {
    await using house = await anOpenHouse({ app: { subscriptions: ['app_mention', 'message.im'] } })
    const { place, message } = await heard(house, '#crew', '@Aeries hello')
    expect(place).toMatchObject({ audience: 'private', name: 'crew', thread: nativeMessageId(message.id) })
  })

  it('goes on in its thread without a mention, also in a new process', async () => {
    await using house = await anOpenHouse()
    const { surface, place } = await heard(house, '#general', '@Aeries hello')
    await grow(surface, ['Hello to you.'])
    const follow = await heard(house, '#general', 'and what else?', { thread: place.thread })
    expect(follow).toMatchObject({ place: { thread: place.thread }, message: { addressed: true } })
    expect(calls(house)).toEqual(['chat.postMessage'])
    expect(house.server.log.map(({ method }) => method)).not.toContain('conversations.replies')
    await using fresh = await aFreshProcess(house)
    const later = await heard(fresh, '#general', 'still there?', { thread: place.thread })
    expect(later.message.addressed).toBe(true)
    await heard(fresh, '#general', 'really?', { thread: place.thread })
    expect(readsOf(house, 'conversations.replies')).toBe(1)
  })

  it('takes no word for its own that was said to others before it was called, though it learns of both at once', async () => {
    await using house = await anOpenHouse()
    const { people, faults, deliveries } = house.server
    const root = people.say('jonas', '#general', 'lunch?')
    await house.inbox.next('message')
    faults.add({ kind: 'slow', ms: 150, method: 'conversations.replies', times: 1 })
    for (const text of ['or at seven?', '@Aeries where?', 'something near']) {
      people.say('wren', '#general', text, { thread: root.ts })
      await deliveries.idle()
    }
    const told = [
      await house.inbox.next('message'),
      await house.inbox.next('message'),
      await house.inbox.next('message'),
    ]
    expect(told.map(({ message }) => [message.text, message.addressed])).toEqual([
      ['or at seven?', false],
      ['where?', true],
      ['something near', true],
    ])
  })

  it('stays out of threads of others, asking once about each', async () => {
    await using house = await anOpenHouse()
    const root = house.server.people.say('jonas', '#general', 'lunch?')
    await house.inbox.next('message')
    for (const text of ['yes', 'where?']) {
      expect((await heard(house, '#general', text, { thread: root.ts })).message.addressed).toBe(false)
    }
    expect(readsOf(house, 'conversations.replies')).toBe(1)
    const called = await heard(house, '#general', '@Aeries do you know a place?', { thread: root.ts })
    expect(called.message.addressed).toBe(true)
    expect((await heard(house, '#general', 'a good one', { thread: root.ts })).message.addressed).toBe(true)
  })

  it('marks people of another workspace, and the places that they read', async () => {
    await using house = await anOpenHouse()
    house.server.people.say('otto', '#port-authority', '@Aeries hello')
    const { person, place } = await house.inbox.next('message')
    expect(person).toEqual({
      id: `slack:${house.harbour.team}:${house.harbour.external}`,
      name: 'Otto',
      external: true,
    })
    expect(place).toMatchObject({ workspace: house.harbour.team, audience: 'external', name: 'port-authority' })
    expect((await heard(house, '#port-authority', '@Aeries hello')).person.external).toBe(false)
  })

  it('tells of edits, deletions and a tombstone, and not of previews and our own edits', async () => {
    await using house = await anOpenHouse()
    const { people } = house.server
    const { surface, place, message } = await heard(house, '#general', '@Aeries see https://a.example')
    const native = nativeMessageId(message.id)
    people.unfurl('#general', native)
    await grow(surface, ['Once', 'Once upon a time.'])
    people.edit('mira', '#general', native, '@Aeries see this')
    expect(await house.inbox.next('edited')).toMatchObject({ message: message.id, text: 'see this', place })
    people.delete('mira', '#general', native)
    expect(await house.inbox.next('deleted')).toMatchObject({ messages: [message.id] })
    const lone = await heard(house, '#general', '@Aeries nothing')
    people.delete('mira', '#general', nativeMessageId(lone.message.id))
    expect(await house.inbox.next('deleted')).toMatchObject({ messages: [lone.message.id] })
    const kinds = house.inbox.events.map(({ type }) => type)
    expect(kinds).toEqual(['message', 'edited', 'deleted', 'message', 'deleted'])
  })

  it('tells what happens in the order in which it happened, though names have to be asked for', async () => {
    await using house = await anOpenHouse()
    house.server.faults.add({ kind: 'slow', ms: 100, method: 'users.info', times: 1 })
    const { people } = house.server
    const told = [
      ['mira', 'one'],
      ['jonas', 'two'],
      ['wren', 'three'],
    ] as const
    for (const [person, text] of told) {
      people.say(person, '#general', text)
      await house.server.deliveries.idle()
    }
    expect(house.inbox.events).toEqual([])
    await expect.poll(() => house.inbox.events).toHaveLength(3)
    expect(house.inbox.events.map(event => event.type === 'message' && event.message.text)).toEqual([
      'one',
      'two',
      'three',
    ])
  })

  it('tells names though Slack does not', async () => {
    await using house = await anOpenHouse()
    house.server.faults.add({ kind: 'rate-limit', retryAfterS: 30, method: 'users.info' })
    expect((await heard(house, 'dm', 'hello')).person.name).toBe('somebody')
  })
})

describe('reactions and buttons', () => {
  it('are heard on words of Aeries, given and taken back', async () => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, '#general', '@Aeries hello')
    const message = await grow(surface, ['Hello to you.'])
    const { people } = house.server
    const other = people.say('jonas', '#general', 'hm')
    people.react('mira', '#general', other.ts, 'eyes')
    people.react('mira', '#general', nativeMessageId(message), '+1::skin-tone-4')
    await sleep(2)
    people.unreact('mira', '#general', nativeMessageId(message), '+1::skin-tone-4')
    const events = [await house.inbox.next('reaction'), await house.inbox.next('reaction')]
    // Two lines keep no order between them: when it happened tells.
    const [given, taken] = events.toSorted((one, other) => one.at.getTime() - other.at.getTime())
    expect(given).toMatchObject({ message, emoji: '+1::skin-tone-4', change: 'added', person: { name: 'Mira' } })
    expect(taken).toMatchObject({ message, emoji: '+1::skin-tone-4', change: 'removed' })
    expect(given?.key).not.toBe(taken?.key)
  })

  it('say what was pressed under which answer', async () => {
    await using house = await anOpenHouse({ parts: { dmStyle: 'threads' } })
    const { surface } = await heard(house, 'dm', 'hello')
    const message = await grow(surface, ['Hello', 'Hello to you.'])
    const told = await house.server.interactions.click('mira', 'dm', nativeMessageId(message), 'Bad answer')
    expect(told.state).toBe('acknowledged')
    const event = await house.inbox.next('control')
    expect(event.control).toEqual({ type: 'button', action: 'feedback:bad', message })
    expect(event.person.name).toBe('Mira')
  })
})

describe('what was said before Aeries was called', () => {
  it('is read from the thread, the root and the last words, with names and what could not be read', async () => {
    await using house = await anOpenHouse()
    const { people } = house.server
    const root = people.say('jonas', '#general', 'the plan', { files: [{ name: 'plan.pdf' }] })
    for (let at = 0; at < 12; at += 1) people.say('wren', '#general', `word ${at}`, { thread: root.ts })
    const { surface } = await heardLast(house, () =>
      people.say('mira', '#general', '@Aeries what is this?', { thread: root.ts }),
    )
    const { quotes, unread } = await surface.earlier(never)
    expect(quotes.map(({ author, text }) => `${author}: ${text}`)).toEqual([
      'Jonas: the plan',
      ...Array.from({ length: 10 }, (_, at) => `Wren: word ${at + 2}`),
    ])
    expect(unread).toEqual(['the file plan.pdf in the thread'])
  })

  it('is nothing in a thread that the question opens', async () => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, '#general', '@Aeries hello')
    expect(await surface.earlier(never)).toEqual({ quotes: [], unread: [] })
    expect(readsOf(house, 'conversations.replies')).toBe(0)
  })

  it('is the beginning of a long thread, and says so, when Slack gives 15 messages and one read a minute', async () => {
    await using house = await anOpenHouse({ rules: { reads: 'one-a-minute' } })
    const { people } = house.server
    const root = people.say('jonas', '#general', 'the root')
    for (let at = 1; at <= 60; at += 1) people.say('wren', '#general', `word ${at}`, { thread: root.ts })
    await house.server.deliveries.idle()
    const { surface } = await heardLast(house, () => people.say('mira', '#general', '@Aeries hm?', { thread: root.ts }))
    const { quotes, unread } = await surface.earlier(never)
    expect(unread.length).toBeGreaterThan(0)
    expect(unread[0]).toMatch(/^what was said .*in the thread/)
    expect(quotes.length === 0 || quotes[0]?.text === 'the root').toBe(true)
    expect(readsOf(house, 'conversations.replies')).toBeLessThanOrEqual(3)
  })

  it('is said to be unread when Slack allows one read a minute', async () => {
    await using house = await anOpenHouse({ rules: { reads: 'one-a-minute' } })
    const { people } = house.server
    const unread = []
    for (const text of ['one', 'two']) {
      const root = people.say('jonas', '#general', text)
      const { surface } = await heardLast(house, () =>
        people.say('mira', '#general', '@Aeries hm?', { thread: root.ts }),
      )
      unread.push((await surface.earlier(never)).unread)
    }
    expect(unread).toEqual([[], ['what was said in the thread before']])
    const refused = () => house.server.log.filter(({ retryAfterS }) => retryAfterS !== undefined).length
    const before = refused()
    const root = people.say('jonas', '#general', 'three')
    const { surface } = await heardLast(house, () => people.say('mira', '#general', '@Aeries hm?', { thread: root.ts }))
    expect((await surface.earlier(never)).unread).toEqual(['what was said in the thread before'])
    expect(refused()).toBe(before)
  })
})

describe('a channel that Aeries is out of', () => {
  it('is told as gone', async () => {
    await using house = await anOpenHouse()
    house.server.scene.remove('#general', 'bot', 'mira')
    expect(await house.inbox.next('gone')).toMatchObject({
      workspace: house.harbour.team,
      channel: house.harbour.general,
    })
  })
})

function readsOf({ server }: House, method: string): number {
  return server.log.filter(entry => entry.method === method).length
}

/** What was said last, passing over what was said before. */
async function heardLast(house: House, say: () => { ts: string }) {
  const { ts } = say()
  for (;;) {
    const event = await house.inbox.next('message')
    if (nativeMessageId(event.message.id) === ts) return event
  }
}

/** Another process in the place of the first, which is gone. */
async function aFreshProcess(house: House): Promise<House> {
  await house.adapter[Symbol.asyncDispose]()
  const fresh = aHouseAt(house.server, house.harbour)
  await fresh.adapter.start(fresh.inbox, never)
  return { ...fresh, [Symbol.asyncDispose]: () => fresh.adapter[Symbol.asyncDispose]() }
}
