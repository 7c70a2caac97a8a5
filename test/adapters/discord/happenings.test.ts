import { describe, expect, it } from 'vitest'
import {
  clearedReactions,
  deletedMessages,
  leftGuild,
  lostChannel,
  lostThread,
  reaction,
} from '#adapters/discord/happenings.ts'
import { aeries, aScene, general, guild, mira, thread } from './a-message.ts'

const delivery = { id: 'session:7', at: new Date('2026-11-20T10:00:00Z') }
const scene = aScene()
const reacted = {
  user_id: mira.id,
  channel_id: general,
  guild_id: guild,
  message_id: '6',
  burst: false,
  type: 0,
} as const

describe('reaction', () => {
  it.each([
    [{ id: null, name: '👍🏽' }, '👍🏽'],
    [{ id: '12', name: 'wave' }, 'wave:12'],
    [{ id: '12', name: null }, 'deleted:12'],
  ])('tells the emoji as Discord writes it', (emoji, told) => {
    expect(reaction({ ...reacted, emoji }, 'added', delivery, scene)).toMatchObject({
      type: 'reaction',
      key: 'discord:reaction:session:7',
      emoji: told,
      change: 'added',
      message: `discord:${guild}:${general}/6`,
      place: { channel: general, audience: 'public' },
    })
  })

  it('tells one in a DM, by the name that somebody was seen under', () => {
    const { guild_id: _, ...bare } = reacted
    const inDm = { ...bare, channel_id: '7', emoji: { id: null, name: '👍' } }
    expect(reaction(inDm, 'removed', delivery, aScene({ nameOf: () => 'Mira' }))).toMatchObject({
      change: 'removed',
      person: { id: `discord:-:${mira.id}`, name: 'Mira' },
      place: { workspace: undefined, audience: 'dm' },
    })
    expect(reaction(inDm, 'removed', delivery, scene)?.person.name).toBe('somebody')
  })

  it('passes over its own, those of other bots, and nameless emoji', () => {
    const emoji = { id: null, name: '👍' }
    const bot = { user: { ...mira, bot: true } } as never
    expect(reaction({ ...reacted, emoji, user_id: aeries }, 'added', delivery, scene)).toBeUndefined()
    expect(reaction({ ...reacted, emoji, member: bot }, 'added', delivery, scene)).toBeUndefined()
    expect(reaction({ ...reacted, emoji: { id: null, name: null } }, 'added', delivery, scene)).toBeUndefined()
  })
})

describe('clearedReactions', () => {
  const swept = { channel_id: general, guild_id: guild, message_id: '6' }

  it('tells a message that was swept clean, of all or of one emoji', () => {
    const event = clearedReactions(swept, delivery, scene)
    expect(event).toMatchObject({
      type: 'reactions cleared',
      message: `discord:${guild}:${general}/6`,
      emoji: undefined,
    })
    expect(event?.key).toBe('discord:reactions cleared:session:7')
    const wave = { ...swept, emoji: { id: '12', name: 'wave' } }
    expect(clearedReactions(wave, delivery, scene)).toMatchObject({ emoji: 'wave:12', place: { channel: general } })
  })

  it('passes over an emoji that nobody can name', () => {
    expect(clearedReactions({ ...swept, emoji: { id: null, name: null } }, delivery, scene)).toBeUndefined()
  })
})

describe('deletedMessages', () => {
  it('tells one and many, in a thread by its parent', () => {
    expect(deletedMessages({ id: '6', channel_id: thread, guild_id: guild }, delivery, scene)).toMatchObject({
      key: 'discord:deleted:6',
      at: delivery.at,
      place: { channel: general, thread },
      messages: [`discord:${guild}:${thread}/6`],
    })
    expect(
      deletedMessages({ ids: ['6', '7'], channel_id: general, guild_id: guild }, delivery, scene)?.messages,
    ).toEqual([`discord:${guild}:${general}/6`, `discord:${guild}:${general}/7`])
  })
})

describe('gone', () => {
  it('tells a lost server, but not an outage', () => {
    expect(leftGuild({ id: guild } as never, delivery)).toMatchObject({ workspace: guild, channel: undefined })
    expect(leftGuild({ id: guild, unavailable: true }, delivery)).toBeUndefined()
  })

  it('tells a deleted thread with its channel', () => {
    const gone = { id: thread, guild_id: guild, parent_id: general, type: 11 } as never
    expect(lostThread(gone, delivery)).toMatchObject({ workspace: guild, channel: general, thread })
    expect(lostThread({ id: thread, guild_id: guild, type: 11 } as never, delivery)).toBeUndefined()
  })

  it('tells a deleted channel', () => {
    expect(lostChannel({ id: general, guild_id: guild, type: 0 } as never, delivery)).toMatchObject({
      key: `discord:gone:${general}`,
      workspace: guild,
      channel: general,
      thread: undefined,
    })
  })
})
