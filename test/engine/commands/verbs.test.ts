import { describe, expect, it } from 'vitest'
import { plant } from '#bench/cohorts/plant-people.ts'
import { type ControlEvent, type PrivateNote, toldInWords } from '#src/core/event.ts'
import { messageId } from '#src/core/ids.ts'
import type { Person } from '#src/core/person.ts'
import { conversationOf, type Place } from '#src/core/place.ts'
import { scopeOfPlace } from '#src/core/preferences.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import type { HouseFacts } from '#src/engine/commands/house-facts.ts'
import { commands } from '#src/engine/commands/registry.ts'
import { CohortMaker } from '#src/observer/cohorts/cohort-maker.ts'
import { createLender } from '#src/observer/cohorts/create-lender.ts'
import { createConsent } from '#src/observer/consent.ts'
import { createNotebook } from '#src/observer/notebook.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { aHouse } from '#test/engine/a-house.ts'
import { aLearning } from '#test/engine/a-learning.ts'
import { people } from '#test/observer/cohorts/a-workspace.ts'
import { anEvent, aPerson, channel, dm } from '#test/support/an-event.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { RecordingSurface } from '#test/support/recording-surface.ts'
import { workMs } from '#test/support/work-ms.ts'

const minute = 60_000

const facts: HouseFacts = {
  version: '1.2.3',
  model: 'a model',
  modelAt: ['a machine'],
  startedAt: new Date(0),
  isModelThere: async () => true,
  keepsDays: () => 0,
}

function aDesk(told: Pick<HouseFacts, 'operator' | 'guideUrl'> = {}) {
  const clock = new ManualClock()
  const store = openStore({ path: ':memory:', now: () => clock.now() })
  const { parts } = aLearning(store.preferences)
  const consent = createConsent({ preferences: store.preferences, mode: 'on', now: () => clock.now() })
  const lender = createLender({ ...store, mode: 'on', log: new KeptLog() })
  const learning = { ...parts, consent, notebook: createNotebook(store.learning, lender) }
  const house = aHouse(undefined, { clock, store, learning, house: { ...facts, ...told } })
  let count = 0
  const control = async (
    asked: ControlEvent['control'],
    { person = aPerson('Mira'), place = dm }: Readonly<{ person?: Person; place?: Place }> = {},
  ): Promise<PrivateNote> => {
    const told: PrivateNote[] = []
    const { key } = anEvent({ surface: new RecordingSurface({ clock }) })
    count += 1
    house.engine.event({
      type: 'control',
      key,
      place,
      person,
      at: clock.now(),
      control: asked,
      respond: async words => void told.push(toldInWords(words)),
    })
    for (let waited = 0; told.length === 0 && waited < 40; waited += 1) await clock.advance(50)
    const [note] = told
    if (note === undefined) throw new Error(`nothing was told of command ${count}`)
    return note
  }
  const give = (line: string, who: Parameters<typeof control>[1] = {}, message?: ReturnType<typeof messageId>) => {
    const [verb = '', ...words] = line.split(' ')
    return control({ type: 'command', verb, words: words.join(' '), ...(message && { message }) }, who)
  }
  const tap = (action: string, who: Parameters<typeof control>[1] = {}) =>
    control({ type: 'button', action, message: messageId('test', undefined, 'dm-mira', '1') }, who)
  const talk = async (text: string, sketch: Parameters<typeof house.hear>[0] = {}) => {
    const heard = house.hear({ text, at: clock.now(), ...sketch })
    await clock.advance(5_000)
    return heard
  }
  return { ...house, store, give, tap, talk }
}

describe('every verb', () => {
  it.each(commands.map(({ verb, description, options, usage }) => ({ verb, description, options, usage })))(
    'of the registry fits what platforms take: $verb',
    ({ verb, description, options, usage }) => {
      expect(verb).toMatch(/^[a-z]{1,32}$/)
      expect(description.length).toBeLessThanOrEqual(100)
      expect(usage.startsWith(verb)).toBe(true)
      for (const option of options) {
        expect(option.name).toMatch(/^[a-z]{1,32}$/)
        expect(option.choices?.length ?? 0).toBeLessThanOrEqual(25)
        expect(option.completes === true && option.choices !== undefined).toBe(false)
      }
      const required = options.map(({ isRequired }) => isRequired === true)
      expect(required).toEqual(required.toSorted((one, other) => Number(other) - Number(one)))
    },
  )

  it('is one of at most 25, each once', () => {
    expect(commands.length).toBeLessThanOrEqual(25)
    expect(new Set(commands.map(({ verb }) => verb)).size).toBe(commands.length)
  })

  it.each([
    ['stream', /^Write it like this: \/aeries stream/],
    ['learning maybe', /^Write it like this: \/aeries learning/],
    ['correct', /^Write it like this: \/aeries correct/],
    ['correct 12', /^Write it like this: \/aeries correct/],
    ['correct 12 Mo', /^I have no note 12/],
    ['forget', /^Write it like this: \/aeries forget/],
    ['forget 12', /^I have no note 12/],
    ['forget all yes', /^I have nothing of you about "all yes"/],
    ['forget about boats', /^I have nothing of you about "about boats"/],
    ['pause', /^Write it like this: \/aeries pause/],
    ['pause forever', /^Write it like this: \/aeries pause/],
    ['pause off', /^The pause is over/],
    ['incognito', /^Write it like this: \/aeries incognito/],
    ['incognito off', /^You are not incognito here/],
    ['ignore', /^Write it like this: \/aeries ignore/],
    ['why', /^I have not answered you here yet/],
    ['me', /^I know nothing about you yet/],
    ['me -3', /^I know nothing about you yet/],
    ['dance', /^I do not know "dance"/],
    ['stop', /^I stop\./],
    ['status', /^I am well/],
    ['new', /^A fresh start\./],
  ])('answers kindly and does nothing it may not: %s', async (line, answer) => {
    const desk = aDesk()
    expect((await desk.give(line)).text).toMatch(answer)
    expect(desk.turns).toEqual([])
  })
})

describe('why', () => {
  it('tells its asker what an answer had before it, by the message that shows it or the newest', async () => {
    const desk = aDesk()
    await desk.talk('first')
    const { surface } = await desk.talk('second')
    const [shown] = surface.messages.keys()
    const newest = await desk.give('why')
    expect(newest.text).toContain('2 messages of this conversation')
    expect(newest.text).toContain('I spoke as Aeries')
    expect((await desk.give('why', {}, shown)).text).toBe(newest.text)
    expect((await desk.give('why', { person: aPerson('Jonas') }, shown)).text).toMatch(
      /^I can tell that only of my answers to you/,
    )
    expect((await desk.give('why', { place: channel })).text).toMatch(/^I have not answered you here/)
  })

  it('tells it of an answer that somebody replies to with the words', async () => {
    const desk = aDesk()
    const { surface } = await desk.talk('first')
    await desk.talk('second')
    const [message] = surface.messages.keys()
    const quotes = [{ message, author: 'Aeries', own: true, text: 'You said: first' }]
    const asked = await desk.talk('aeries why', { message: { quotes } })
    expect(asked.surface.shown.join()).toContain('only your question')
  })
})

describe('forget all', () => {
  it('takes out all rows in less than 200 ms, keeps a no, and stops what is being written', async () => {
    const desk = aDesk()
    for (let turn = 0; turn < 30; turn += 1) await desk.talk(`I like boat number ${turn}`)
    await desk.give('learning off')
    await desk.give('stream calm')
    const sure = await desk.give('forget all')
    expect(sure.buttons?.map(({ label }) => label)).toContain('Forget all')
    const took = await workMs(async () => expect((await desk.tap('do:forget all yes')).text).toMatch(/^It is all gone/))
    expect(took).toBeLessThan(200)
    const { id } = aPerson('Mira')
    expect(await desk.store.history.ofPerson(id, 100)).toEqual([])
    expect(await desk.store.ownData.signals(id)).toEqual([])
    expect(await desk.store.learning.workspaces(id)).toEqual([])
    expect(await desk.store.preferences.of(id)).toEqual([{ name: 'learning', value: 'off', conversation: undefined }])
    expect(await desk.store.learning.jobs()).toMatchObject({ waiting: 0 })
  })

  it('of one person leaves what another said and was answered', async () => {
    const desk = aDesk()
    await desk.talk('I like boats', { place: channel })
    await desk.talk('I like ferries', { place: channel, person: aPerson('Jonas') })
    await desk.tap('do:forget all yes')
    const left = await desk.store.history.last(conversationOf(channel), 10)
    expect(left.map(({ text }) => text)).toEqual(['I like ferries', expect.stringContaining('ferries')])
  })
})

describe('incognito', () => {
  it('ends half an hour after the last word, and leaves nothing', async () => {
    const desk = aDesk()
    await desk.talk('before')
    await desk.give('incognito on')
    await desk.talk('a secret')
    await desk.clock.advance(25 * minute)
    expect((await desk.store.history.last(conversationOf(dm), 10)).map(({ text }) => text)).toContain('a secret')
    await desk.clock.advance(15 * minute)
    expect((await desk.store.history.last(conversationOf(dm), 10)).map(({ text }) => text)).toEqual([
      'before',
      'You said: before',
    ])
    expect((await desk.give('incognito off')).text).toMatch(/^You are not incognito/)
  })
})

describe('ignore me', () => {
  it('stores nothing of somebody, answers nothing and quotes nothing, until they end it', async () => {
    const desk = aDesk()
    const jonas = aPerson('Jonas')
    await desk.give('ignore me', { person: jonas })
    const { surface } = await desk.talk('hello', { person: jonas })
    expect(surface.film).toEqual([])
    expect(await desk.store.history.ofPerson(jonas.id, 10)).toEqual([])
    const quotes = [{ message: undefined, author: 'Jonas', person: jonas.id, own: false, text: 'the word is heron' }]
    await desk.talk('what did he say?', { message: { quotes } })
    expect(JSON.stringify(desk.model.requests)).not.toContain('heron')
    await desk.give('ignore off', { person: jonas })
    const again = await desk.talk('hello', { person: jonas })
    expect(again.surface.shown.join()).toContain('You said: hello')
  })
})

describe('pause', () => {
  it('ends by itself', async () => {
    const desk = aDesk()
    await desk.give('pause hour')
    const { id } = aPerson('Mira')
    const consent = createConsent({ preferences: desk.store.preferences, mode: 'on', now: () => desk.clock.now() })
    expect(await consent.mayLearn(id, dm)).toBe(false)
    expect(await consent.allows(id, dm)).toBe(true)
    await desk.clock.advance(61 * minute)
    expect(await consent.mayLearn(id, dm)).toBe(true)
    expect(workspaceOf(dm)).toBe('test:-')
  })
})

describe('new', () => {
  const thread = (name: string): Place => ({ ...dm, thread: name })
  const prompt = (desk: ReturnType<typeof aDesk>) => JSON.stringify(desk.model.requests.at(-1)?.messages)

  it('in a DM holds for the thread that is opened next as well', async () => {
    const desk = aDesk()
    await desk.talk('The word is heron.', { place: thread('one') })
    await desk.talk('And another?', { place: thread('two') })
    expect(prompt(desk)).toContain('heron')
    await desk.give('new')
    await desk.talk('Which word?', { place: thread('three') })
    expect(prompt(desk)).not.toContain('heron')
    await desk.talk('The word is stork.', { place: thread('three') })
    await desk.talk('Which word?', { place: thread('four') })
    expect(prompt(desk)).toContain('stork')
    expect(prompt(desk)).not.toContain('heron')
  })

  it('in a thread of a DM does not bring back what was said in that thread', async () => {
    const desk = aDesk()
    await desk.talk('The word is heron.', { place: thread('one') })
    await desk.give('new', { place: thread('one') })
    await desk.talk('Which word?', { place: thread('one') })
    expect(prompt(desk)).not.toContain('heron')
  })
})

describe('me', () => {
  it('tells what is lent as a default, not learnt from them, and no longer once they said otherwise', async () => {
    const desk = aDesk()
    await people(desk.store, 20, { place: dm, at: desk.clock.now() })
    const maker = new CohortMaker({ ...desk.store, mode: 'on' })
    while (await maker.step(desk.clock.now()));
    const lent = 'Default, not learnt from you: short answers, a casual tone.'
    expect((await desk.give('me')).text).toMatch(new RegExp(`^I know nothing about you yet[^]*${lent}`))
    await desk.talk('hello')
    const tastes = [{ slot: 'reply_length', value: 'long' }] as const
    await plant(desk.store, { name: 'Mira', place: dm, tastes, at: desk.clock.now() })
    const { text } = await desk.give('me')
    expect(text).toContain('Give long, thorough answers.')
    expect(text).toContain('Default, not learnt from you: a casual tone.')
    await desk.give('learning off')
    expect((await desk.give('me')).text).not.toContain('Default')
  })
})

describe('privacy', () => {
  it('tells whether that place is one where Aeries reads along', async () => {
    const desk = aDesk()
    const there = { place: channel }
    expect((await desk.give('privacy', there)).text).toContain('What you say to others is not')
    await desk.store.preferences.choose('listening', scopeOfPlace(channel), 'on')
    expect((await desk.give('privacy', there)).text).toContain('An admin lets me read along here')
    expect((await desk.give('privacy')).text).toContain('Here all you say is said to me.')
  })
})

describe('more than thirty commands in a minute', () => {
  it('do nothing, which is told of a command, and of words once', async () => {
    const desk = aDesk()
    for (let given = 0; given < 30; given += 1)
      expect((await desk.give('stop')).text).toBe('I stop. What I had written to you stays as it is.')
    const refused = 'Those are a lot of commands at once. Nothing has changed; try again in a minute.'
    expect((await desk.give('ignore me')).text).toBe(refused)
    expect((await desk.give('ignore me')).text).toBe(refused)
    expect((await desk.talk('aeries ignore me')).surface.shown).toEqual([])
    expect((await desk.give('stop', { person: aPerson('Jonas') })).text).toContain('I stop.')
    await desk.clock.advance(minute)
    expect((await desk.give('stop')).text).toContain('I stop.')
    expect(await desk.store.preferences.under('ignored')).toEqual([])
  })
})

describe('whoever runs Aeries', () => {
  it('may tell who they are, and where more is written', async () => {
    const guideUrl = 'https://harbour.example/aeries'
    const desk = aDesk({ operator: 'the harbour office', guideUrl })
    expect((await desk.give('help')).text).toMatch(new RegExp(`More of it: ${guideUrl}$`))
    expect((await desk.give('privacy')).text).toContain('what is in my database: the harbour office.')
    expect((await aDesk().give('help')).text).not.toContain('More of it')
  })
})
