import { describe, expect, it } from 'vitest'
import { openToAll } from '#src/core/access.ts'
import { conversationOf } from '#src/core/place.ts'
import { discordDesk } from './discord-desk.ts'
import { slackDesk } from './slack-desk.ts'
import { openVisit, type Visit } from './visit.ts'

const notYours = 'That is for those who run this place. Nothing has changed.'
const captain = { name: 'Captain', voice: 'Ahoy, I am the Captain.', about: 'Salty.' }

describe.each([discordDesk, slackDesk])('commands that rule a place on $name', desk => {
  const answers = (here: Visit) => here.scene.world.said('channel').map(({ text }) => text)

  it('persona is chosen in a DM by its person, in a channel by an admin', async () => {
    await using here = await openVisit(desk, { personas: [captain] })
    const admin = await desk.admin(here.scene)
    expect((await here.ask('mira', 'dm', 'persona')).text).toMatch(/Here I am Aeries[\s\S]*Captain\W+Salty/)
    expect((await here.ask('mira', 'dm', 'persona', 'captain')).text).toContain('From my next answer on I am Captain')
    await here.say('mira', 'dm', 'hello')
    expect(here.lastPrompt()).toContain('Ahoy')
    expect(here.house.turns[0]?.reply.persona).toBe('Captain')
    expect((await here.ask('jonas', 'channel', 'persona', 'Captain')).text).toContain('for those who run this place')
    await here.say('jonas', 'channel', '@Aeries hello')
    expect(here.lastPrompt()).not.toContain('Ahoy')
    await here.ask(admin, 'channel', 'persona', 'Captain')
    await here.say('jonas', 'channel', '@Aeries hello')
    expect(here.lastPrompt()).toContain('Ahoy')
  })

  it('quota tells everybody their own figures', async () => {
    const limits = { perMinute: 2, perDay: 200, characters: 12_000, tokensPerDay: 0 }
    await using here = await openVisit(desk, { access: { ...openToAll, limits } })
    await here.say('mira', 'dm', 'hello')
    expect((await here.ask('mira', 'dm', 'quota')).text).toContain('1 of 2 of your messages')
    expect((await here.ask('jonas', 'channel', 'quota')).text).toContain('0 of 2 of your messages')
    expect(here.told('mira', 'channel')).toEqual([])
  })

  it('listen is announced before the first word is kept, and privacy tells it', async () => {
    await using here = await openVisit(desk)
    const admin = await desk.admin(here.scene)
    expect((await here.ask('jonas', 'channel', 'listen', 'on')).text).toBe(notYours)
    await here.scene.world.say('mira', 'channel', 'between us')
    expect((await here.ask(admin, 'channel', 'listen', 'on')).text).toContain('have announced it')
    expect(answers(here)).toEqual([expect.stringContaining('An admin has let me read along')])
    expect((await here.ask('jonas', 'channel', 'privacy')).text).toContain('An admin lets me read along here')
    await here.scene.world.say('mira', 'channel', 'the word is heron')
    await here.say('jonas', 'channel', '@Aeries hello')
    expect((await here.ask(admin, 'channel', 'listen', 'off')).text).toContain('I read along here no more')
    await here.scene.world.say('mira', 'channel', 'the word is stork')
    await here.say('jonas', 'channel', '@Aeries hello again')
    const place = here.house.turns[0]?.turn.place
    if (place === undefined) throw new Error('nobody spoke')
    const kept = await here.house.store.history.last(conversationOf({ ...place, thread: undefined }), 9)
    const ofMira = kept.filter(({ role, person }) => role === 'person' && person.name === 'Mira')
    expect(ofMira.map(({ text }) => text)).toEqual(['the word is heron'])
  })

  it('observe off learns from nobody there', async () => {
    await using here = await openVisit(desk)
    const admin = await desk.admin(here.scene)
    expect((await here.ask('jonas', 'channel', 'observe', 'off')).text).toBe(notYours)
    expect((await here.ask(admin, 'channel', 'observe', 'off')).text).toBe('I learn from nobody here.')
    await here.say('mira', 'channel', '@Aeries Please call me Mo.')
    expect((await here.house.store.learning.jobs()).waiting).toBe(0)
    await here.say('mira', 'dm', 'Please call me Molly.')
    await here.known(1)
    expect((await here.ask('mira', 'channel', 'privacy')).text).toContain('Nothing from you here')
    expect((await here.ask(admin, 'channel', 'observe', 'default')).text).toContain('as it is set for everywhere')
    expect((await here.ask('mira', 'channel', 'privacy')).text).toContain('How you like to be talked to')
  })

  it('deny and allow rule for one person, in that place alone', async () => {
    await using here = await openVisit(desk)
    const admin = await desk.admin(here.scene)
    const jonas = desk.mention(here.scene, 'jonas')
    expect((await here.ask('wren', 'channel', 'deny', jonas)).text).toBe(notYours)
    expect((await here.ask(admin, 'channel', 'deny', jonas)).text).toMatch(/The rules here: deny person:\S+\./)
    const unheard = await here.scene.world.say('jonas', 'channel', '@Aeries hello?')
    await here.say('mira', 'channel', '@Aeries hello')
    expect(here.house.turns.map(({ turn }) => turn.asker.name)).toEqual(['Mira'])
    await here.ask(admin, 'channel', 'allow', `${jonas} default`)
    expect((await here.ask(admin, 'channel', 'allow')).text).toContain('There are no rules here')
    await here.say('jonas', 'channel', '@Aeries hello again')
    expect(here.lastPrompt()).not.toContain('hello?')
    expect(unheard.id).toBeDefined()
  })
})

describe.each([discordDesk, slackDesk])('commands that everybody has for themself on $name', desk => {
  it('link gives a code to its asker alone, and unlink has nothing to undo', async () => {
    await using here = await openVisit(desk)
    const code = /Your code: \**([A-Z0-9-]+)/i.exec((await here.ask('mira', 'channel', 'link')).text)?.[1] ?? ''
    expect(code.length).toBeGreaterThan(5)
    expect(here.told('jonas', 'channel')).toEqual([])
    expect((await here.ask('jonas', 'channel', 'link', 'AAAA-AAAA')).text).not.toContain(code)
    expect((await here.ask('mira', 'channel', 'unlink')).text).toContain('linked with no other')
    expect(here.house.turns).toEqual([])
  })

  it('stream chooses how answers grow, and learning whether they are learnt from', async () => {
    await using here = await openVisit(desk)
    expect((await here.ask('mira', 'dm', 'stream', 'off')).text).toContain('come as a whole')
    const words = Array.from({ length: 60 }, (_, at) => `word${at} `)
    here.scene.vllm.script({ tokens: words, itlMs: 20 })
    await here.say('mira', 'dm', 'tell me')
    expect(here.scene.world.said('dm', 'mira')[0]?.film).toHaveLength(1)
    expect((await here.ask('mira', 'dm', 'learning', 'off')).text).toContain('I do not learn from you')
    await here.say('mira', 'dm', 'Please call me Mo.')
    expect((await here.house.store.learning.jobs()).waiting).toBe(0)
    expect((await here.ask('mira', 'dm', 'me')).text).toContain('I do not learn from you here')
    const place = here.house.turns[0]?.turn.place
    if (place) await expect.poll(() => here.house.store.history.knows(conversationOf(place))).toBe(true)
  })
})
