import type { GatewayMessageCreateDispatchData as Message } from 'discord.js'
import { describe, expect, it } from 'vitest'
import { isAddressed } from '#adapters/discord/addressing.ts'
import {
  aDirectMessage,
  aeries,
  aeriesUser,
  aMessage,
  aReplyTo,
  aScene,
  crew,
  foreignThread,
  mira,
  ownRole,
  thread,
  tom,
} from './a-message.ts'

const toAeries = { content: `<@${aeries}> hi`, mentions: [aeriesUser] }
const toTom = { content: `<@${tom.id}> hi`, mentions: [tom] }

const table: readonly (readonly [case_: string, message: Message, addressed: boolean])[] = [
  ['a DM', aDirectMessage(), true],
  ['a DM that mentions somebody', aDirectMessage(toTom), true],
  ['a group DM', aDirectMessage({ channel_type: 3 }), false],
  ['a group DM with a mention', aDirectMessage({ channel_type: 3, ...toAeries }), true],
  ['a word in a channel', aMessage(), false],
  ['a mention', aMessage(toAeries), true],
  ['a mention in the old form', aMessage({ content: `so, <@!${aeries}>?`, mentions: [aeriesUser] }), true],
  [
    'a mention beside one of somebody else',
    aMessage({ content: `<@${tom.id}> <@${aeries}>`, mentions: [tom, aeriesUser] }),
    true,
  ],
  ['a mention that is code', aMessage({ content: `\`<@${aeries}>\`` }), false],
  ['a mention of somebody else', aMessage(toTom), false],
  ['@everyone', aMessage({ content: '@everyone', mention_everyone: true }), false],
  ["Aeries' own role", aMessage({ content: `<@&${ownRole}> hi` }), true],
  ['another role that Aeries may have', aMessage({ content: `<@&${crew}> hi` }), false],
  ['a reply to Aeries', aReplyTo(aeriesUser), true],
  ['a reply to Aeries without a ping', aReplyTo(aeriesUser, { mentions: [] }), true],
  ['a reply to somebody else', aReplyTo(tom), false],
  ['a reply to somebody else with a mention', aReplyTo(tom, { ...toAeries, mentions: [tom, aeriesUser] }), true],
  ['a follow-up in a thread that Aeries is in', aMessage({ channel_id: thread }), true],
  ['a word in a thread that Aeries is not in', aMessage({ channel_id: foreignThread }), false],
  ['a mention in a thread that Aeries is not in', aMessage({ channel_id: foreignThread, ...toAeries }), true],
  ['a follow-up to somebody else', aMessage({ channel_id: thread, ...toTom }), false],
  ['a follow-up to a role', aMessage({ channel_id: thread, content: `<@&${crew}> hi` }), false],
  ['a follow-up to everybody', aMessage({ channel_id: thread, mention_everyone: true }), false],
  ['a follow-up that replies to somebody else', aReplyTo(tom, { channel_id: thread }), false],
  [
    'a follow-up that replies to somebody else without a ping',
    aReplyTo(tom, { channel_id: thread, mentions: [] }),
    false,
  ],
  ['a follow-up that replies to its own author', aReplyTo(mira, { channel_id: thread }), true],
  [
    'a follow-up that replies to a deleted message',
    aReplyTo(tom, { channel_id: thread, mentions: [], referenced_message: null }),
    true,
  ],
]

describe('isAddressed', () => {
  it.each(table)('%s', (_, message, addressed) => {
    expect(isAddressed(message, aScene())).toBe(addressed)
  })

  describe('without the Message Content intent', () => {
    const scene = aScene({ readsContent: false })

    it('hears mentions and replies', () => {
      expect(isAddressed(aMessage(toAeries), scene)).toBe(true)
      expect(isAddressed(aReplyTo(aeriesUser, { content: '', mentions: [] }), scene)).toBe(true)
    })

    it('asks for a mention in its threads', () => {
      expect(isAddressed(aMessage({ channel_id: thread, content: '' }), scene)).toBe(false)
      expect(isAddressed(aMessage({ channel_id: thread, ...toAeries }), scene)).toBe(true)
    })
  })
})
