import { describe, expect, it } from 'vitest'
import { type PrivateAnswer, toldInWords } from '#src/core/event.ts'
import { eventKey } from '#src/core/ids.ts'
import { conversationOf } from '#src/core/place.ts'
import { scopeOf } from '#src/core/preferences.ts'
import { callIn } from '#src/engine/commands/call-in.ts'
import { createConsent } from '#src/observer/consent.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { aHouse } from '#test/engine/a-house.ts'
import { aLearning } from '#test/engine/a-learning.ts'
import { aPerson, channel, dm } from '#test/support/an-event.ts'

/** Half a second a word, for six seconds. */
const slowly = () => Array.from({ length: 12 }, (_, i) => [`Word ${i}. `, 500]).flat()

describe('a command', () => {
  it('lets a person choose how answers grow, here and for themselves', async () => {
    const { clock, store, hear } = aHouse(slowly)
    const told = hear({ place: channel, text: '/aeries stream off' })
    await clock.advance(1_000)
    expect(told.surface.shown).toEqual(['My answers to you come as a whole. This counts here, for you.'])
    const mira = hear({ place: channel, text: 'hello' }, { channel: 'one' })
    const jonas = hear({ place: channel, text: 'hello', person: aPerson('Jonas') }, { channel: 'two' })
    const elsewhere = hear({ place: dm, text: 'hello' }, { channel: 'three' })
    await clock.advance(20_000)
    expect(mira.surface.film).toHaveLength(1)
    expect(jonas.surface.film.length).toBeGreaterThan(3)
    expect(elsewhere.surface.film.length).toBeGreaterThan(3)
    const said = await store.history.last(conversationOf(channel), 10)
    expect(said.filter(({ text }) => text.includes('stream'))).toEqual([])
  })

  it('counts everywhere when it says so, and the choice for a place before it', async () => {
    const { clock, hear } = aHouse(slowly)
    for (const text of ['aeries stream off everywhere', 'Aeries stream calm']) hear({ text })
    await clock.advance(1_000)
    const here = hear({ text: 'hello' }, { channel: 'one' })
    const there = hear({ place: channel, text: 'hello' }, { channel: 'two' })
    await clock.advance(20_000)
    expect(here.surface.film.map(line => Number.parseInt(line, 10))).toEqual([0, 3_000, 6_000])
    expect(there.surface.film).toHaveLength(1)
    hear({ text: 'aeries stream default' })
    await clock.advance(1_000)
    const after = hear({ text: 'hello' }, { channel: 'three' })
    await clock.advance(20_000)
    expect(after.surface.film).toHaveLength(1)
  })

  it.each(['aeries stream', 'aeries stream loud', 'aeries stream calm tomorrow'])(
    'tells how it is written: %s',
    async text => {
      const { clock, hear } = aHouse()
      const { surface } = hear({ text })
      await clock.advance(1_000)
      expect(surface.shown).toEqual(['Write it like this: /aeries stream live | calm | off | default [everywhere].'])
    },
  )

  it('is carried out once, however often a platform tells of the message', async () => {
    const { clock, engine, model, hear } = aHouse()
    const { event, surface } = hear({ text: 'aeries new' })
    await clock.advance(1_000)
    hear({ text: 'the boat is called Molly' })
    await clock.advance(1_000)
    engine.event(event)
    await clock.advance(1_000)
    hear({ text: 'what is it called?' })
    await clock.advance(1_000)
    expect(surface.film).toHaveLength(1)
    expect(JSON.stringify(model.requests.at(-1)?.messages)).toContain('Molly')
  })

  it('is answered privately when the platform brought it as one', async () => {
    const { clock, engine, hear } = aHouse()
    const { event } = hear()
    const told: string[] = []
    const respond: PrivateAnswer = async words => void told.push(toldInWords(words).text)
    const { key, place, person, at } = event
    for (const verb of ['stream', 'dance']) {
      const control = { type: 'command', verb, words: 'calm' } as const
      engine.event({ type: 'control', key, place, person, at, control, respond })
    }
    await clock.advance(1_000)
    expect(told).toEqual([
      'My answers to you grow in few steps, at least three seconds apart. This counts here, for you.',
      expect.stringMatching(/^I do not know "dance"\. .*stream/),
    ])
  })

  it.each([
    ['aeries why?', 'why'],
    ['/aeries quota', 'quota'],
    ['Aeries stop please', 'stop'],
    ['aeries me 2', 'me'],
    ['aeries me', 'me'],
    ['aeries correct 12 Molly', 'correct'],
    ['aeries link BCDF GHJK MNPQ', 'link'],
    ['aeries forget the boats', 'forget'],
    ['Aeries why is the sky blue?', undefined],
    ['Aeries help me with a poem', undefined],
    ['aeries stop using emoji', undefined],
    ['aeries me and my wife had a row', undefined],
    ['Aeries correct my grammar: he go home', undefined],
    ['Aeries link me to the page of the fair', undefined],
    ['aeries new idea: boats', undefined],
  ])('is told from what is said to Aeries by name: %s', (text, verb) => {
    expect(callIn({ text })?.verb).toBe(verb)
  })

  it.each([
    ...['help', 'Me', 'me 2', 'forget all', 'forget 12 13', 'export', 'new', 'quota', 'status.', 'privacy', 'unlink 2'],
    ...['learning off', 'learning off here', 'Pause day', 'incognito on', 'ignore me', 'stream calm everywhere'],
    ...['link', 'link yes', 'link facts on', 'link BCDF GHJK MNPQ', 'persona', 'persona default', 'listen on'],
    ...['observe ask', 'allow', 'allow strangers', 'deny here default', 'deny person:slack:T1:U2'],
    ...['aeries why', 'aeries forget the boats', '/aeries correct 12 Molly'],
  ])('may be its words alone behind a mention: %s', text => {
    expect(callIn({ text, called: true })?.verb).toBe(
      text
        .replace(/^\/?aeries /, '')
        .split(/[ .]/)[0]
        ?.toLowerCase(),
    )
    expect(callIn({ text }) === undefined).toBe(!/^\/?aeries /.test(text))
  })

  it.each([
    ...[
      'help me with this essay',
      'help?',
      'stop motion films?',
      'stop',
      'why',
      'why?',
      'why not',
      'me too',
      'me, myself',
    ],
    ...[
      'forget it',
      'forget the boats',
      'forget all of that',
      'forget',
      'correct 2 mistakes in this',
      'new idea: boats',
    ],
    ...[
      'pause',
      'pause for a moment',
      'pause day and night',
      'learning',
      'learning German',
      'ignore him',
      'ignore me not',
    ],
    ...['link me to the page', 'link both cats here', 'stream loud', 'persona non grata', 'listen', 'listen on repeat'],
    ...['allow me to explain', 'deny it', 'status of the ferry?', 'export the table', 'privacy matters', 'dance'],
  ])('is no command behind a mention, but what it says: %s', text => {
    expect(callIn({ text, called: true })).toBeUndefined()
  })

  it.each([
    ['aeries pause for a moment please'],
    ['aeries listen on repeat tonight'],
    ['aeries persona design is hard to get right'],
  ])('takes no more words than its grammar has: %s', text => {
    expect(callIn({ text })).toBeUndefined()
  })

  it.each([
    ['aeries learning off', 'learning', 'off'],
    ['/aeries ignore me', 'ignored', 'on'],
  ])('that says no is heard in a channel without a mention, and answered privately: %s', async (text, name, value) => {
    const store = openStore({ path: ':memory:' })
    const consent = createConsent({ preferences: store.preferences, mode: 'on' })
    const learning = { ...aLearning(store.preferences).parts, consent }
    const { clock, engine, hear } = aHouse(undefined, { store, learning })
    const { event } = hear({ place: channel, message: { addressed: false } })
    const told: string[] = []
    const respond: PrivateAnswer = async words => void told.push(toldInWords(words).text)
    for (const said of [text, 'aeries me']) {
      const key = eventKey('test', 'message', said)
      engine.event({ ...event, key, message: { ...event.message, text: said }, respond })
    }
    await clock.advance(1_000)
    expect(told).toHaveLength(1)
    expect(await store.preferences.chosen(name, [scopeOf(event.person.id)])).toBe(value)
  })

  it('is a message like any other when its verb is unknown', async () => {
    const { clock, hear } = aHouse()
    const { surface } = hear({ text: 'aeries dance with me' })
    await clock.advance(1_000)
    expect(surface.shown).toEqual(['You said: aeries dance with me'])
  })
})
