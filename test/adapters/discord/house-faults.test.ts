import { describe, expect, it } from 'vitest'
import { nativeMessageId } from '#src/core/ids.ts'
import { openHouse, openWorld, type World } from '#test/support/open-house.ts'
import { patience } from '#test/support/patience.ts'

/** Writes are not what this is about: they go out as fast as the engine likes. */
const openRules = { writes: { limit: 1_000, windowMs: 1_000 }, globalPerSecond: 1_000 }

const blows: readonly (readonly [string, (world: World, message: string) => void])[] = [
  ['the message is deleted', ({ discord }, message) => discord.people.delete('mira', message)],
  ['the channel is deleted', ({ discord }) => discord.places.deleteChannel('#general')],
  ['the channel is closed to Aeries', ({ discord }) => void discord.places.deny('#general', 'Aeries', ['viewChannel'])],
  ['Aeries is thrown out of the server', ({ discord }) => discord.scene.leaveGuild('bot')],
]

describe.concurrent('an answer in the middle of which', () => {
  it.each(blows)('%s ends at once, and holds up nobody', async (_, blow) => {
    await using world = await openWorld(openRules, { latency: { itlMs: 5 } })
    await using house = await openHouse(world)
    const { discord, vllm } = world
    vllm.script({ tokens: Array.from({ length: 4_000 }, (_token, at) => `word${at} `) })
    discord.people.say('mira', '#general', '@Aeries tell me everything')
    const { id } = await discord.watch.until(
      '#general',
      ({ authorId, content }) => authorId === discord.botId && content.includes('word9 '),
      patience(),
    )
    blow(world, id)
    const [cut] = await house.closed(1)
    expect(cut?.reply.outcome).toBe('stopped')
    expect(cut?.reply.messages.map(nativeMessageId)).toEqual([id])
    expect(cut?.reply.text).not.toContain('word3999')
    vllm.script({ tokens: ['Still ', 'here.'] })
    discord.people.say('jonas', 'dm', 'and you?')
    const [, whole] = await house.closed(2)
    expect(whole?.reply).toMatchObject({ outcome: 'done', text: 'Still here.' })
    expect(await house.store.turns.open()).toEqual([])
    expect(house.log.lines.filter(({ level }) => level === 'error')).toEqual([])
  })

  it('the DM is closed keeps what arrived, and is closed itself', async () => {
    await using world = await openWorld(openRules, { latency: { itlMs: 1 } })
    await using house = await openHouse(world)
    const { discord, vllm } = world
    vllm.script({ tokens: Array.from({ length: 1_500 }, (_token, at) => `word${at} `) })
    discord.people.say('mira', 'dm', 'tell me everything')
    await discord.watch.until('dm:mira', ({ authorId }) => authorId === discord.botId, patience())
    discord.scene.setAcceptsDms('mira', false)
    const [cut] = await house.closed(1)
    expect(cut?.reply.outcome).toBe('stopped')
    expect(discord.people.messages('dm:mira').filter(({ authorId }) => authorId === discord.botId)).toHaveLength(1)
    expect(house.log.lines.filter(({ level }) => level === 'error')).toEqual([])
  })
})
