import { describe, expect, it } from 'vitest'
import { mentionsIn } from '#playground/slack-server/world/mentions.ts'
import { aHarbour, aWebClient } from './a-bolt-app.ts'

describe('mentionsIn', () => {
  it.each([
    ['<!channel>', 'channel'],
    ['<!channel|channel>', 'channel'],
    ['<!group>', 'channel'],
    ['<!here>', 'here'],
    ['<!HERE|here>', 'here'],
    ['<!everyone>', 'everyone'],
    ['<!subteam^S0ABCDEF>', 'group'],
    ['<!subteam^S0ABCDEF|@crew>', 'group'],
    ['<@U0ABCDEF>', 'person'],
    ['<@W0ABCDEF|mira>', 'person'],
    ['`<!channel>`', 'channel'],
    ['a <<!channel>', 'channel'],
    ['```\n<@U0ABCDEF>\n```', 'person'],
  ])('finds %s to ring', (text, kind) => {
    expect(mentionsIn(text).map(one => one.kind)).toEqual([kind])
  })

  it.each([
    '&lt;!channel&gt;',
    '@channel',
    '<#C0ABCDEF|general>',
    '<https://example.com|@here>',
    '<!date^1392734382^{date}|then>',
    '< !channel>',
    '<!channel',
  ])('finds nothing in %s', text => {
    expect(mentionsIn(text)).toEqual([])
  })

  it('lets bare names ring where they are linked', () => {
    expect(mentionsIn('@here and @mira, not a@b.example', true).map(one => [one.kind, one.id])).toEqual([
      ['here', undefined],
      ['person', 'mira'],
    ])
  })
})

describe('pings', () => {
  it('reach whom Slack would ring: members, those present, the workspace, a group, a person', async () => {
    await using server = await aHarbour()
    const { mira, jonas, wren, crew } = server.ids
    const admin = [...server.world.people.values()].find(one => one.name === 'admin')?.id
    const group = server.scene.createGroup('bridge', ['mira', 'jonas'])
    server.scene.setActive('wren', false)
    const ringsFor = async (text: string, channel: string) => {
      const { ts = '' } = await aWebClient(server).chat.postMessage({ channel, text })
      return server.world.messages.find(channel, ts)?.versions[0]?.pings.flatMap(one => one.personIds)
    }
    expect(await ringsFor('<!channel>', crew)).toEqual([mira, wren])
    expect(await ringsFor('<!here>', crew)).toEqual([mira])
    expect(await ringsFor('<!everyone>', crew)).toEqual([admin, mira, jonas, wren])
    expect(await ringsFor(`<!subteam^${group.id}>`, crew)).toEqual([mira, jonas])
    expect(await ringsFor(`<@${jonas}> <@${jonas}>`, server.ids.general)).toEqual([jonas])
  })

  it('are noted in markdown, in blocks, in rich text and in the text behind blocks', async () => {
    await using server = await aHarbour()
    const client = aWebClient(server)
    const channel = server.ids.crew
    const section = { type: 'section', text: { type: 'mrkdwn', text: '<!here>' } }
    const broadcast = { type: 'broadcast', range: 'channel' }
    const rich = { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [broadcast] }] }
    const kinds = async (contents: object) => {
      const { ts } = (await client.apiCall('chat.postMessage', { channel, ...contents })) as { ts?: string }
      return server.world.messages.find(channel, ts ?? '')?.versions[0]?.pings.map(one => one.kind)
    }
    expect(await kinds({ markdown_text: 'a **<!channel>**' })).toEqual(['channel'])
    expect(await kinds({ text: 'plain', blocks: [section] })).toEqual(['here'])
    expect(await kinds({ text: 'plain', blocks: [rich] })).toEqual(['channel'])
    expect(await kinds({ text: '<!everyone>', blocks: [{ type: 'divider' }] })).toEqual(['everyone'])
    server.limits.reset()
    expect(await kinds({ text: '@here', link_names: true })).toEqual(['here'])
    expect(await kinds({ text: '@here' })).toEqual([])
  })

  it('are noted in the version that brings them, also when a stream completes one', async () => {
    await using server = await aHarbour()
    const client = aWebClient(server)
    const { channelId: channel, ts: thread } = server.people.say('mira', '#general', '@Aeries call them')
    const recipient = { recipient_user_id: server.ids.mira, recipient_team_id: server.ids.team }
    const { ts = '' } = await client.chat.startStream({
      channel,
      thread_ts: thread,
      markdown_text: 'Hey <!cha',
      ...recipient,
    })
    await client.chat.appendStream({ channel, ts, markdown_text: 'nnel>' })
    await client.chat.stopStream({ channel, ts, markdown_text: ', come.' })
    const { ts: plain = '' } = await client.chat.postMessage({ channel, text: 'calm' })
    await client.chat.update({ channel, ts: plain, text: 'not so calm <!here>' })
    const kinds = (at: string) =>
      server.people.message('#general', at).versions.map(one => one.pings.map(ping => ping.kind))
    expect(kinds(ts)).toEqual([[], ['channel'], []])
    expect(kinds(plain)).toEqual([[], ['here']])
  })

  it('come from people, too: what they type becomes what their client sends', async () => {
    await using server = await aHarbour()
    server.scene.createGroup('bridge', ['wren'])
    const { text } = server.people.say(
      'mira',
      '#general',
      '@Jonas & @bridge: <b> at https://example.com/?a=1 in #random @here',
    )
    expect(text).toMatch(
      /^<@U\w+> &amp; <!subteam\^S\w+>: &lt;b&gt; at <https:\/\/example\.com\/\?a=1> in <#C\w+\|random> <!here>$/,
    )
  })
})
