import { describe, expect, it } from 'vitest'
import { openScene } from '#test/journey/open-scene.ts'
import { slackPlatform } from '#test/journey/slack-platform.ts'
import { openHouse, openWorld } from '#test/support/open-house.ts'

describe('commands on Slack', () => {
  it('work as words in a thread, where Slack takes none, and show the answer to the asker alone', async () => {
    await using scene = await openScene(slackPlatform)
    const house = await scene.house({ learning: { mode: 'on' } })
    const { people } = scene.world.server
    const root = people.say('mira', '#general', '@Aeries hello')
    await house.closed(1)
    people.say('mira', '#general', 'aeries me', { thread: root.ts })
    const shown = (as: string) =>
      people.messages('#general', as).filter(({ ephemeralFor, threadTs }) => ephemeralFor && threadTs === root.ts)
    await expect.poll(() => shown('mira').at(-1)?.versions.at(-1)?.shown).toContain('know nothing about you')
    expect(shown('jonas')).toEqual([])
    expect(house.turns).toHaveLength(1)
  })

  it('work behind a mention, and what merely begins like one is answered', async () => {
    await using scene = await openScene(slackPlatform)
    const house = await scene.house({ learning: { mode: 'on' } })
    const { people } = scene.world.server
    people.say('mira', '#general', '@Aeries me')
    const shown = (as: string) => people.messages('#general', as).filter(({ ephemeralFor }) => ephemeralFor)
    await expect.poll(() => shown('mira').at(-1)?.versions.at(-1)?.shown).toContain('know nothing about you')
    expect(shown('jonas')).toEqual([])
    // In a thread of its own, which does not stand yet, nobody would see it.
    expect(shown('mira').at(-1)?.threadTs).toBeUndefined()
    people.say('mira', '#general', '@Aeries me and my boat are late')
    await house.closed(1)
    expect(house.turns[0]?.turn.asked[0]?.message.text).toBe('me and my boat are late')
  })

  it('fill the home tab with what is known, and its buttons act on it', async () => {
    await using scene = await openScene(slackPlatform)
    const house = await scene.house({ learning: { mode: 'on' } })
    const { people, interactions, events } = scene.world.server
    let home = ''
    events.on(event => {
      if (event.type === 'view') home = JSON.stringify(event.view.view)
    })
    people.say('mira', 'dm', 'Please call me Mo.')
    await house.closed(1)
    const person = house.turns[0]?.turn.asker.id
    if (person === undefined) throw new Error('nobody spoke')
    await expect.poll(async () => (await house.store.learning.jobs()).waiting).toBe(0)
    expect(await house.store.learning.workspaces(person)).toHaveLength(1)
    people.openApp('mira', 'home')
    await expect.poll(() => home).toContain('Call them')
    const label = /Forget \d+/.exec(home)?.[0] ?? ''
    await interactions.clickInView('mira', label)
    await expect.poll(() => home).toMatch(/Forgotten[\s\S]*know nothing about you/)
    await interactions.clickInView('mira', 'Give me all as a file')
    const files = () => people.messages('dm:mira', 'mira').flatMap(one => one.files)
    await expect.poll(() => files().length).toBe(1)
    people.openApp('jonas', 'home')
    await expect.poll(() => home).toMatch(/know nothing about you/)
  })
})

describe('commands on Discord', () => {
  it('work as words in a channel, and are answered in the asker’s DM', async () => {
    await using world = await openWorld({ writes: { limit: 1_000, windowMs: 1_000 } })
    await using house = await openHouse(world, { learning: { mode: 'on' } })
    const { people, botId } = world.discord
    people.say('mira', '#general', '@Aeries aeries me')
    const told = () => people.messages('dm:mira', 'mira').map(({ content }) => content)
    await expect.poll(told).toEqual([expect.stringContaining('I know nothing about you yet')])
    expect(people.messages('#general').filter(({ authorId }) => authorId === botId)).toEqual([])
    expect(house.log.lines.filter(({ level }) => level === 'error')).toEqual([])
  })

  it('work behind a mention, and what merely begins like one is answered', async () => {
    await using world = await openWorld({ writes: { limit: 1_000, windowMs: 1_000 } })
    await using house = await openHouse(world, { learning: { mode: 'on' } })
    const { people, botId } = world.discord
    people.say('mira', '#general', '@Aeries forget all')
    const told = () => people.messages('dm:mira', 'mira').map(({ content }) => content)
    await expect.poll(told).toEqual([expect.stringContaining('Shall I?')])
    people.say('mira', 'dm', '@Aeries me')
    await expect.poll(told).toContainEqual(expect.stringContaining('I know nothing about you yet'))
    expect(people.messages('#general').filter(({ authorId }) => authorId === botId)).toEqual([])
    people.say('mira', '#general', '@Aeries forget it')
    await house.closed(1)
    expect(house.turns[0]?.turn.asked[0]?.message.text).toBe('forget it')
  })

  it('are registered once, and again only when they changed', async () => {
    await using world = await openWorld()
    const puts = () => world.discord.log.filter(({ method, path }) => method === 'PUT' && path.endsWith('/commands'))
    const gets = () => world.discord.log.filter(({ method, path }) => method === 'GET' && path.endsWith('/commands'))
    for (const start of [1, 2]) {
      await using _house = await openHouse(world)
      await expect.poll(() => gets().length).toBe(start)
      await expect.poll(() => puts().length).toBe(1)
    }
    world.discord.world.application.commands = world.discord.world.application.commands.slice(1)
    await using _house = await openHouse(world)
    await expect.poll(() => puts().length).toBe(2)
    expect(world.discord.unknownCalls).toEqual([])
  })

  it('complete what they can, of the asker alone', async () => {
    await using world = await openWorld({ writes: { limit: 1_000, windowMs: 1_000 } })
    await using house = await openHouse(world, { learning: { mode: 'on' } })
    const { people } = world.discord
    await expect.poll(() => world.discord.world.application.commands.length).toBe(3)
    people.say('mira', 'dm', 'Please call me Mo.')
    await house.closed(1)
    const suggested = async (person: string, typed: string) => {
      const { id } = people.complete(person, 'dm', '/aeries forget', 'what', typed)
      await expect.poll(() => people.interaction(id).shown).toBeDefined()
      return JSON.stringify(people.interaction(id).shown)
    }
    await expect.poll(() => suggested('mira', '')).toContain('Call them')
    expect(await suggested('mira', 'zzz')).not.toContain('Call them')
    expect(await suggested('jonas', '')).not.toContain('Call them')
  })

  it('tells kindly when a question about a message cannot be answered, because DMs are closed', async () => {
    await using world = await openWorld()
    await using _house = await openHouse(world)
    const { people, scene } = world.discord
    await expect.poll(() => world.discord.world.application.commands.length).toBe(3)
    const wren = world.discord.world.people.values().find(({ displayName }) => displayName === 'Wren')
    if (wren === undefined) throw new Error('Wren is not here')
    world.discord.world.putPerson({ ...wren, acceptsDms: false })
    expect(scene.record()).toBeDefined()
    const { id } = people.say('jonas', '#general', 'The ferry leaves at noon.')
    const asked = people.pick('wren', id, 'Ask Aeries about this')
    await expect.poll(() => people.interaction(asked.id).shown).toBeDefined()
    people.submit(asked.id)
    const told = () => people.messages('#general', 'wren').filter(({ ephemeralFor }) => ephemeralFor)
    await expect.poll(() => told().at(-1)?.content).toContain('closed to me')
  })
})
