import { describe, expect, it } from 'vitest'
import { aHarbour, aWebClient } from './a-bolt-app.ts'

describe('native streams', () => {
  it('grow in a DM thread and end with buttons below', async () => {
    await using server = await aHarbour()
    const client = aWebClient(server)
    const { thread, channel } = inDm(server)
    const { ts = '' } = await client.chat.startStream({ channel, thread_ts: thread, markdown_text: 'Ships ' })
    await client.chat.appendStream({ channel, ts, markdown_text: 'come ' })
    await client.chat.stopStream({
      channel,
      ts,
      chunks: [{ type: 'markdown_text', text: 'home.' }],
      blocks: [feedback],
    })
    const message = server.people.message('dm:mira', ts)
    expect(message.versions.map(one => [one.by, one.shown, one.streaming])).toEqual([
      ['post', 'Ships ', 'in_progress'],
      ['stream', 'Ships come ', 'in_progress'],
      ['stream', 'Ships come home.', 'completed'],
    ])
    expect(message.blocks).toEqual([feedback])
  })

  it('show others in a channel only their first chunk until the end', async () => {
    await using server = await aHarbour()
    const client = aWebClient(server)
    const { ts, channel } = await inChannel(server, 'Ships ')
    await client.chat.appendStream({ channel, ts, markdown_text: 'come ' })
    await client.chat.stopStream({ channel, ts, markdown_text: 'home.' })
    expect(server.people.message('#general', ts).versions.map(one => [one.shown, one.others])).toEqual([
      ['Ships ', 'Ships '],
      ['Ships come ', 'Ships '],
      ['Ships come home.', 'Ships come home.'],
    ])
  })

  it('tell of their end as message_changed, and of no append', async () => {
    await using server = await aHarbour()
    const client = aWebClient(server)
    const { thread, channel } = inDm(server)
    const { ts = '' } = await client.chat.startStream({ channel, thread_ts: thread, markdown_text: 'a' })
    for (const text of ['b', 'c']) await client.chat.appendStream({ channel, ts, markdown_text: text })
    await client.chat.stopStream({ channel, ts })
    const told = server.deliveries.all().map(({ payload }) => (payload as { event: Event }).event)
    expect(told.map(one => [one.subtype, one.streaming_state ?? one.message?.streaming_state])).toEqual([
      [undefined, undefined],
      ['bot_message', 'in_progress'],
      ['message_changed', 'completed'],
    ])
  })

  it('want a thread, and outside of a DM a recipient', async () => {
    await using server = await aHarbour()
    const client = aWebClient(server)
    const { ts } = server.people.say('mira', '#general', '@Aeries go on')
    const start = async (rest: object) =>
      await client
        .apiCall('chat.startStream', { channel: server.ids.general, ...rest })
        .catch(error => error.data.error)
    const [user, team] = [{ recipient_user_id: server.ids.mira }, { recipient_team_id: server.ids.team }]
    expect(await start({})).toBe('invalid_arguments')
    expect(await start({ thread_ts: ts, ...user })).toBe('missing_recipient_team_id')
    expect(await start({ thread_ts: ts, ...team })).toBe('missing_recipient_user_id')
    expect(await start({ thread_ts: ts, ...team, recipient_user_id: server.ids.external })).toBe('user_not_found')
    expect(await start({ thread_ts: '1.000001', ...team, ...user })).toBe('cannot_reply_to_message')
    expect(await start({ thread_ts: ts, ...team, ...user })).toMatchObject({ ok: true })
    const group = server.people.say('jonas', 'dm:jonas,wren', 'three of us')
    const inGroup = { channel: group.channelId, thread_ts: group.ts, ...team, ...user }
    expect(await start(inGroup)).toBe('channel_type_not_supported')
  })

  it('cannot be updated while they run, and can afterwards', async () => {
    await using server = await aHarbour()
    const client = aWebClient(server)
    const { ts, channel } = await inChannel(server, 'first')
    const update = async () => await client.chat.update({ channel, ts, text: 'corrected' })
    await expect(update()).rejects.toMatchObject({ data: { error: 'streaming_state_conflict' } })
    await client.chat.stopStream({ channel, ts })
    await update()
    expect(server.people.message('#general', ts).versions.at(-1)?.shown).toBe('corrected')
  })

  it('expire when nobody tends to them; then only an update goes on', async () => {
    await using server = await aHarbour({ rules: { stream: stream({ idleMs: 30 }) } })
    const client = aWebClient(server)
    const { ts, channel } = await inChannel(server, 'half a ')
    await server.watch.until('#general', one => one.ts === ts && one.stream?.state === 'errored')
    const append = client.chat.appendStream({ channel, ts, markdown_text: 'sentence' })
    await expect(append).rejects.toMatchObject({ data: { error: 'message_not_in_streaming_state' } })
    await expect(client.chat.stopStream({ channel, ts })).rejects.toMatchObject({
      data: { error: 'message_not_in_streaming_state' },
    })
    await client.chat.update({ channel, ts, markdown_text: 'half a sentence' })
    expect(server.people.message('#general', ts).versions.at(-1)?.shown).toBe('half a sentence')
  })

  it('expire at the end of their life though they are tended to', async () => {
    await using server = await aHarbour({ rules: { limitsOn: false, stream: stream({ idleMs: 500, lifeMs: 60 }) } })
    const client = aWebClient(server)
    const { ts, channel } = await inChannel(server, '.')
    const tend = async (): Promise<string> => {
      const answer = await client.chat.appendStream({ channel, ts, markdown_text: '.' }).catch(error => error.data)
      return answer.ok ? await tend() : answer.error
    }
    expect(await tend()).toBe('message_not_in_streaming_state')
  })

  it('take no more once a person pressed stop', async () => {
    await using server = await aHarbour()
    const client = aWebClient(server)
    const { ts, channel, thread } = await inChannel(server, 'on and ')
    server.people.stop('mira', '#general', thread)
    const told = server.deliveries.all().at(-1)?.payload
    expect(told).toMatchObject({
      event: { type: 'agent_session_stopped', thread_ts: thread, streaming_message_ts: [ts], user: server.ids.mira },
    })
    await expect(client.chat.appendStream({ channel, ts, markdown_text: 'on' })).rejects.toMatchObject({
      data: { error: 'stopped_by_user' },
    })
    await client.chat.stopStream({ channel, ts, markdown_text: 'on', session_status: 'active' })
    expect(server.people.message('#general', ts).versions.at(-1)).toMatchObject({
      shown: 'on and ',
      streaming: 'completed',
    })
  })

  it('refuse too much at once, too much in all, nothing, and what is no stream', async () => {
    await using server = await aHarbour({ rules: { stream: stream({ charLimit: 20_000 }) } })
    const client = aWebClient(server)
    const { ts, channel } = await inChannel(server, 'x'.repeat(12_000))
    const append = async (text: string, at = ts) =>
      await client.chat.appendStream({ channel, ts: at, markdown_text: text }).catch(error => error.data.error)
    expect(await append('x'.repeat(12_001))).toBe('msg_blocks_too_long')
    expect(await append('x'.repeat(9_000))).toBe('msg_blocks_too_long')
    expect(await append('')).toBe('no_text')
    const { ts: plain = '' } = await client.chat.postMessage({ channel, text: 'no stream' })
    expect(await append('more', plain)).toBe('message_not_in_streaming_state')
    expect(await append('more', server.people.say('mira', '#general', 'hers').ts)).toBe('message_not_owned_by_app')
  })

  it('always fetch previews, because they cannot say no', async () => {
    await using server = await aHarbour()
    const { ts } = await inChannel(server, 'see https://example.com/a?secret=1 and `https://example.com/b`')
    expect(server.people.message('#general', ts).versions[0]?.unfurls).toEqual(['https://example.com/a?secret=1'])
  })

  it('are corrupted by a ChatStreamer that is appended to without waiting, as with Slack itself', async () => {
    await using server = await aHarbour()
    const { thread, channel } = inDm(server)
    const streamer = aWebClient(server).chatStream({ channel, thread_ts: thread, buffer_size: 1 })
    await Promise.all(['one ', 'two ', 'three '].map(text => streamer.append({ markdown_text: text })))
    expect(server.log.filter(one => one.method === 'chat.startStream').length).toBeGreaterThan(1)
  })
})

type Server = Awaited<ReturnType<typeof aHarbour>>
type Event = { subtype?: string; streaming_state?: string; message?: { streaming_state?: string } }

const label = { type: 'plain_text', text: 'Good' } as const
const pair = { positive_button: { text: label, value: 'up' }, negative_button: { text: label, value: 'down' } }
const feedback = {
  type: 'context_actions' as const,
  elements: [{ type: 'feedback_buttons' as const, action_id: 'verdict', ...pair }],
}

function stream(rules: { idleMs?: number; lifeMs?: number; charLimit?: number }) {
  return { idleMs: 5_000, lifeMs: 5_000, charLimit: 40_000, channels: ['im', 'public'] as const, ...rules }
}

function inDm(server: Server): Readonly<{ channel: string; thread: string }> {
  const { channelId, ts } = server.people.say('mira', 'dm', 'tell me')
  return { channel: channelId, thread: ts }
}

/** A stream that answers Mira in #general. */
async function inChannel(server: Server, text: string): Promise<{ channel: string; thread: string; ts: string }> {
  const { ts: thread, channelId: channel } = server.people.say('mira', '#general', '@Aeries tell me')
  const { ts = '' } = await aWebClient(server).chat.startStream({
    channel,
    thread_ts: thread,
    recipient_user_id: server.ids.mira,
    recipient_team_id: server.ids.team,
    markdown_text: text,
  })
  return { channel, thread, ts }
}
