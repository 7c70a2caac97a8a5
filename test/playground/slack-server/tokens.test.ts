import { describe, expect, it } from 'vitest'
import { aHarbour, aWebClient, tokenOf } from './a-bolt-app.ts'

describe('tokens', () => {
  it('are asked for, known, and of the right kind', async () => {
    await using server = await aHarbour()
    const call = async (method: string, token?: string) => {
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
      const response = await fetch(`${server.apiUrl}${method}`, { method: 'POST', headers })
      return ((await response.json()) as { error?: string }).error
    }
    expect(await call('auth.test')).toBe('not_authed')
    expect(await call('auth.test', 'xoxb-nobody')).toBe('invalid_auth')
    expect(await call('auth.test', server.app.appToken)).toBe('not_allowed_token_type')
    expect(await call('apps.connections.open', server.ids.botToken)).toBe('not_allowed_token_type')
    expect(await call('apps.connections.open', 'xapp-nobody')).toBe('invalid_auth')
  })

  it('say who they are', async () => {
    await using server = await aHarbour()
    const { team, botUser } = server.ids
    expect(await aWebClient(server).auth.test()).toMatchObject({ team: 'Harbour', team_id: team, user_id: botUser })
  })

  it('of one workspace find nothing in another, and the try is noted as a leak', async () => {
    await using server = await aHarbour()
    server.scene.createTeam({ name: 'Quay' })
    const stranger = aWebClient(server, tokenOf(server, 'Quay'))
    const error = (call: Promise<unknown>) =>
      call.then(
        () => undefined,
        reason => reason.data.error,
      )
    expect(await error(stranger.chat.postMessage({ channel: server.ids.general, text: 'hello' }))).toBe(
      'channel_not_found',
    )
    expect(await error(stranger.users.info({ user: server.ids.jonas }))).toBe('user_not_found')
    await aWebClient(server).users.info({ user: server.ids.jonas })
    expect(server.leaks.map(one => [one.method, one.tokenTeamId === server.ids.team, one.teamId])).toEqual([
      ['chat.postMessage', false, server.ids.team],
      ['users.info', false, server.ids.team],
    ])
  })

  it('reach a channel that both workspaces share', async () => {
    await using server = await aHarbour()
    server.scene.install('Lighthouse')
    server.scene.invite('#port-authority', 'bot@Lighthouse')
    const other = aWebClient(server, tokenOf(server, 'Lighthouse'))
    await other.chat.postMessage({ channel: server.ids.shared, text: 'ahoy' })
    expect(server.leaks).toEqual([])
  })

  it('lack scopes, and Slack says which', async () => {
    await using server = await aHarbour()
    server.scene.setScopes('Harbour', ['channels:history'])
    await expect(aWebClient(server).chat.postMessage({ channel: server.ids.general, text: 'x' })).rejects.toMatchObject(
      {
        data: { error: 'missing_scope', needed: 'chat:write', provided: 'channels:history' },
      },
    )
    await expect(aWebClient(server).conversations.history({ channel: server.ids.crew })).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'groups:history' },
    })
    server.people.say('mira', 'dm', 'unheard')
    expect(server.deliveries.all()).toEqual([])
  })

  it('hear only what the app subscribed to', async () => {
    await using server = await aHarbour({ app: { subscriptions: ['app_mention'] } })
    server.people.say('mira', '#general', '@Aeries hello')
    expect(server.deliveries.all().map(one => one.name)).toEqual(['app_mention'])
  })

  it('die by revocation, by the app’s own hand, and with the app; the last words are told', async () => {
    await using server = await aHarbour()
    for (const name of ['Quay', 'Pier']) server.scene.createTeam({ name })
    const [harbour, quay, pier] = ['Harbour', 'Quay', 'Pier'].map(name => aWebClient(server, tokenOf(server, name)))
    server.scene.revoke('Harbour')
    server.scene.uninstall('Quay')
    await pier?.auth.revoke()
    await expect(harbour?.auth.test()).rejects.toMatchObject({ data: { error: 'token_revoked' } })
    await expect(quay?.auth.test()).rejects.toMatchObject({ data: { error: 'account_inactive' } })
    await expect(pier?.auth.test()).rejects.toMatchObject({ data: { error: 'token_revoked' } })
    expect(server.deliveries.all().map(one => one.name)).toEqual([
      'tokens_revoked',
      'app_uninstalled',
      'tokens_revoked',
      'tokens_revoked',
    ])
  })

  it('are new after a reinstall, for the same bot user', async () => {
    await using server = await aHarbour()
    const before = aWebClient(server)
    server.scene.uninstall('Harbour')
    server.scene.install('Harbour')
    await expect(before.auth.test()).rejects.toMatchObject({ data: { error: 'account_inactive' } })
    expect(await aWebClient(server).auth.test()).toMatchObject({ user_id: server.ids.botUser })
  })

  it('meet an unknown method, which is remembered', async () => {
    await using server = await aHarbour()
    await expect(aWebClient(server).apiCall('chat.shout')).rejects.toMatchObject({ data: { error: 'unknown_method' } })
    expect(server.unknownCalls).toEqual(['chat.shout'])
  })
})
