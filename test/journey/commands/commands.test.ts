import { describe, expect, it } from 'vitest'
import { discordDesk } from './discord-desk.ts'
import { slackDesk } from './slack-desk.ts'
import { openVisit } from './visit.ts'

describe.each([discordDesk, slackDesk])('commands on $name', desk => {
  const visit = () => openVisit(desk)

  it('help tells all verbs and what reactions mean, to the asker alone', async () => {
    await using here = await visit()
    const { text } = await here.ask('mira', 'channel', 'help')
    for (const verb of ['me', 'forget', 'export', 'why', 'privacy', 'incognito']) expect(text).toContain(verb)
    const all = () =>
      here
        .told('mira', 'channel')
        .map(one => one.text)
        .join('\n')
    await expect.poll(all).toContain('👍')
    expect(here.told('jonas', 'channel')).toEqual([])
    expect(here.scene.world.everSaid()).toBe(here.told('mira', 'channel').length)
  })

  it('me tells what is known, since when and from where; a note can be corrected and forgotten by its button', async () => {
    await using here = await visit()
    expect((await here.ask('mira', 'dm', 'me')).text).toContain('I know nothing about you yet.')
    await here.say('mira', 'dm', 'Please call me Mo.')
    await here.known(1)
    const first = await here.ask('mira', 'dm', 'me')
    expect(first.text).toContain('Call them "Mo"')
    expect(first.text).toMatch(/since .*from .*this message/)
    const number = /\*\*(\d+)\*\*/.exec(first.text)?.[1] ?? first.buttons[0]?.split(' ')[1] ?? ''
    expect((await here.ask('mira', 'dm', 'correct', `${number} Molly`)).text).toContain('Call them "Molly"')
    const second = await here.ask('mira', 'dm', 'me')
    expect(second.text).not.toContain('"Mo"')
    await here.say('mira', 'dm', 'Hello?')
    expect(here.lastPrompt()).toContain('Molly')
    const button = second.buttons.find(label => /^Forget \d+$/.test(label)) ?? ''
    expect((await here.press('mira', 'dm', second, button)).text).toContain('Forgotten')
    expect((await here.ask('mira', 'dm', 'me')).text).toContain('I know nothing about you yet.')
  })

  it('nobody sees, corrects or forgets what is known of another', async () => {
    await using here = await visit()
    await here.say('mira', 'dm', 'Please call me Mo.')
    await here.known(1)
    const number = (await here.ask('mira', 'dm', 'me')).buttons[0]?.split(' ')[1] ?? ''
    expect((await here.ask('jonas', 'dm', 'me')).text).toContain('I know nothing about you yet.')
    expect((await here.ask('jonas', 'dm', 'forget', number)).text).toContain(`no note ${number}`)
    expect((await here.ask('jonas', 'dm', 'correct', `${number} Jo`)).text).toContain(`no note ${number}`)
    expect((await here.ask('jonas', 'dm', 'export')).text).toContain('Here is all')
    await expect.poll(() => desk.files(here.scene, 'jonas').length).toBe(1)
    expect(desk.files(here.scene, 'jonas')[0]).not.toContain('Mo')
    await here.known(1)
  })

  it('why tells the asker alone the very lines and the span of the talk that an answer had before it', async () => {
    await using here = await visit()
    await here.say('mira', 'dm', 'Please call me Mo.')
    await here.known(1)
    await here.say('mira', 'dm', 'What is new?')
    const { text } = await here.ask('mira', 'dm', 'why')
    expect(text).toContain('Call them "Mo".')
    expect(text).toMatch(/2 messages of this conversation/)
    expect((await here.ask('jonas', 'dm', 'why')).text).toContain('I have not answered you here yet')
  })

  it('forget all asks once more, takes out every row, and a platform that repeats itself brings nothing back', async () => {
    await using here = await visit()
    const spoken = await here.scene.world.say('mira', 'dm', 'Please call me Mo.')
    await here.house.closed(1)
    await here.known(1)
    const sure = await here.ask('mira', 'dm', 'forget', 'all')
    expect(sure.text).toContain('Shall I?')
    await here.known(1)
    expect((await here.press('mira', 'dm', sure, 'Forget all')).text).toContain('It is all gone')
    const { store, turns } = here.house
    const asker = turns[0]?.turn.asker.id
    if (asker === undefined) throw new Error('nobody spoke')
    await here.scene.world.repeat(spoken)
    expect(await store.history.ofPerson(asker, 10)).toEqual([])
    expect(await store.learning.workspaces(asker)).toEqual([])
    expect((await store.learning.jobs()).waiting).toBe(0)
  })

  it('forget takes out a topic with what was said about it', async () => {
    await using here = await visit()
    await here.say('mira', 'dm', 'I like turquoise boats.')
    await here.say('mira', 'dm', 'What is the time?')
    await here.known(1)
    const sure = await here.ask('mira', 'dm', 'forget', 'boats')
    expect(sure.text).toMatch(/About "boats" I have:[\s\S]*turquoise boats[\s\S]*1 message of yours/)
    expect((await here.press('mira', 'dm', sure, 'Forget it')).text).toContain('1 note and 1 message about "boats"')
    await here.say('mira', 'dm', 'Hello?')
    expect(here.lastPrompt()).not.toContain('boats')
    expect(here.lastPrompt()).toContain('What is the time?')
  })

  it('export gives all of it as a file that a person can read', async () => {
    await using here = await visit()
    await here.say('mira', 'dm', 'Please call me Mo.')
    await here.known(1)
    await here.ask('mira', 'channel', 'export')
    await expect.poll(() => (desk.name === 'Slack' ? desk.files(here.scene, 'mira').length : 1)).toBe(1)
    expect(here.told('jonas', 'channel')).toEqual([])
    await here.ask('mira', 'dm', 'export')
    await expect.poll(() => desk.files(here.scene, 'mira').length).toBeGreaterThan(0)
    const given = JSON.parse(desk.files(here.scene, 'mira').at(-1) ?? '') as Record<string, unknown>
    expect(given).toMatchObject({
      conversations: [{ who: 'you', text: 'Please call me Mo.' }, { who: 'Aeries, to you' }],
      learnt: [{ what: 'call_me', value: 'Mo', yourWords: [{ quote: expect.stringContaining('Mo') }] }],
    })
  })

  it('new begins anew, and stop, status and privacy are told privately', async () => {
    await using here = await visit()
    await here.say('mira', 'dm', 'The word is heron.')
    expect((await here.ask('mira', 'dm', 'new')).text).toContain('A fresh start.')
    await here.say('mira', 'dm', 'Which word?')
    expect(here.lastPrompt()).not.toContain('heron')
    expect((await here.ask('mira', 'channel', 'stop')).text).toContain('I stop.')
    expect((await here.ask('mira', 'channel', 'status')).text).toContain('my model answers')
    expect((await here.ask('mira', 'channel', 'privacy')).text).toMatch(/model[\s\S]*stored[\s\S]*delete/i)
    expect(here.told('jonas', 'channel')).toEqual([])
  })

  it('incognito uses nothing, learns nothing and leaves nothing', async () => {
    await using here = await visit()
    await here.say('mira', 'dm', 'Please call me Mo.')
    await here.known(1)
    await here.ask('mira', 'dm', 'incognito', 'on')
    await here.say('mira', 'dm', 'I like turquoise boats.')
    expect(here.lastPrompt()).not.toContain('Call them')
    await here.say('mira', 'dm', 'Which boats?')
    expect(here.lastPrompt()).toContain('turquoise')
    expect((await here.ask('mira', 'dm', 'incognito', 'off')).text).toContain('is gone')
    await here.say('mira', 'dm', 'Hello?')
    expect(here.lastPrompt()).not.toContain('turquoise')
    expect(here.lastPrompt()).toContain('Call them')
    await here.known(1)
  })

  it('pause learns nothing for a while and still uses what is known', async () => {
    await using here = await visit()
    await here.say('mira', 'dm', 'Please call me Mo.')
    await here.known(1)
    expect((await here.ask('mira', 'dm', 'pause', 'day')).text).toContain('I learn nothing')
    await here.say('mira', 'dm', 'I like turquoise boats.')
    expect(here.lastPrompt()).toContain('Call them')
    expect((await here.house.store.learning.jobs()).waiting).toBe(0)
    await here.known(1)
  })

  it('ignore me leaves somebody alone, also where others ask about their words', async () => {
    await using here = await visit()
    await here.ask('jonas', 'channel', 'ignore', 'me')
    const { id } = await here.scene.world.say('jonas', 'channel', '@Aeries the word is heron')
    await desk.pick(here.scene, 'mira', id, 'ask', 'What did he say?')
    await here.house.closed(1)
    expect(here.lastPrompt()).not.toContain('heron')
    expect(here.house.turns.map(({ turn }) => turn.asker.name)).toEqual(['Mira'])
    expect((await here.ask('jonas', 'channel', 'ignore', 'off')).text).toContain('Welcome back')
  })

  it('answers a question about a message in the asker’s DM, with the message as a quote', async () => {
    await using here = await visit()
    const { id } = await here.scene.world.say('jonas', 'channel', 'The ferry leaves at noon.')
    await desk.pick(here.scene, 'mira', id, 'ask', 'When must I go?')
    const [closed] = await here.house.closed(1)
    expect(here.lastPrompt()).toContain('The ferry leaves at noon.')
    expect(here.lastPrompt()).toContain('When must I go?')
    expect(closed?.turn.place.audience).toBe('dm')
    expect(here.scene.world.said('channel')).toEqual([])
    expect(here.scene.world.said('dm', 'mira')[0]?.text).toMatch(/You asked about what Jonas wrote/)
    await desk.pick(here.scene, 'mira', id, 'ask')
    await here.house.closed(2)
    expect(here.lastPrompt()).toContain('What about this?')
  })

  it('refuses kindly what it does not know, and what is not for everybody', async () => {
    await using here = await visit()
    await here.scene.world.say('mira', 'dm', 'aeries forget')
    const said = () => here.scene.world.said('dm', 'mira').map(({ text }) => text)
    await expect
      .poll(() => [...said(), ...here.told('mira', 'dm').map(({ text }) => text)].join())
      .toContain('Write it like this')
    expect(here.house.turns).toEqual([])
  })
})
