import { describe, expect, it } from 'vitest'
import type { MessageEvent } from '#src/core/event.ts'
import type { Place } from '#src/core/place.ts'
import { comparable } from '#test/support/comparable.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { all, lastOf, messages, reads, restarted, scopesWithout, textsOf, throughTime } from './missed-house.ts'
import { anOpenHouse, never } from './slack-house.ts'
import { aWrite, grow, heard } from './writing.ts'

const minute = 60_000

describe('what was missed on Slack', () => {
  it('is told place by place and in its order, by the rules and under the keys of what is heard live', async () => {
    await using house = await anOpenHouse()
    const { people } = house.server
    const dm = await heard(house, 'dm', 'hello')
    const talk = await heard(house, '#general', '@Aeries hello')
    await grow(talk.surface, ['Yes?'])
    const since = new Date()
    // Heard by the first process, too, so that the keys and all the rest can be compared.
    people.say('mira', '#general', 'to nobody')
    people.say('jonas', '#general', '@Aeries what is new?')
    people.say('mira', '#general', 'why?', { thread: talk.place.thread })
    people.say('wren', '#general', '@Jonas and you?', { thread: talk.place.thread })
    people.say('mira', 'dm', 'one & more', { files: [{ name: 'plan.pdf' }] })
    const gone = people.say('mira', 'dm', 'taken back')
    people.say('mira', 'dm', 'two')
    await house.server.deliveries.idle()
    const live = await messages(house, 9)
    people.delete('mira', 'dm', gone.ts)
    await house.server.deliveries.idle()
    const fresh = await restarted(house)
    const missed = await all(fresh.adapter.missed({ since, places: [talk.place, dm.place] }, never))
    expect(textsOf(missed).filter(text => text !== 'hello')).toEqual([
      ...['what is new?', 'why?'],
      ...['one & more', 'two'],
    ])
    for (const event of missed) {
      const { surface: _, respond: __, at, ...same } = live.find(({ key }) => key === event.key) as MessageEvent
      const { surface, respond: ___, at: missedAt, ...told } = event
      expect(comparable(told)).toEqual(comparable(same))
      // Of one millisecond, they are told apart by what else is known of it.
      expect(Math.abs(missedAt.getTime() - at.getTime())).toBeLessThan(20)
      expect((await surface.write(aWrite({ key: event.key }), never)).outcome).toBe('written')
    }
    await fresh.adapter[Symbol.asyncDispose]()
  })

  it('begins some seconds earlier than it is asked for, since clocks differ', async () => {
    await using house = await anOpenHouse()
    const since = Date.now() - 10 * minute
    house.server.people.say('mira', 'dm', 'long ago', { at: since - 60_000 })
    house.server.people.say('mira', 'dm', 'just before', { at: since - 5_000 })
    const { place } = await house.inbox.next('message')
    expect(textsOf(await all(house.adapter.missed({ since: new Date(since), places: [place] }, never)))).toEqual([
      'just before',
    ])
  })

  it('is found where nobody talked with Aeries before: in DMs, in groups, in channels, in threads of others', async () => {
    await using house = await anOpenHouse()
    const { people } = house.server
    const root = people.say('jonas', '#random', 'lunch?')
    await house.server.deliveries.idle()
    const fresh = await restarted(house, () => {
      people.say('mira', 'dm', 'my first words')
      people.say('wren', 'dm:mira,wren', '@Aeries we two')
      people.say('wren', 'dm:mira,wren', 'not for Aeries')
      const called = people.say('wren', '#crew', '@Aeries a new thread')
      people.say('wren', '#crew', 'and more of it', { thread: called.ts })
      people.say('wren', '#random', 'or at seven?', { thread: root.ts })
      people.say('jonas', '#random', '@Aeries where?', { thread: root.ts })
      people.say('wren', '#random', 'somewhere near', { thread: root.ts })
    })
    const missed = await all(fresh.adapter.missed({ since: new Date(), places: [] }, never))
    expect(textsOf(missed)).toEqual([
      ...['my first words', 'we two', 'a new thread', 'and more of it'],
      ...['where?', 'somewhere near'],
    ])
    expect(missed.map(({ place }) => place.audience)).toEqual([
      'dm',
      'private',
      ...Array(2).fill('private'),
      'public',
      'public',
    ])
    await fresh.adapter[Symbol.asyncDispose]()
  })

  it('is found in each thread of a DM in the agent view, with one read for all that are quiet', async () => {
    const clock = new ManualClock(new Date())
    await using house = await anOpenHouse({ now: () => clock.now().getTime(), parts: { clock } })
    const { people } = house.server
    people.openApp('mira')
    await house.server.deliveries.idle()
    const talks: Place[] = []
    for (let at = 0; at < 6; at += 1) {
      const { surface, place } = await heard(house, 'dm', `question ${at}`)
      await grow(surface, ['Answer', `Answer ${at}.`], `t${at}:0`)
      talks.push(place)
      await clock.advance(10_000)
    }
    await clock.advance(10_000)
    const since = clock.now()
    const meanwhile = () => {
      people.say('mira', 'dm', 'a follow-up', { thread: talks[2]?.thread })
      people.say('mira', 'dm', 'a new one')
      people.say('mira', 'dm', 'a follow-up of that', { thread: lastOf(house) })
    }
    await clock.advance(20_000)
    const fresh = await restarted(house, meanwhile, { clock })
    house.server.clearLog()
    const missed = await all(fresh.adapter.missed({ since, places: talks.toReversed() }, never))
    expect(missed.map(({ message, place }) => [message.text, place.thread])).toEqual([
      ['a new one', lastOf(house)],
      ['a follow-up', talks[2]?.thread],
      ['a follow-up of that', lastOf(house)],
    ])
    expect(reads(fresh, 'conversations.replies')).toHaveLength(2)
    expect(reads(fresh, 'conversations.history').filter(channel => channel === talks[0]?.channel)).toHaveLength(1)
    await fresh.adapter[Symbol.asyncDispose]()
  })

  it('is read on from where somebody before got to: places not looked into first, and no thread twice', async () => {
    const clock = new ManualClock(new Date())
    await using house = await anOpenHouse({ now: () => clock.now().getTime(), parts: { clock, dmStyle: 'flat' } })
    const { people } = house.server
    const talks: Place[] = []
    for (const [at, place] of ['#general', '#random', '#general', 'dm'].entries()) {
      const { surface, place: there } = await heard(house, place, '@Aeries hello')
      await grow(surface, ['Hello', 'Hello you.'], `${at}:0`)
      talks.push(there)
    }
    await clock.advance(minute)
    const since = clock.now()
    const fresh = await restarted(
      house,
      () => {
        people.say('mira', '#general', 'more in general', { thread: talks[0]?.thread })
        people.say('mira', '#random', 'more in random', { thread: talks[1]?.thread })
        people.say('wren', 'dm', 'my first words')
      },
      { clock, dmStyle: 'flat' },
    )
    await clock.advance(minute)
    const readUntil = new Map<string, Date>()
    for await (const told of fresh.adapter.missed({ since, places: talks }, never)) {
      if (told.type === 'place read') readUntil.set(told.place, told.until)
      // It dies when the first place is read.
      if (told.type === 'place read' && readUntil.size === 2) break
    }
    expect([...readUntil.values()]).toEqual([clock.now(), clock.now()])
    house.server.clearLog()
    const gap = { since, places: talks, readUntil }
    expect(textsOf(await all(fresh.adapter.missed(gap, never)))).toEqual(['more in random', 'my first words'])
    const looked = [...new Set(reads(fresh, 'conversations.history'))]
    expect([looked[0], looked.at(-1)]).toEqual([talks[1]?.channel, talks[0]?.channel])
    expect(new Set(reads(fresh, 'conversations.replies'))).toEqual(new Set([talks[1]?.channel]))
    await clock.advance(minute)
    people.say('mira', '#general', 'later in general', { thread: talks[0]?.thread })
    expect(textsOf(await all(fresh.adapter.missed(gap, never)))).toContain('later in general')
    await fresh.adapter[Symbol.asyncDispose]()
  })

  it('passes over what cannot be read any more, and says so', async () => {
    await using house = await anOpenHouse()
    const { scene, people } = house.server
    const talks: Place[] = []
    for (const place of ['#random', '#crew', '#general', 'dm']) {
      talks.push((await heard(house, place, '@Aeries hello')).place)
    }
    const since = new Date()
    const fresh = await restarted(house, () => {
      people.say('mira', 'dm', 'still here')
      scene.deleteChannel('#random')
      scene.remove('#crew', 'bot')
      people.delete('mira', '#general', talks[2]?.thread ?? '')
    })
    const missed = await all(fresh.adapter.missed({ since, places: talks }, never))
    expect(textsOf(missed)).toEqual(['hello', 'still here'])
    const told = fresh.log.lines.filter(({ event }) => event === 'what was missed in a place could not be read')
    expect(new Set(told.map(({ fields }) => fields['error']))).toEqual(
      new Set(['channel_not_found', 'thread_not_found']),
    )
    await fresh.adapter[Symbol.asyncDispose]()
  })

  it('is found without the permission to list where Aeries is, in the places that are named', async () => {
    await using house = await anOpenHouse({ app: { scopes: scopesWithout('im:read', 'mpim:read') } })
    const { place } = await heard(house, 'dm', 'hello')
    expect(textsOf(await all(house.adapter.missed({ since: new Date(), places: [place] }, never)))).toEqual(['hello'])
    const refused = house.log.lines.filter(({ event }) => event === 'slack did not list where Aeries is')
    expect(refused.map(({ fields }) => fields['kinds'])).toEqual(['im', 'mpim'])
  })

  it('is read from the most urgent place on when Slack grants one read a minute, and the rest is told', async () => {
    const clock = new ManualClock(new Date())
    const now = () => clock.now().getTime()
    await using house = await anOpenHouse({ now, rules: { reads: 'one-a-minute' }, parts: { clock, dmStyle: 'flat' } })
    const talks: Place[] = []
    for (let at = 0; at < 12; at += 1) {
      house.server.scene.createPerson({ name: `person${at}` })
      house.server.people.say(`person${at}`, 'dm', 'hello')
      talks.push((await house.inbox.next('message')).place)
    }
    const missed = await throughTime(
      clock,
      all(house.adapter.missed({ since: clock.now(), places: talks.toReversed() }, never)),
    )
    expect(missed.length).toBeGreaterThanOrEqual(3)
    const urgent = talks.toReversed().slice(0, missed.length)
    expect(missed.map(({ place }) => place.channel)).toEqual(urgent.map(({ channel }) => channel))
    const [told] = house.log.lines.filter(({ event }) => event === 'places were left out of what was missed')
    expect(told?.fields['left']).toBe(12 - missed.length)
    // One refusal told of the small allowance, and one that it was no other process.
    expect(house.server.log.filter(({ retryAfterS }) => retryAfterS !== undefined).length).toBeLessThanOrEqual(2)
  })

  it('ends with the reason of its signal', async () => {
    await using house = await anOpenHouse()
    const { place } = await heard(house, 'dm', 'hello')
    house.server.faults.add({ kind: 'hang', method: 'conversations.history' })
    const stop = new AbortController()
    const reading = all(house.adapter.missed({ since: new Date(), places: [place] }, stop.signal))
    reading.catch(() => undefined)
    stop.abort(new Error('stopped'))
    await expect(reading).rejects.toThrow('stopped')
  })
})
