import { describe, expect, it } from 'vitest'
import { editedMessage, incomingMessage } from '#adapters/slack/incoming.ts'
import { plainText, unescapedCommand } from '#adapters/slack/plain-text.ts'
import type { Scene } from '#adapters/slack/scene.ts'
import { aMessage, aScene } from './a-message.ts'

const call = '<@UAERIES>'
const dm = { channel: 'DMIRA', channel_type: 'im' }
const isIn: Partial<Scene> = { isIn: () => true }
const inThread = { thread_ts: '1600000000.000100' }

describe('who is addressed', () => {
  it.each([
    ['a DM', dm, {}, true],
    ['a DM that mentions others', { ...dm, text: 'ask <@UOTTO>' }, {}, true],
    ['a mention', { text: `${call} hello` }, {}, true],
    ['a mention in the middle', { text: `well, ${call}, hello` }, {}, true],
    ['a mention with a label', { text: '<@UAERIES|aeries> hello' }, {}, true],
    ['a mention in a private channel', { text: call, channel: 'CCREW', channel_type: 'group' }, {}, true],
    ['a mention in a group DM', { text: call, channel: 'CGROUP', channel_type: 'mpim' }, {}, true],
    ['nobody', {}, {}, false],
    ['nobody in a group DM', { channel: 'CGROUP', channel_type: 'mpim' }, {}, false],
    ['somebody else', { text: '<@UOTTO> hello' }, {}, false],
    ['a thread that Aeries is in', inThread, isIn, true],
    ['a thread under words of Aeries', { ...inThread, parent_user_id: 'UAERIES' }, {}, true],
    ['a thread that it is not in', inThread, {}, false],
    ['somebody else in its thread', { ...inThread, text: '<@UOTTO> and you?' }, isIn, false],
    ['everybody in its thread', { ...inThread, text: '<!channel> look' }, isIn, false],
    ['a group in its thread', { ...inThread, text: '<!subteam^S1> look' }, isIn, false],
    ['oneself in its thread', { ...inThread, text: 'I, <@UMIRA>, say' }, isIn, true],
  ])('%s', (_, message, scene, addressed) => {
    expect(incomingMessage(aMessage(message), aScene(scene))?.message.addressed).toBe(addressed)
  })
})

describe('whose words are heard', () => {
  it.each([
    ['a bot', { bot_id: 'B1' }],
    ['a bot that speaks by a person’s account', { user: 'UROBOT' }],
    ['Aeries itself', { user: 'UAERIES' }],
    ['Slack', { user: 'USLACKBOT' }],
    ['somebody who joins', { subtype: 'channel_join' }],
    ['an old-fashioned bot', { subtype: 'bot_message', user: undefined }],
    ['nothing', { text: '' }],
  ])('not %s', (_, message) => {
    expect(incomingMessage(aMessage(message), aScene())).toBeUndefined()
  })

  it.each(['file_share', 'me_message', 'thread_broadcast'])('a person’s %s', subtype => {
    expect(incomingMessage(aMessage({ subtype }), aScene())?.message.text).toBe('hello')
  })
})

describe('where something was said', () => {
  it.each([
    ['a public channel', {}, { audience: 'public', name: 'garden', thread: undefined }],
    ['a private one', { channel: 'CCREW', channel_type: 'group' }, { audience: 'private', name: 'crew' }],
    ['a group DM', { channel: 'CGROUP', channel_type: 'mpim' }, { audience: 'private' }],
    ['a DM', dm, { audience: 'dm', thread: undefined }],
    ['a shared channel', { channel: 'CPORT' }, { audience: 'external' }],
    ['one that the event calls shared', { external: true }, { audience: 'external' }],
    ['a mention that does not say where', { channel_type: undefined, text: call }, { audience: 'public' }],
    ['a place that nobody knows', { channel: 'CNEW', channel_type: undefined }, { audience: 'private' }],
    ['a thread', inThread, { thread: '1600000000.000100' }],
    ['a mention, which opens a thread', { text: call }, { thread: '1700000000.000100' }],
  ])('%s', (_, message, place) => {
    expect(incomingMessage(aMessage(message), aScene())?.place).toMatchObject({ workspace: 'T1', ...place })
  })

  it('opens a thread with every message of the agent view', () => {
    const { place } = incomingMessage(aMessage(dm), aScene({ dmStyle: () => 'threads' })) ?? {}
    expect(place?.thread).toBe('1700000000.000100')
  })
})

describe('who said it', () => {
  it.each([
    ['by the name that they show', {}, { name: 'Mira', external: false }],
    ['from another workspace', { user: 'UOTTO' }, { name: 'Otto', external: true }],
    [
      'a stranger by what the event tells',
      { user: 'UNEW', user_team: 'T2', user_profile: { display_name: 'Nora' } },
      { name: 'Nora', external: true },
    ],
    ['nobody knows whom', { user: 'UNEW' }, { name: 'somebody', external: false }],
  ])('%s', (_, message, person) => {
    const id = `slack:T1:${'user' in message ? message.user : 'UMIRA'}`
    expect(incomingMessage(aMessage(message), aScene())?.person).toEqual({ id, ...person })
  })
})

describe('what was said', () => {
  it.each([
    ['<@UMIRA> and <@UNEW|nora>', '@Mira and @nora'],
    ['<@UNEW>', '@somebody'],
    ['<#CGARDEN> <#CNEW|pond> <#COTHER>', '#garden #pond #channel'],
    ['<!here> <!channel|channel> <!subteam^S1|@crew> <!subteam^S2>', '@here channel @crew @group'],
    ['<!date^1700000000^{date}|Nov 14>', 'Nov 14'],
    ['<https://a.example/x>', 'https://a.example/x'],
    ['<https://a.example/x|a.example>', 'https://a.example/x'],
    ['<https://a.example/?a=1&amp;b=2|the page>', 'the page (https://a.example/?a=1&b=2)'],
    ['<mailto:m@a.example|m@a.example>', 'm@a.example'],
    ['a &lt; b &amp;&amp; c &gt; d &amp;lt;', 'a < b && c > d &lt;'],
  ])('%s', (text, words) => {
    expect(plainText(text, aScene())).toBe(words)
  })

  it('with a command leaves who and what is mentioned as Slack writes it', () => {
    const text = 'deny <@U1|mira> <#C2|pond> <https://a.example/?a=1&amp;b=2> R&amp;B'
    expect(unescapedCommand(text)).toBe('deny <@U1|mira> <#C2|pond> https://a.example/?a=1&b=2 R&B')
  })

  it.each([
    [`${call} hello`, 'hello'],
    [`${call}, ${call}: hello ${call}`, 'hello @Aeries'],
    [call, ''],
    [`tell ${call} hello`, 'tell @Aeries hello'],
  ])('without the call at its head: %s', (text, words) => {
    expect(incomingMessage(aMessage({ text }), aScene())?.message.text).toBe(words)
  })

  it('names what came along and was not read', () => {
    const files = [
      { name: 'plan.pdf', mimetype: 'application/pdf' },
      { name: 'boat.png', mimetype: 'image/png' },
      { name: 'a.m4a', subtype: 'slack_audio' },
    ]
    const attachments = [{ title: 'Ticket 7' }, { title: 'a page', from_url: 'https://a.example' }]
    const text = 'see <https://a.example/x>'
    const told = incomingMessage(aMessage({ files, attachments, text, subtype: 'file_share' }), aScene())
    expect(told?.message.unread).toEqual([
      'the file plan.pdf',
      'the image boat.png',
      'the voice message',
      'the link https://a.example/x',
      'the card Ticket 7',
    ])
  })

  it('quotes the messages that it shares', () => {
    const shared = {
      is_share: true,
      text: 'the <@UMIRA> plan',
      author_name: 'Otto',
      author_id: 'UOTTO',
      channel_id: 'CGARDEN',
      ts: '1600000000.000100',
    }
    const own = { is_msg_unfurl: true, text: 'I said so', author_id: 'UAERIES', files: [{ name: 'a.md' }] }
    const told = incomingMessage(aMessage({ attachments: [shared, own, { is_share: true }] }), aScene())
    expect(told?.message.quotes).toMatchObject([
      { message: 'slack:T1:CGARDEN/1600000000.000100', author: 'Otto', own: false, text: 'the @Mira plan' },
      { message: undefined, author: undefined, own: true, text: 'I said so' },
    ])
    expect(told?.message.unread).toEqual(['the file a.md in the shared message', 'the shared message'])
  })
})

describe('an edit', () => {
  const edited = { edited: { user: 'UMIRA', ts: '1700000060.000200' } }

  it('has the new words, a key of its own, and the place of the message', () => {
    const before = aMessage({ text: `${call} helo` })
    expect(editedMessage(aMessage({ ...edited, text: `${call} hello` }), before, aScene())).toMatchObject({
      type: 'edited',
      key: 'slack:edited:CGARDEN:1700000000.000100:1700000060.000200',
      text: 'hello',
      message: 'slack:T1:CGARDEN/1700000000.000100',
      place: { thread: '1700000000.000100' },
      at: new Date(1_700_000_060_000),
    })
  })

  it.each([
    ['a preview that came late', {}],
    ['the same words', edited],
    ['words of Aeries', { ...edited, user: 'UAERIES', text: 'new' }],
    ['words of a bot', { ...edited, bot_id: 'B1', text: 'new' }],
  ])('is not %s', (_, message) => {
    expect(editedMessage(aMessage(message), aMessage(), aScene())).toBeUndefined()
  })
})
