import { type AddressInfo, createServer } from 'node:net'
import { App, HTTPReceiver, MemoryInstallationStore } from '@slack/bolt'
import { describe, expect, it } from 'vitest'
import { aHarbour, aWebClient, quiet } from './a-bolt-app.ts'

const scopes = ['chat:write', 'im:history']

describe('installing by OAuth', () => {
  it('leads Bolt’s install page through consent to a token of the new workspace', async () => {
    await using server = await aHarbour()
    await using app = await anInstallableApp(server)
    const page = await fetch(`${app.url}/slack/install`, { redirect: 'manual' })
    const cookie = (page.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const back = await fetch(page.headers.get('location') ?? '', { redirect: 'manual' })
    const done = await fetch(back.headers.get('location') ?? '', { headers: { cookie } })
    expect(done.status).toBe(200)
    const team = [...server.world.teams.values()].find(one => one.name === 'Lighthouse')
    const installed = await app.store.fetchInstallation({
      teamId: team?.id,
      enterpriseId: undefined,
      isEnterpriseInstall: false,
    })
    expect(installed.bot).toMatchObject({ token: team?.installation?.token, scopes })
    expect(await aWebClient(server, installed.bot?.token).auth.test()).toMatchObject({ team: 'Lighthouse' })
  })

  it('refuses wrong secrets, used codes, and another address than the one that was asked for', async () => {
    await using server = await aHarbour()
    const { clientId, clientSecret } = server.app
    const redirect = 'http://127.0.0.1:9/back'
    const code = await consentCode(server, { client_id: clientId, redirect_uri: redirect, scope: scopes.join() })
    const client = aWebClient(server)
    const access = async (rest: object) => {
      const args = { client_id: clientId, client_secret: clientSecret, code, redirect_uri: redirect, ...rest }
      return await client.oauth.v2.access(args).then(
        answer => answer.scope,
        error => error.data.error,
      )
    }
    expect(await access({ client_id: 'x' })).toBe('invalid_client_id')
    expect(await access({ client_secret: 'x' })).toBe('bad_client_secret')
    expect(await access({ redirect_uri: 'http://127.0.0.1:9/else' })).toBe('bad_redirect_uri')
    expect(await access({})).toBe('chat:write,im:history')
    expect(await access({})).toBe('invalid_code')
  })

  it('comes back with the person’s no', async () => {
    await using server = await aHarbour()
    const query = { client_id: server.app.clientId, redirect_uri: 'http://127.0.0.1:9/back', denied: '1', state: 's' }
    const response = await consent(server, query)
    expect(response.headers.get('location')).toBe('http://127.0.0.1:9/back?state=s&error=access_denied')
  })
})

type Server = Awaited<ReturnType<typeof aHarbour>>

async function consent(server: Server, query: Readonly<Record<string, string>>): Promise<Response> {
  return await fetch(`${server.authorizeUrl}?${new URLSearchParams(query)}`, { redirect: 'manual' })
}

async function consentCode(server: Server, query: Readonly<Record<string, string>>): Promise<string> {
  const response = await consent(server, query)
  return new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? ''
}

async function anInstallableApp(
  server: Server,
): Promise<AsyncDisposable & { url: string; store: MemoryInstallationStore }> {
  const store = new MemoryInstallationStore()
  const clientOptions = { slackApiUrl: server.apiUrl, retryConfig: { retries: 0 } }
  // The port is part of the address to come back to, so it has to be known before the app is made.
  const port = await freePort()
  const receiver = new HTTPReceiver({
    signingSecret: server.app.signingSecret,
    clientId: server.app.clientId,
    clientSecret: server.app.clientSecret,
    stateSecret: 'a state secret',
    scopes,
    installationStore: store,
    redirectUri: `http://127.0.0.1:${port}/slack/oauth_redirect`,
    logger: quiet,
    installerOptions: {
      authorizationUrl: server.authorizeUrl,
      clientOptions,
      redirectUriPath: '/slack/oauth_redirect',
      directInstall: true,
    },
  })
  const app = new App({ receiver, logger: quiet, convoStore: false, clientOptions })
  await receiver.start(port)
  return { url: `http://127.0.0.1:${port}`, store, [Symbol.asyncDispose]: async () => void (await app.stop()) }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>(resolve => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise(resolve => probe.close(resolve))
  return port
}
