import { describe, expect, it } from 'vitest'
import { aHarbour, aWebClient } from './a-bolt-app.ts'

const feedback = {
  type: 'context_actions',
  elements: [
    {
      type: 'feedback_buttons',
      action_id: 'verdict',
      positive_button: { text: { type: 'plain_text', text: 'Good' }, value: 'up' },
      negative_button: { text: { type: 'plain_text', text: 'Bad' }, value: 'down' },
    },
  ],
}

describe('posts and updates', () => {
  it('keeps a film strip of every version that people saw', async () => {
    await using server = await aHarbour()
    const client = aWebClient(server)
    const channel = server.ids.general
    const { ts = '' } = await client.chat.postMessage({ channel, text: 'one' })
    await client.chat.update({ channel, ts, text: 'one two' })
    await client.chat.delete({ channel, ts })
    const { versions } = server.people.message('#general', ts)
    expect(versions.map(one => [one.by, one.shown, one.others])).toEqual([
      ['post', 'one', 'one'],
      ['update', 'one two', 'one two'],
      ['delete', '', ''],
    ])
  })

  it.each([
    ['an update over 4,000 characters of text', { text: 'x'.repeat(4_001) }, 'msg_too_long'],
    ['an update over 12,000 characters of markdown', { markdown_text: 'x'.repeat(12_001) }, 'msg_too_long'],
    ['markdown beside text', { text: 'a', markdown_text: 'b' }, 'markdown_text_conflict'],
    ['no words at all', { text: ' ' }, 'no_text'],
    ['a markdown block over 12,000 characters', { text: 'a', blocks: [md('x'.repeat(12_001))] }, 'msg_blocks_too_long'],
    [
      'blocks whose sum is too long',
      { text: 'a', blocks: [md('x'.repeat(7_000)), ...Array.from({ length: 4 }, () => section('y'.repeat(1_600)))] },
      'msg_blocks_too_long',
    ],
    ['a section over 3,000 characters', { text: 'a', blocks: [section('x'.repeat(3_001))] }, 'invalid_blocks'],
    ['51 blocks', { text: 'a', blocks: Array.from({ length: 51 }, () => ({ type: 'divider' })) }, 'invalid_blocks'],
  ])('refuses %s', async (_, contents, error) => {
    await using server = await aHarbour()
    const client = aWebClient(server)
    const channel = server.ids.general
    const { ts = '' } = await client.chat.postMessage({ channel, text: 'before' })
    await expect(client.apiCall('chat.update', { channel, ts, ...contents })).rejects.toMatchObject({ data: { error } })
    expect(server.people.message('#general', ts).versions).toHaveLength(1)
  })

  it('takes 11,800 characters of markdown beside a short text, and cuts a post at 40,000', async () => {
    await using server = await aHarbour()
    const client = aWebClient(server)
    const channel = server.ids.general
    const { ts = '' } = await client.chat.postMessage({ channel, text: 'short', blocks: [md('x'.repeat(11_800))] })
    await client.chat.update({ channel, ts, text: 'short', blocks: [md('y'.repeat(11_800))] })
    expect(server.people.message('#general', ts).versions.at(-1)?.shown).toBe('y'.repeat(11_800))
    const long = await client.chat.postMessage({ channel, text: 'z'.repeat(41_000) })
    expect(long.message?.text).toHaveLength(40_000)
  })

  it('leaves old blocks standing in front of a text that is updated alone', async () => {
    await using server = await aHarbour()
    const client = aWebClient(server)
    const channel = server.ids.general
    const { ts = '' } = await client.chat.postMessage({ channel, text: 'old', blocks: [md('old')] })
    await client.chat.update({ channel, ts, text: 'new' })
    const shown = () => server.people.message('#general', ts).versions.at(-1)?.shown
    expect(shown()).toBe('old')
    await client.chat.update({ channel, ts, text: 'new', blocks: [] })
    expect(shown()).toBe('new')
    await client.chat.update({ channel, ts, text: 'x', blocks: [md('again')] })
    await client.chat.update({ channel, ts, markdown_text: '**new**' })
    expect(shown()).toBe('**new**')
    await client.chat.update({ channel, ts, text: 'words', blocks: [feedback] })
    expect(shown()).toBe('words')
  })

  it('refuses what cannot be updated: others’ words, what is gone, what is too old, an archived channel', async () => {
    await using server = await aHarbour()
    const client = aWebClient(server)
    const channel = server.ids.general
    const update = async (ts: string) => await client.chat.update({ channel, ts, text: 'mine now' })
    const { ts = '' } = await client.chat.postMessage({ channel, text: 'mine' })
    const theirs = server.people.say('mira', '#general', 'mine, I think')
    await expect(update(theirs.ts)).rejects.toMatchObject({ data: { error: 'cant_update_message' } })
    await expect(client.chat.delete({ channel, ts: theirs.ts })).rejects.toMatchObject({
      data: { error: 'cant_delete_message' },
    })
    await expect(update('1.000001')).rejects.toMatchObject({ data: { error: 'message_not_found' } })
    server.rules.editWindowMs = -1
    await expect(update(ts)).rejects.toMatchObject({ data: { error: 'edit_window_closed' } })
    server.rules.editWindowMs = Number.POSITIVE_INFINITY
    server.scene.setArchived('#general', true)
    await expect(update(ts)).rejects.toMatchObject({ data: { error: 'is_inactive' } })
    await expect(client.chat.postMessage({ channel, text: 'too late' })).rejects.toMatchObject({
      data: { error: 'is_archived' },
    })
  })

  it('keeps the app out of channels that it is not in, and of private ones as if there were none', async () => {
    await using server = await aHarbour()
    const client = aWebClient(server)
    server.scene.createChannel({ name: 'elsewhere', members: ['mira'] })
    server.scene.createChannel({ name: 'hidden', members: ['mira'], isPrivate: true })
    const post = async (name: string) => {
      const channel = [...server.world.channels.values()].find(one => one.name === name)?.id ?? ''
      return await client.chat.postMessage({ channel, text: 'hello' }).catch(error => error.data.error)
    }
    expect(await post('elsewhere')).toBe('not_in_channel')
    expect(await post('hidden')).toBe('channel_not_found')
  })

  it('puts an answer to an answer into the thread of its root', async () => {
    await using server = await aHarbour()
    const client = aWebClient(server)
    const root = server.people.say('mira', '#general', 'a question')
    const channel = server.ids.general
    const { ts = '' } = await client.chat.postMessage({ channel, thread_ts: root.ts, text: 'an answer' })
    await client.chat.postMessage({ channel, thread_ts: ts, text: 'another' })
    const { messages } = await client.conversations.replies({ channel, ts: root.ts })
    expect(messages?.map(one => one.text)).toEqual(['a question', 'an answer', 'another'])
    expect(messages?.[0]).toMatchObject({ reply_count: 2, thread_ts: root.ts })
    await expect(client.chat.postMessage({ channel, thread_ts: '1.000001', text: 'x' })).rejects.toMatchObject({
      data: { error: 'cannot_reply_to_message' },
    })
  })

  it('turns a deleted root with answers into a tombstone, and tells the deletion of anything else', async () => {
    await using server = await aHarbour()
    const root = server.people.say('mira', '#general', 'a question')
    const answer = server.people.say('jonas', '#general', 'an answer', { thread: root.ts })
    const told = (): unknown[] =>
      server.deliveries.all().map(({ payload }) => (payload as { event: { subtype?: string } }).event.subtype)
    server.people.delete('mira', '#general', root.ts)
    server.people.delete('jonas', '#general', answer.ts)
    expect(told()).toEqual([undefined, undefined, 'message_changed', 'message_deleted'])
  })

  it('shows a private answer to one person, tells no event of it, and lets nobody update it', async () => {
    await using server = await aHarbour()
    const client = aWebClient(server)
    const channel = server.ids.general
    const { message_ts: ts = '' } = await client.chat.postEphemeral({ channel, user: server.ids.mira, text: 'psst' })
    expect(server.people.messages('#general', 'mira').map(one => one.text)).toEqual(['psst'])
    expect(server.people.messages('#general', 'jonas')).toEqual([])
    expect(server.deliveries.all()).toEqual([])
    await expect(client.chat.update({ channel, ts, text: 'louder' })).rejects.toMatchObject({
      data: { error: 'message_not_found' },
    })
  })

  it('posts to a person by their id, with metadata that can be read back', async () => {
    await using server = await aHarbour()
    const client = aWebClient(server)
    const metadata = { event_type: 'aeries_part', event_payload: { key: 'turn-1.0' } }
    const { channel = '' } = await client.chat.postMessage({ channel: server.ids.mira, text: 'hello', metadata })
    expect(server.world.channels.get(channel)?.kind).toBe('im')
    const { messages } = await client.conversations.history({ channel, include_all_metadata: true })
    expect(messages?.[0]?.metadata).toEqual(metadata)
  })

  it('fetches previews only where the app asked for pages or did not refuse pictures', async () => {
    await using server = await aHarbour()
    const client = aWebClient(server)
    const text = 'see https://example.com/page and https://example.com/cat.png, not `https://example.com/code.png`'
    const unfurls = async (flags: object) => {
      const { ts = '' } = await client.chat.postMessage({ channel: server.ids.general, text, ...flags })
      return server.people.message('#general', ts).versions[0]?.unfurls
    }
    expect(await unfurls({})).toEqual(['https://example.com/cat.png'])
    expect(await unfurls({ unfurl_links: true })).toHaveLength(2)
    expect(await unfurls({ unfurl_links: false, unfurl_media: false })).toEqual([])
  })

  it('gives text back as Slack escapes it', async () => {
    await using server = await aHarbour()
    const { message } = await aWebClient(server).chat.postMessage({
      channel: server.ids.general,
      text: 'R&D &amp; 1 < 2, <https://example.com|here>, <!date^0^{date}|then>',
    })
    expect(message?.text).toBe('R&amp;D &amp; 1 &lt; 2, <https://example.com|here>, <!date^0^{date}|then>')
  })

  it('can hold words of an earlier time, in their place', async () => {
    await using server = await aHarbour()
    server.people.say('mira', '#general', 'now')
    const earlier = server.people.say('mira', '#general', 'an hour ago', { at: Date.now() - 3_600_000 })
    expect(Number(earlier.ts)).toBeLessThan(Date.now() / 1_000 - 3_590)
    expect(server.people.messages('#general').map(one => one.text)).toEqual(['an hour ago', 'now'])
  })

  it('takes bodies as JSON as well as forms', async () => {
    await using server = await aHarbour()
    const headers = {
      authorization: `Bearer ${server.ids.botToken}`,
      'content-type': 'application/json; charset=utf-8',
    }
    const body = JSON.stringify({ channel: server.ids.general, text: 'a', blocks: [md('from JSON')] })
    const response = await fetch(`${server.apiUrl}chat.postMessage`, { method: 'POST', headers, body })
    expect(await response.json()).toMatchObject({ ok: true })
    expect(server.people.messages('#general')[0]?.versions[0]?.shown).toBe('from JSON')
  })

  it('gives uploads an address, takes their bytes, and posts them; private addresses ask for a token', async () => {
    await using server = await aHarbour()
    const client = aWebClient(server)
    const content = '# A long answer'
    await client.filesUploadV2({ channel_id: server.ids.general, filename: 'answer.md', content })
    const [message] = server.people.messages('#general')
    expect(message?.subtype).toBe('file_share')
    expect(message?.files[0]?.content.toString()).toBe(content)
    const file = await client.files.info({ file: message?.files[0]?.id ?? '' })
    const address = file.file?.url_private ?? ''
    const authorized = await fetch(address, { headers: { authorization: `Bearer ${server.ids.botToken}` } })
    expect(await authorized.text()).toBe(content)
    expect((await fetch(address)).headers.get('content-type')).toContain('text/html')
  })
})

function md(text: string) {
  return { type: 'markdown' as const, text }
}

function section(text: string) {
  return { type: 'section' as const, text: { type: 'mrkdwn' as const, text } }
}
