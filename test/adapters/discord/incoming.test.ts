import { describe, expect, it } from 'vitest'
import { editedMessage, incomingMessage } from '#adapters/discord/incoming.ts'
import {
  aDirectMessage,
  aeries,
  aeriesUser,
  aMessage,
  aReplyTo,
  aScene,
  aUser,
  foreignThread,
  general,
  guild,
  mira,
  staff,
  thread,
  tom,
} from './a-message.ts'

const scene = aScene()

describe('incomingMessage', () => {
  it('tells a DM', () => {
    expect(incomingMessage(aDirectMessage({ content: ' hello ' }), scene)).toEqual({
      type: 'message',
      key: 'discord:message:600000000000000001',
      at: new Date('2026-11-20T10:00:00Z'),
      place: {
        platform: 'discord',
        workspace: undefined,
        channel: '700000000000000001',
        thread: undefined,
        audience: 'dm',
      },
      person: { id: `discord:-:${mira.id}`, name: 'Mira', external: false },
      message: {
        id: 'discord:-:700000000000000001/600000000000000001',
        text: 'hello',
        addressed: true,
        quotes: [],
        unread: [],
      },
    })
  })

  it('tells a mention in a thread, by the thread and its parent, under the name of the server', () => {
    const message = aMessage({
      channel_id: foreignThread,
      content: `<@${aeries}> ask <@${tom.id}> about <#${general}>`,
      mentions: [aeriesUser, tom],
      member: { nick: 'Mi' } as never,
    })
    expect(incomingMessage(message, scene)).toMatchObject({
      place: { workspace: guild, channel: general, thread: foreignThread, audience: 'public', name: 'general' },
      person: { id: `discord:-:${mira.id}`, name: 'Mi' },
      message: {
        id: `discord:${guild}:${foreignThread}/600000000000000001`,
        text: 'ask @Tom about #general',
        addressed: true,
      },
    })
  })

  it.each([
    ['everybody sees', general, 'public'],
    ['a role sees', staff, 'private'],
    ['hangs in a public channel', thread, 'public'],
    ['nobody knows', '300000000000000009', 'private'],
  ])('tells the audience of a channel that %s', (_, channel, audience) => {
    expect(incomingMessage(aMessage({ channel_id: channel }), scene)?.place.audience).toBe(audience)
  })

  it('counts a group DM as private', () => {
    expect(incomingMessage(aDirectMessage({ channel_type: 3 }), scene)?.place.audience).toBe('private')
  })

  it('hands over what is said to nobody, as not addressed', () => {
    expect(incomingMessage(aMessage(), scene)?.message).toMatchObject({ text: 'hello', addressed: false })
  })

  it.each([
    ['itself', aDirectMessage({ author: aeriesUser })],
    ['bots', aDirectMessage({ author: aUser('1', 'Robot', { bot: true }) })],
    ['Discord', aDirectMessage({ author: aUser('1', 'Discord', { system: true }) })],
    ['webhooks', aMessage({ webhook_id: '2', content: `<@${aeries}>`, mentions: [aeriesUser] })],
    ['arrivals', aMessage({ type: 7 })],
    ["a thread's starter", aReplyTo(aeriesUser, { type: 21 })],
    ['an answer to a command', aMessage({ type: 20, content: `<@${aeries}>`, mentions: [aeriesUser] })],
    ['what has no words and is not for us', aMessage({ content: '' })],
  ])('hears nothing from %s', (_, message) => {
    expect(incomingMessage(message, scene)).toBeUndefined()
  })

  it('hears a bare mention: somebody calls Aeries into a talk', () => {
    const call = incomingMessage(aMessage({ content: `<@${aeries}>`, mentions: [aeriesUser] }), scene)
    expect(call?.message).toMatchObject({ text: '', addressed: true })
  })

  it('says that the words of an unpinged reply are withheld without the Message Content intent', () => {
    const reply = aReplyTo(aeriesUser, { content: '', mentions: [] })
    const blind = incomingMessage(reply, aScene({ readsContent: false }))
    expect(blind?.message.unread).toEqual(['the words of this message (Discord shows them with a mention)'])
    expect(incomingMessage(reply, scene)?.message.unread).toEqual([])
  })

  it('quotes the message replied to, from the payload', () => {
    const reply = aReplyTo(tom, { content: `<@${aeries}> is that so?`, mentions: [tom, aeriesUser] })
    expect(incomingMessage(reply, scene)?.message.quotes).toMatchObject([
      { message: `discord:${guild}:${general}/600000000000000000`, author: 'Tom', own: false, text: 'an earlier word' },
    ])
    expect(incomingMessage(aReplyTo(aeriesUser), scene)?.message.quotes).toMatchObject([
      { author: 'Aeries', own: true },
    ])
  })

  it('says what it points at and cannot be read', () => {
    const deleted = incomingMessage(aReplyTo(aeriesUser, { referenced_message: null }), scene)
    expect(deleted?.message.unread).toEqual(['the message replied to (it was deleted)'])
    const { referenced_message: _, ...bare } = aReplyTo(aeriesUser)
    expect(incomingMessage(bare, scene)?.message.unread).toEqual(['the message replied to'])
  })

  it('quotes a forwarded message without an author', () => {
    const forward = aDirectMessage({
      content: '',
      message_reference: { type: 1, message_id: '8', channel_id: '9', guild_id: '10' },
      message_snapshots: [
        {
          message: {
            ...aMessage({ content: `ask <@${tom.id}>`, mentions: [tom] }),
            attachments: [{ id: '1', filename: 'plan.pdf' }],
          } as never,
        },
      ],
    })
    expect(incomingMessage(forward, scene)?.message).toMatchObject({
      quotes: [{ message: 'discord:10:9/8', author: undefined, own: false, text: 'ask @Tom' }],
      unread: ['the file plan.pdf in the forwarded message'],
    })
  })

  it('names what it does not read', () => {
    const message = aDirectMessage({
      content: 'see (https://example.org/a?b=c), https://example.org/a?b=c and <https://x.test>.',
      attachments: [
        { id: '1', filename: 'plan.pdf', content_type: 'application/pdf' },
        { id: '2', filename: 'cat.png', content_type: 'image/png' },
      ] as never,
      embeds: [{ title: 'A card' }, { url: 'https://x.test' }, { url: 'https://embedded.test' }],
      sticker_items: [{ id: '3', name: 'Wave', format_type: 1 }],
      poll: { question: { text: 'Tea?' } } as never,
    })
    expect(incomingMessage(message, scene)?.message.unread).toEqual([
      'the file plan.pdf',
      'the image cat.png',
      'the link https://example.org/a?b=c',
      'the link https://x.test',
      'the link https://embedded.test',
      'the card A card',
      'the sticker Wave',
      'the poll Tea?',
    ])
  })
})

describe('editedMessage', () => {
  const edited = { edited_timestamp: '2026-11-20T10:05:00.000000+00:00', content: 'hello, all' }

  it('tells new words', () => {
    expect(editedMessage(aMessage(edited), scene)).toMatchObject({
      type: 'edited',
      key: 'discord:edited:600000000000000001:2026-11-20T10:05:00.000000+00:00',
      at: new Date('2026-11-20T10:05:00Z'),
      message: `discord:${guild}:${general}/600000000000000001`,
      text: 'hello, all',
    })
  })

  it.each([
    ['an unfolded link', aMessage({ embeds: [{ url: 'https://example.org' }] })],
    ["Aeries' own edits", aMessage({ ...edited, author: aeriesUser })],
    ['an update without an author', aMessage({ ...edited, author: undefined as never })],
    ['a hook', aMessage({ ...edited, webhook_id: '1' })],
  ])('passes over %s', (_, message) => {
    expect(editedMessage(message, scene)).toBeUndefined()
  })

  it('takes withheld words for no edit to nothing', () => {
    const blank = aMessage({ ...edited, content: '' })
    expect(editedMessage(blank, scene)?.text).toBe('')
    expect(editedMessage(blank, aScene({ readsContent: false }))).toBeUndefined()
  })
})
