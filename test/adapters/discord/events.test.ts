import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Event } from '#src/core/event.ts'
import { type MessageId, nativeMessageId } from '#src/core/ids.ts'
import { aHouseAt, anOpenHouse, type House, never } from './discord-house.ts'

describe('what people say on Discord', () => {
  it('tells who can read along', async () => {
    await using house = await anOpenHouse()
    const { people, places } = house.server
    const open = places.createThread('#general', { name: 'open talk', by: 'mira' })
    const closed = places.createThread('#general', { name: 'closed talk', by: 'mira', isPrivate: true })
    for (const [place, audience, name] of [
      ['#general', 'public', 'general'],
      ['#crew', 'private', 'crew'],
      [open.id, 'public', 'general'],
      [closed.id, 'private', 'general'],
    ] as const) {
      people.say('mira', place, '@Aeries hello')
      expect((await house.inbox.next('message')).place).toMatchObject({ audience, name })
    }
  })

  it('never hears bots', async () => {
    await using house = await anOpenHouse()
    const { people, scene } = house.server
    scene.createPerson({ name: 'robot', bot: true })
    scene.setRoles('robot', [])
    people.say('robot', '#general', '@Aeries hello')
    people.say('mira', '#general', '@Aeries hello')
    expect((await house.inbox.next('message')).person.name).toBe('Mira')
    expect(house.inbox.events).toHaveLength(1)
  })

  it('brings the words of a reply and a forward along', async () => {
    await using house = await anOpenHouse()
    const { people } = house.server
    const said = people.say('jonas', '#general', 'the tide is at six')
    people.say('mira', '#general', '@Aeries is that right?', { replyTo: said.id })
    expect((await house.inbox.next('message')).message.addressed).toBe(false)
    expect((await house.inbox.next('message')).message).toMatchObject({
      text: 'is that right?',
      quotes: [{ author: 'Jonas', own: false, text: 'the tide is at six' }],
    })
    people.say('mira', 'dm', '', { forward: said.id })
    expect((await house.inbox.next('message')).message).toMatchObject({
      text: '',
      quotes: [{ author: undefined, text: 'the tide is at six' }],
    })
  })

  it('hears an edit, and no edit where there is none', async () => {
    await using house = await anOpenHouse()
    const { people } = house.server
    const said = people.say('mira', 'dm', 'see https://example.org')
    const { surface } = await house.inbox.next('message')
    people.unfurl(said.id)
    const written = await surface.write({ key: 'a', part: 0, phase: 'first', text: 'one' }, never)
    const message = (written as { message: MessageId }).message
    await surface.write({ key: 'a', part: 0, phase: 'final', text: 'one two', message }, never)
    people.edit('mira', said.id, 'never mind')
    const edited = await house.inbox.next('edited')
    expect(edited).toMatchObject({ text: 'never mind', person: { name: 'Mira' } })
    expect(nativeMessageId(edited.message)).toBe(said.id)
    // An update of an edited message bears the time of that edit, so it comes under a key that is known.
    people.unfurl(said.id)
    expect((await house.inbox.next('edited')).key).toBe(edited.key)
    await pause(2)
    people.edit('mira', said.id, 'never mind at all')
    const later = await house.inbox.next('edited')
    expect(later.text).toBe('never mind at all')
    expect(later.key).not.toBe(edited.key)
  })

  it('hears what is taken away, one by one and many at once', async () => {
    await using house = await anOpenHouse()
    const { people } = house.server
    const [a, b, c] = ['a', 'b', 'c'].map(text => people.say('mira', '#general', text).id) as [string, string, string]
    people.delete('mira', a)
    expect((await house.inbox.next('deleted')).messages.map(nativeMessageId)).toEqual([a])
    people.bulkDelete('mira', '#general', [b, c])
    expect((await house.inbox.next('deleted')).messages.map(nativeMessageId)).toEqual([b, c])
  })

  it('hears that it left a server or lost a channel, and sits out an outage', async () => {
    await using house = await anOpenHouse()
    const { places, scene } = house.server
    scene.setAvailable(false)
    scene.setAvailable(true)
    places.deleteChannel('#random')
    expect(await house.inbox.next('gone')).toMatchObject({
      workspace: house.harbour.guild,
      channel: house.harbour.random,
    })
    scene.leaveGuild('bot')
    expect(await house.inbox.next('gone')).toMatchObject({ workspace: house.harbour.guild, channel: undefined })
    expect(house.inbox.events).toHaveLength(2)
  })
})

describe('a reaction', () => {
  it('is an event each time, added or removed', async () => {
    await using house = await anOpenHouse()
    const { people } = house.server
    const { id } = people.say('jonas', '#general', 'hello')
    const seen = []
    for (const change of ['added', 'removed', 'added'] as const) {
      people[change === 'added' ? 'react' : 'unreact']('mira', id, '👍🏽')
      const event = await house.inbox.next('reaction')
      expect(event).toMatchObject({ change, emoji: '👍🏽', place: { audience: 'public' } })
      expect(nativeMessageId(event.message)).toBe(id)
      seen.push(event.key)
    }
    expect(new Set(seen).size).toBe(3)
  })

  it('may be swept away with all others, or with all of its emoji, and nobody learns whose they were', async () => {
    await using house = await anOpenHouse()
    const { people, scene } = house.server
    scene.createRole({ name: 'moderator', permissions: ['manageMessages'] })
    scene.setRoles('wren', ['moderator'])
    const { id } = people.say('jonas', '#general', 'hello')
    for (const emoji of ['👍', '🎉']) people.react('mira', id, emoji)
    people.clearReactions('wren', id, '🎉')
    const one = await house.inbox.next('reactions cleared')
    people.clearReactions('wren', id)
    const all = await house.inbox.next('reactions cleared')
    expect([one.emoji, all.emoji]).toEqual(['🎉', undefined])
    expect(one).toMatchObject({ message: all.message, place: { audience: 'public' } })
    expect(nativeMessageId(all.message)).toBe(id)
    expect(all.key).not.toBe(one.key)
  })

  it('is heard in a DM that nobody has spoken in since a restart, with the name of the person', async () => {
    await using first = await anOpenHouse()
    const { server, harbour } = first
    server.people.say('mira', 'dm', 'hello')
    const { surface } = await first.inbox.next('message')
    const written = await surface.write({ key: 'a', part: 0, phase: 'first', text: 'one' }, never)
    const message = (written as { message: MessageId }).message
    await first.adapter[Symbol.asyncDispose]()

    const second = await aRestarted(first)
    for (const change of ['added', 'removed'] as const) {
      server.people[change === 'added' ? 'react' : 'unreact']('mira', nativeMessageId(message), '❤️')
      expect(await second.inbox.next('reaction')).toMatchObject({
        change,
        message,
        person: { name: 'Mira', id: expect.stringContaining(harbour.mira) },
        place: { workspace: undefined, audience: 'dm' },
      })
    }
    await second.adapter[Symbol.asyncDispose]()
  })

  it('in an order that holds, also when the channel must be asked for first', async () => {
    await using first = await anOpenHouse()
    const { id } = first.server.people.say('mira', 'dm', 'hello')
    await first.inbox.next('message')
    await first.adapter[Symbol.asyncDispose]()
    const { adapter, inbox } = await aRestarted(first)
    const slow = first.server.faults.add({ kind: 'slow', ms: 50, method: 'GET' })
    first.server.people.react('mira', id, '👍')
    first.server.people.unreact('mira', id, '👍')
    first.server.people.say('mira', 'dm', 'and a word')
    await inbox.next('message')
    first.server.faults.remove(slow)
    expect(inbox.events.map(told)).toEqual(['added', 'removed', 'and a word'])
    await adapter[Symbol.asyncDispose]()
  })
})

describe('a DM', () => {
  it('is heard by a process that has never seen it', async () => {
    await using first = await anOpenHouse()
    first.server.people.say('mira', 'dm', 'hello')
    const before = await first.inbox.next('message')
    await first.adapter[Symbol.asyncDispose]()
    const second = await aRestarted(first)
    first.server.people.say('mira', 'dm', 'still there?')
    const { place, person, message } = await second.inbox.next('message')
    expect(place).toEqual(before.place)
    expect(person).toEqual(before.person)
    expect(message).toMatchObject({ text: 'still there?', addressed: true })
    await second.adapter[Symbol.asyncDispose]()
  })
})

describe('a thread', () => {
  it('is one that Aeries stays in once it was called, also after a restart', async () => {
    await using first = await anOpenHouse()
    const { people, places } = first.server
    const { id: thread } = places.createThread('#general', { name: 'talk', by: 'mira' })
    people.say('mira', thread, 'before')
    expect((await first.inbox.next('message')).message.addressed).toBe(false)
    people.say('mira', thread, '@Aeries hello')
    const called = await first.inbox.next('message')
    expect(called.place).toMatchObject({ channel: first.harbour.general, thread })
    await expect.poll(() => isMember(first, thread)).toBe(true)
    people.say('mira', thread, 'and then?')
    expect((await first.inbox.next('message')).message.addressed).toBe(true)
    people.say('mira', thread, '@Jonas what do you think?')
    expect((await first.inbox.next('message')).message.addressed).toBe(false)
    await first.adapter[Symbol.asyncDispose]()

    const second = await aRestarted(first)
    people.say('mira', thread, 'are you still with us?')
    expect((await second.inbox.next('message')).message.addressed).toBe(true)
    await second.adapter[Symbol.asyncDispose]()
  })

  it('becomes one when Aeries is called by a reply, too', async () => {
    await using house = await anOpenHouse()
    const { people, places, world } = house.server
    const { id: thread } = places.createThread('#general', { name: 'talk', by: 'mira' })
    people.say('mira', thread, '@Aeries hello')
    const { surface } = await house.inbox.next('message')
    const written = await surface.write({ key: 'a', part: 0, phase: 'first', text: 'one' }, never)
    const { leaveThread } = await import('#playground/discord-server/world/threads.ts')
    leaveThread(world, thread, world.botId)
    people.say('mira', thread, 'to nobody')
    expect((await house.inbox.next('message')).message.addressed).toBe(false)
    const replyTo = nativeMessageId((written as { message: MessageId }).message)
    people.say('mira', thread, 'why?', { replyTo, ping: false })
    expect((await house.inbox.next('message')).message.addressed).toBe(true)
    await expect.poll(() => isMember(house, thread)).toBe(true)
  })

  it('is found by its parent after it slept through a restart', async () => {
    await using first = await anOpenHouse()
    const { people, places } = first.server
    const { id: thread } = places.createThread('#general', { name: 'talk', by: 'mira' })
    people.say('mira', thread, '@Aeries hello')
    const before = await first.inbox.next('message')
    await first.adapter[Symbol.asyncDispose]()
    places.changeThread(thread, { archived: true })
    const second = await aRestarted(first)
    people.say('mira', thread, '@Aeries and now?')
    expect((await second.inbox.next('message')).place).toEqual(before.place)
    await second.adapter[Symbol.asyncDispose]()
  })

  it('tells its root and its last words to who is called into it', async () => {
    await using house = await anOpenHouse()
    const { people, places } = house.server
    const root = people.say('jonas', '#general', 'Shall we sail?')
    const { id: thread } = places.createThread('#general', { name: 'sailing', by: 'jonas', message: root.id })
    for (let day = 1; day <= 12; day += 1) people.say(day % 2 ? 'wren' : 'jonas', thread, `day ${day}`)
    people.say('wren', thread, 'see chart', { attachments: [{ name: 'chart.pdf', text: 'x' }] })
    people.say('mira', thread, '@Aeries what do they plan?')
    const { surface } = await called(house)
    const earlier = await surface.earlier(never)
    expect(earlier.quotes.map(({ author, text }) => `${author}: ${text}`)).toEqual([
      'Jonas: Shall we sail?',
      ...[4, 5, 6, 7, 8, 9, 10, 11, 12].map(day => `${day % 2 ? 'Wren' : 'Jonas'}: day ${day}`),
      'Wren: see chart',
    ])
    expect(earlier.unread).toEqual(['the file chart.pdf in the thread'])
  })

  it('says so when nobody may read on in it', async () => {
    await using house = await anOpenHouse()
    const { people, places } = house.server
    const root = people.say('jonas', '#general', 'Shall we sail?')
    const { id: thread } = places.createThread('#general', { name: 'sailing', by: 'jonas', message: root.id })
    places.deny('#general', 'Aeries', ['readMessageHistory'])
    people.say('mira', thread, '@Aeries what do they plan?')
    const { surface } = await called(house)
    expect(await surface.earlier(never)).toEqual({
      quotes: [],
      unread: ['the message that the thread hangs on', 'what was said in the thread before'],
    })
    house.server.faults.add({ kind: 'error', status: 500 })
    expect((await surface.earlier(never)).quotes).toEqual([])
  })
})

async function called(house: House) {
  for (;;) {
    const event = await house.inbox.next('message')
    if (event.message.addressed) return event
  }
}

/** Another process of Aeries on the same Discord. */
async function aRestarted({ server, harbour }: House): Promise<House> {
  const house = aHouseAt(server, harbour)
  await house.adapter.start(house.inbox, never)
  return house
}

function isMember({ server }: House, thread: string): boolean {
  return server.world.channel(thread).thread?.memberIds.includes(server.botId) === true
}

function told(event: Event): string {
  if (event.type === 'reaction') return event.change
  return event.type === 'message' ? event.message.text : event.type
}
