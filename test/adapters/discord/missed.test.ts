import { describe, expect, it } from 'vitest'
import { joinThread } from '#playground/discord-server/world/threads.ts'
import type { MessageEvent } from '#src/core/event.ts'
import { type MessageId, nativeMessageId } from '#src/core/ids.ts'
import type { Place } from '#src/core/place.ts'
import type { PlaceRead } from '#src/core/platform.ts'
import { comparable } from '#test/support/comparable.ts'
import { aHouseAt, anOpenHouse, type House, never } from './discord-house.ts'

const minute = 60_000

describe('what was missed on Discord', () => {
  it('is told place by place and in its order, by the rules and under the keys of what is heard live', async () => {
    await using house = await anOpenHouse()
    const { people, places } = house.server
    const { id: thread } = places.createThread('#general', { name: 'talk', by: 'mira' })
    const talks = [await heard(house, 'dm'), await heard(house, '#general'), await heard(house, thread)] as const
    const [, general] = talks
    const written = await general.surface.write({ key: 'a', part: 0, phase: 'first', text: 'Yes?' }, never)
    await expect.poll(() => house.server.world.channel(thread).thread?.memberIds).toContain(house.server.botId)
    const since = new Date()
    // Heard by the first process, too, so that the keys and all the rest can be compared.
    const ownWords = nativeMessageId((written as { message: MessageId }).message)
    people.say('mira', '#general', 'to nobody')
    people.say('jonas', '#general', '@Aeries what is new?')
    people.say('mira', '#general', 'why?', { replyTo: ownWords, ping: false })
    people.say('mira', 'dm', 'one <#1>', { attachments: [{ name: 'plan.pdf', text: 'x' }] })
    const gone = people.say('mira', 'dm', 'taken back')
    people.say('mira', 'dm', 'two')
    people.say('wren', thread, 'a follow-up')
    people.say('wren', thread, '@Jonas and you?')
    const live = await messages(house, 11)
    people.delete('mira', gone.id)
    const second = await restarted(house)
    const missed = await all(second.adapter.missed({ since, places: talks.map(({ place }) => place) }, never))
    expect(missed.map(({ message }) => message.text).filter(text => text !== 'hello')).toEqual([
      ...['one #channel', 'two'],
      ...['what is new?', 'why?'],
      ...['a follow-up'],
    ])
    for (const event of missed) {
      const { surface: _, respond: __, ...same } = live.find(({ key }) => key === event.key) as MessageEvent
      expect(comparable(event)).toMatchObject(comparable(same))
    }
    const [first] = missed
    expect((await first?.surface.write({ key: 'b', part: 0, phase: 'first', text: 'Late.' }, never))?.outcome).toBe(
      'written',
    )
    await second.adapter[Symbol.asyncDispose]()
  })

  it('bears the roles of whoever said it, of whom each is asked about once', async () => {
    await using house = await anOpenHouse()
    const { people, scene } = house.server
    const role = scene.createRole({ name: 'sailors' })
    scene.setRoles('jonas', ['sailors'])
    const { place } = await heard(house, '#general')
    const second = await restarted(house, () => {
      for (const text of ['one', 'two']) people.say('jonas', '#general', `@Aeries ${text}`)
      people.say('mira', '#general', 'to nobody')
      people.say('wren', '#general', '@Aeries three')
      scene.leaveGuild('wren')
    })
    const missed = await all(second.adapter.missed({ since: new Date(0), places: [place] }, never))
    const said = missed.map(({ person, message }) => [person.name, message.text, person.roles])
    expect(said.filter(([, text]) => text !== 'hello')).toEqual([
      ['Jonas', 'one', [role.id]],
      ['Jonas', 'two', [role.id]],
      ['Wren', 'three', undefined],
    ])
    const asked = house.server.log.filter(({ method, path }) => method === 'GET' && /\/members\/\d+$/.test(path))
    expect(asked.length).toBeGreaterThanOrEqual(2)
    expect(new Set(asked.map(({ path }) => path)).size).toBe(asked.length)
    await second.adapter[Symbol.asyncDispose]()
  })

  it('begins some seconds earlier than it is asked for, since clocks differ', async () => {
    await using house = await anOpenHouse()
    const { people } = house.server
    const since = Date.now() - 10 * minute
    people.say('mira', 'dm', 'long ago', { at: since - 60_000 })
    people.say('mira', 'dm', 'just before', { at: since - 5_000 })
    const { place } = await house.inbox.next('message')
    const missed = await all(house.adapter.missed({ since: new Date(since), places: [place] }, never))
    expect(texts(missed)).toEqual(['just before'])
  })

  it('costs no request in a channel whose newest message is older', async () => {
    await using house = await anOpenHouse()
    const { place } = await heard(house, '#general')
    const dm = (await heard(house, 'dm')).place
    const missed = await all(
      house.adapter.missed({ since: new Date(Date.now() + minute), places: [place, place, dm, dm] }, never),
    )
    expect(missed).toEqual([])
    expect(reads(house)).toEqual([dm.channel])
  })

  it('is read in a thread that slept, and joins the thread again', async () => {
    await using house = await anOpenHouse()
    const { people, places, world } = house.server
    const { id: thread } = places.createThread('#general', { name: 'talk', by: 'mira' })
    const { place } = await heard(house, thread)
    const second = await restarted(house, () => {
      people.say('mira', thread, '@Aeries again')
      places.changeThread(thread, { archived: true })
    })
    const { leaveThread } = await import('#playground/discord-server/world/threads.ts')
    leaveThread(world, thread, world.botId)
    const missed = await all(second.adapter.missed({ since: new Date(0), places: [place] }, never))
    expect(missed.at(-1)).toMatchObject({ place, message: { text: 'again' } })
    await second.adapter[Symbol.asyncDispose]()
  })

  it('is found in channels and threads that nobody named, where Aeries may read and something was said since', async () => {
    await using house = await anOpenHouse()
    const { people, places, world, botId } = house.server
    people.say('mira', '#general', '@Aeries long ago', { at: Date.now() - 60 * minute })
    let thread = ''
    const second = await restarted(house, () => {
      people.say('mira', '#random', '@Aeries for the first time here')
      people.say('mira', '#crew', '@Aeries not for your eyes')
      thread = places.createThread('#random', { name: 'new', by: 'mira' }).id
      joinThread(world, thread, [botId])
      people.say('mira', thread, 'in a new thread')
      people.say('mira', thread, '@Jonas not for Aeries')
      places.deny('#crew', 'Aeries', ['readMessageHistory'])
    })
    const earlier = reads(house).length
    const missed = await all(second.adapter.missed({ since: new Date(Date.now() - minute), places: [] }, never))
    expect(texts(missed)).toEqual(['in a new thread', 'for the first time here'])
    expect(missed[0]?.place.thread).toBe(thread)
    expect(new Set(reads(house).slice(earlier))).toEqual(new Set([thread, missed[1]?.place.channel]))
    await second.adapter[Symbol.asyncDispose]()
  })

  it('passes over what cannot be read any more, and says so', async () => {
    await using house = await anOpenHouse()
    const { places, scene } = house.server
    const { id: thread } = places.createThread('#general', { name: 'talk', by: 'mira' })
    const talks = []
    for (const place of [thread, '#random', '#crew', 'dm']) talks.push((await heard(house, place)).place)
    house.server.people.say('mira', 'dm', 'still here')
    const second = await restarted(house, () => {
      places.deleteChannel(thread)
      places.setVisibility('#random', ['mira'])
      places.deny('#crew', 'Aeries', ['readMessageHistory'])
    })
    const elsewhere: Place = {
      platform: 'discord',
      workspace: '1'.repeat(18),
      channel: '2'.repeat(18),
      thread: undefined,
      audience: 'public',
    }
    const missed = await all(second.adapter.missed({ since: new Date(0), places: [elsewhere, ...talks] }, never))
    expect(texts(missed)).toEqual(['hello', 'still here'])
    expect(second.log.lines.filter(({ event }) => event === 'a place cannot be read any more')).toHaveLength(2)
    expect(
      second.log.lines.filter(({ event }) => event === 'what was missed in a place could not be read'),
    ).toHaveLength(1)
    scene.leaveGuild('bot')
    await second.adapter[Symbol.asyncDispose]()
  })

  it('is read beyond one page, and of a very loud place to the newest five pages', async () => {
    await using house = await anOpenHouse()
    const { people } = house.server
    const { place } = await heard(house, 'dm')
    const since = new Date()
    await house.adapter.closeDoor()
    for (let at = 0; at < 250; at += 1) people.say('mira', 'dm', `word ${at}`)
    const missed = await throughTime(house, all(house.adapter.missed({ since, places: [place] }, never)))
    expect(texts(missed).filter(text => text !== 'hello')).toEqual(Array.from({ length: 250 }, (_, at) => `word ${at}`))
    for (let at = 250; at < 700; at += 1) people.say('mira', 'dm', `word ${at}`)
    const newest = await throughTime(house, all(house.adapter.missed({ since, places: [place] }, never)))
    expect(texts(newest)).toEqual(Array.from({ length: 500 }, (_, at) => `word ${at + 200}`))
    expect(house.log.lines.map(({ event }) => event)).toContain('more was missed in a place than is read')
  })

  it('waits for limits, and for as long as it takes for what a proxy answers', async () => {
    await using house = await anOpenHouse()
    const { faults } = house.server
    const { place } = await heard(house, 'dm')
    const read = () => throughTime(house, all(house.adapter.missed({ since: new Date(0), places: [place] }, never)))
    faults.add({ kind: 'rate-limit', scope: 'global', retryAfterMs: 300, method: 'GET', times: 1 })
    faults.add({ kind: 'error', status: 503, method: 'GET', times: 1 })
    faults.add({ kind: 'reset', method: 'GET', times: 2 })
    expect(texts(await read())).toEqual(['hello'])
    const storm = faults.add({ kind: 'error', status: 502, method: 'GET' })
    const before = reads(house).length
    const reading = read()
    await expect.poll(() => reads(house).length).toBeGreaterThan(before + 5)
    faults.remove(storm)
    expect(texts(await reading)).toEqual(['hello'])
  })

  it('is read quickly while little else is asked of Discord, and never takes more than half of what it allows', async () => {
    await using house = await anOpenHouse()
    const talks: Place[] = []
    for (const person of Array.from({ length: 40 }, (_, at) => `person${at}`)) {
      house.server.scene.createPerson({ name: person })
      house.server.people.say(person, 'dm', 'hello')
      talks.push((await house.inbox.next('message')).place)
    }
    const reading = all(house.adapter.missed({ since: new Date(0), places: talks }, never))
    await expect.poll(() => house.clock.pending).toBe(1)
    expect(reads(house).length).toBeGreaterThanOrEqual(25)
    expect(reads(house).length).toBeLessThanOrEqual(30)
    expect(await throughTime(house, reading)).toHaveLength(40)
  })

  it('ends with the reason of its signal', async () => {
    await using house = await anOpenHouse()
    const { place } = await heard(house, 'dm')
    house.server.faults.add({ kind: 'hang', method: 'GET' })
    const stop = new AbortController()
    const reading = all(house.adapter.missed({ since: new Date(0), places: [place] }, stop.signal))
    reading.catch(() => undefined)
    stop.abort(new Error('stopped'))
    await expect(reading).rejects.toThrow('stopped')
  })
})

async function heard(house: House, place: string): Promise<MessageEvent> {
  house.server.people.say('mira', place, '@Aeries hello')
  return await house.inbox.next('message')
}

async function messages({ inbox }: House, count: number): Promise<readonly MessageEvent[]> {
  const told = () => inbox.events.filter(event => event.type === 'message')
  await expect.poll(told).toHaveLength(count)
  return told()
}

/** Another process, started after something happened that nobody heard. */
async function restarted({ adapter, server, harbour }: House, meanwhile?: () => void): Promise<House> {
  await adapter[Symbol.asyncDispose]()
  meanwhile?.()
  const house = aHouseAt(server, harbour)
  await house.adapter.start(house.inbox, never)
  return house
}

async function all(missed: AsyncIterable<MessageEvent | PlaceRead>): Promise<readonly MessageEvent[]> {
  const events: MessageEvent[] = []
  for await (const event of missed) if (event.type === 'message') events.push(event)
  return events
}

/** The work with the clock running on whenever it waits for that. */
async function throughTime<T>({ clock }: House, work: Promise<T>): Promise<T> {
  let isDone = false
  const done = work.finally(() => {
    isDone = true
  })
  while (!isDone) await clock.advance(100)
  return await done
}

function texts(events: readonly MessageEvent[]): readonly string[] {
  return events.map(({ message }) => message.text)
}

function reads({ server }: House): readonly (string | undefined)[] {
  const asked = server.log.filter(({ method, route }) => method === 'GET' && route === '/channels/:channel/messages')
  return asked.map(({ channelId }) => channelId)
}
