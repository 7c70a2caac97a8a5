import { describe, expect, it } from 'vitest'
import { aHarbour, aSocketApp, aWebClient } from './a-bolt-app.ts'

describe('the agent view', () => {
  it('opens with an event, takes suggested prompts, and tells what the person looks at', async () => {
    await using server = await aHarbour()
    const context = { entities: [{ type: 'slack#/types/channel_id', value: server.ids.general }] }
    const seen: unknown[] = []
    await using _app = await aSocketApp(server, app => {
      app.event('app_home_opened', async ({ event, client }) => {
        seen.push(event.tab, event.context)
        const prompts = [{ title: 'Ask', message: 'What is new?' }]
        await client.assistant.threads.setSuggestedPrompts({ channel_id: event.channel, prompts } as never)
      })
      app.event('app_context_changed', async ({ event }) => void seen.push(event.type))
    })
    const prompted = server.events.next(event => (event.type === 'prompts' ? event.prompts : undefined))
    server.people.openApp('mira', 'messages', context)
    expect(await prompted).toEqual([{ title: 'Ask', message: 'What is new?' }])
    server.people.look('mira', { entities: [] })
    await server.watch.acknowledged()
    expect(seen).toEqual(['messages', context, 'app_context_changed'])
  })

  it('shows a status until the app writes, or until it times out', async () => {
    await using server = await aHarbour({ rules: { statusMs: 20 } })
    const client = aWebClient(server)
    const { channelId, ts } = server.people.say('mira', 'dm', 'hello')
    const statuses: string[] = []
    server.events.on(event => void (event.type === 'status' && statuses.push(event.status)))
    const think = async () =>
      await client.assistant.threads.setStatus({ channel_id: channelId, thread_ts: ts, status: 'is thinking…' })
    await think()
    await client.chat.postMessage({ channel: channelId, thread_ts: ts, text: 'hello yourself' })
    const cleared = server.events.next(event => (event.type === 'status' && event.status === '') || undefined)
    await think()
    await cleared
    expect(statuses).toEqual(['is thinking…', '', 'is thinking…', ''])
  })

  it('has a stop button while the session is processing', async () => {
    await using server = await aHarbour()
    const client = aWebClient(server)
    const { channelId, ts } = server.people.say('mira', 'dm', 'a long story, please')
    expect(() => server.people.stop('mira', 'dm', ts)).toThrow('no stop button')
    const set = async (status: string) =>
      await client.apiCall('agents.sessions.setStatus', {
        channel_id: channelId,
        thread_ts: ts,
        status,
        title: 'Story',
      })
    expect(await set('processing')).toMatchObject({ status: 'processing', title: 'Story' })
    server.people.stop('mira', 'dm', ts)
    expect(server.deliveries.all().at(-1)?.name).toBe('agent_session_stopped')
    await set('active')
    expect(() => server.people.stop('mira', 'dm', ts)).toThrow('no stop button')
    await expect(set('sleeping')).rejects.toMatchObject({ data: { error: 'invalid_status' } })
    await expect(
      client.apiCall('agents.sessions.setStatus', { channel_id: channelId, status: 'active' }),
    ).rejects.toMatchObject({ data: { error: 'thread_ts_required' } })
  })

  it('closes with the Messages tab', async () => {
    await using server = await aHarbour()
    const channel = server.scene.setMessagesTab('mira', false).id
    await expect(aWebClient(server).chat.postMessage({ channel, text: 'hello?' })).rejects.toMatchObject({
      data: { error: 'messages_tab_disabled' },
    })
  })
})
