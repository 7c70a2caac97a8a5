import { describe, expect, it } from 'vitest'
import { aHarbour, aWebClient } from './a-bolt-app.ts'

describe('events', () => {
  it('tell reactions with the message and its author', async () => {
    await using server = await aHarbour()
    const { ts = '' } = await aWebClient(server).chat.postMessage({ channel: server.ids.general, text: 'an answer' })
    server.people.react('mira', '#general', ts, 'thumbsup')
    server.people.unreact('mira', '#general', ts, 'thumbsup')
    expect(() => server.people.unreact('mira', '#general', ts, 'thumbsup')).toThrow('no_reaction')
    const item = { type: 'message', channel: server.ids.general, ts }
    const rest = { user: server.ids.mira, reaction: 'thumbsup', item_user: server.ids.botUser, item }
    expect(told(server).slice(1)).toMatchObject([
      { type: 'reaction_added', ...rest },
      { type: 'reaction_removed', ...rest },
    ])
  })

  it('tell edits and late previews alike as message_changed, of which only an edit says so', async () => {
    await using server = await aHarbour()
    const { ts } = server.people.say('mira', 'dm', 'look: https://example.com')
    server.people.unfurl('dm:mira', ts)
    server.people.edit('mira', 'dm', ts, 'never mind')
    const [, preview, edit] = told(server)
    expect(preview).toMatchObject({
      subtype: 'message_changed',
      message: { ts, attachments: [{ from_url: 'https://example.com' }] },
    })
    expect(preview?.['message']).not.toHaveProperty('edited')
    expect(edit).toMatchObject({ message: { text: 'never mind', edited: { user: server.ids.mira } } })
    expect(edit).toMatchObject({ previous_message: { text: 'look: <https://example.com>' } })
  })

  it('carry what Slack’s own clients write: ids of the client, rich text, files', async () => {
    await using server = await aHarbour()
    server.people.say('mira', '#general', '@Jonas, see #random & this', { files: [{ name: 'a.txt', text: 'abc' }] })
    expect(told(server)[0]).toMatchObject({
      subtype: 'file_share',
      client_msg_id: expect.any(String),
      files: [{ name: 'a.txt', size: 3, mimetype: 'text/plain' }],
      blocks: [
        {
          type: 'rich_text',
          elements: [
            {
              elements: [
                { type: 'user', user_id: server.ids.jonas },
                { type: 'text', text: ', see ' },
                { type: 'channel', channel_id: server.ids.random },
                { type: 'text', text: ' & this' },
              ],
            },
          ],
        },
      ],
    })
  })

  it('mark people of another workspace, and name the workspace that hears', async () => {
    await using server = await aHarbour()
    const { team, external } = server.ids
    const other = server.world.people.get(external)?.teamId
    server.people.say('otto', '#port-authority', '@Aeries ahoy')
    const [message, mention] = server.deliveries.all()
    expect(message?.payload).toMatchObject({
      team_id: other,
      context_team_id: team,
      is_ext_shared_channel: true,
      authorizations: [{ team_id: team, user_id: server.ids.botUser }],
      event: { user: external, user_team: other, source_team: other, team: other },
    })
    expect(mention?.payload).toMatchObject({ event: { type: 'app_mention', user_team: other } })
    expect(await aWebClient(server).users.info({ user: external })).toMatchObject({
      user: { team_id: other, is_stranger: true },
    })
    expect(await aWebClient(server).conversations.info({ channel: server.ids.shared })).toMatchObject({
      channel: { is_ext_shared: true, connected_team_ids: [other] },
    })
  })

  it('are told once, though the app is in both workspaces of a channel', async () => {
    await using server = await aHarbour()
    server.scene.install('Lighthouse')
    server.scene.invite('#port-authority', 'bot@Lighthouse')
    const before = server.deliveries.all().length
    server.people.say('otto', '#port-authority', 'nobody in particular')
    expect(server.deliveries.all()).toHaveLength(before + 1)
  })

  it('tell of comings and goings, of channels closed, opened and shared', async () => {
    await using server = await aHarbour()
    server.scene.invite('#crew', 'jonas', 'mira')
    server.scene.share('#random', 'Lighthouse')
    server.scene.unshare('#random', 'Lighthouse')
    server.scene.setArchived('#random', true, 'mira')
    server.scene.remove('#general', 'bot', 'mira')
    server.people.say('mira', '#general', 'they are gone')
    expect(told(server)).toMatchObject([
      { type: 'member_joined_channel', user: server.ids.jonas, inviter: server.ids.mira, channel_type: 'G' },
      { type: 'channel_shared', channel: server.ids.random },
      { type: 'channel_unshared', channel: server.ids.random, is_ext_shared: false },
      { type: 'channel_archive', channel: server.ids.random, user: server.ids.mira },
      { type: 'channel_left', channel: server.ids.general, actor_id: server.ids.mira },
    ])
  })

  it('show a broadcast answer in its thread and in the channel', async () => {
    await using server = await aHarbour()
    const root = server.people.say('mira', '#general', 'a question')
    server.people.say('jonas', '#general', 'an answer for all', { thread: root.ts, broadcast: true })
    expect(told(server)[1]).toMatchObject({ subtype: 'thread_broadcast', root: { ts: root.ts, reply_count: 1 } })
    const { messages } = await aWebClient(server).conversations.history({ channel: server.ids.general })
    expect(messages?.map(one => one.text)).toEqual(['an answer for all', 'a question'])
  })

  it('come again with the same event id when they are repeated by hand', async () => {
    await using server = await aHarbour({ rules: { retryDelaysMs: [] } })
    server.people.say('mira', 'dm', 'once')
    const first = await server.watch.delivered('message.im')
    const again = await server.deliveries.repeat(first)
    expect(again.payload['event_id']).toBe(first.payload['event_id'])
    expect(again.id).not.toBe(first.id)
  })
})

describe('reading', () => {
  it('gives history newest first by pages, and between two moments', async () => {
    await using server = await aHarbour()
    const said = ['one', 'two', 'three', 'four', 'five'].map(text => server.people.say('mira', '#general', text))
    const client = aWebClient(server)
    const channel = server.ids.general
    const first = await client.conversations.history({ channel, limit: 2 })
    const cursor = first.response_metadata?.next_cursor ?? ''
    const second = await client.conversations.history({ channel, limit: 2, cursor })
    expect(first.messages?.map(one => one.text)).toEqual(['five', 'four'])
    expect(second.messages?.map(one => one.text)).toEqual(['three', 'two'])
    const between = { channel, oldest: said[1]?.ts ?? '', latest: said[3]?.ts ?? '' }
    const texts = async (inclusive: boolean) =>
      (await client.conversations.history({ ...between, inclusive })).messages?.map(one => one.text)
    expect(await texts(false)).toEqual(['three'])
    expect(await texts(true)).toEqual(['four', 'three', 'two'])
  })

  it('keeps threads out of history and private channels out of sight', async () => {
    await using server = await aHarbour()
    const client = aWebClient(server)
    const root = server.people.say('mira', '#general', 'a question')
    server.people.say('jonas', '#general', 'an answer', { thread: root.ts })
    const { messages } = await client.conversations.history({ channel: server.ids.general })
    expect(messages).toMatchObject([{ text: 'a question', reply_count: 1 }])
    await expect(client.conversations.replies({ channel: server.ids.general, ts: '1.000001' })).rejects.toMatchObject({
      data: { error: 'thread_not_found' },
    })
    server.scene.remove('#crew', 'bot')
    await expect(client.conversations.history({ channel: server.ids.crew })).rejects.toMatchObject({
      data: { error: 'channel_not_found' },
    })
    const { channels } = await client.conversations.list({ types: 'public_channel,private_channel' })
    expect(channels?.map(one => one.name)).toEqual(['general', 'random', 'port-authority'])
  })
})

/** The inner events so far, in order. */
function told(server: Awaited<ReturnType<typeof aHarbour>>): readonly Readonly<Record<string, unknown>>[] {
  return server.deliveries.all().map(({ payload }) => payload['event'] as Readonly<Record<string, unknown>>)
}
