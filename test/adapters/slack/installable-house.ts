import { randomBytes } from 'node:crypto'
import { createSlackAdapter, type SlackAdapter } from '#adapters/slack/slack-adapter.ts'
import type { SlackParts } from '#adapters/slack/slack-parts.ts'
import { buildHarbour, type Harbour } from '#playground/slack-server/harbour.ts'
import { createSlackServer, type SlackServer } from '#playground/slack-server/slack-server.ts'
import type { InstallationStore } from '#src/core/installations.ts'
import { openStore, type SqliteStore } from '#src/sqlite/sqlite-store.ts'
import { systemClock } from '#src/system-clock.ts'
import { CollectingInbox } from '#test/support/collecting-inbox.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { never } from './slack-house.ts'

const key = randomBytes(32)

export type InstallableHouse = AsyncDisposable &
  Readonly<{
    server: SlackServer
    harbour: Harbour
    adapter: SlackAdapter
    parts: SlackParts
    inbox: CollectingInbox
    log: KeptLog
    installations: InstallationStore
    store: SqliteStore
    url: string
  }>

/** Several workspaces by OAuth, Harbour installed already, events by Socket Mode. */
export async function anInstallableHouse(more: Partial<SlackParts> = {}): Promise<InstallableHouse> {
  let back = ''
  const server = await createSlackServer({
    // The redirect is only known once the adapter listens.
    get redirectUrl() {
      return back
    },
  })
  const harbour = buildHarbour(server)
  const store = openStore({ path: ':memory:' })
  const installations = store.installations(key)
  const installation = teamNamed(server, 'Harbour').installation
  await installations.save({
    platform: 'slack',
    workspace: harbour.team,
    token: harbour.botToken,
    account: harbour.botUser,
    botId: installation?.botId,
    enterprise: undefined,
    scopes: [],
    at: new Date(0),
  })
  const { clientId, clientSecret, appToken } = server.app
  const [log, inbox] = [new KeptLog(), new CollectingInbox()]
  const parts: SlackParts = {
    apiUrl: server.apiUrl,
    access: { type: 'oauth', clientId, clientSecret, stateSecret: 'a state secret', installations },
    delivery: { type: 'socket', appToken },
    port: 0,
    dmStyle: undefined,
    nativeStream: 'dm',
    log,
    clock: systemClock,
    ...more,
  }
  const adapter = createSlackAdapter(parts)
  await adapter.start(inbox, never)
  const url = `http://127.0.0.1:${adapter.port}`
  back = `${url}/slack/oauth_redirect`
  const dispose = async () => {
    await adapter[Symbol.asyncDispose]()
    await server[Symbol.asyncDispose]()
    store[Symbol.dispose]()
  }
  return { server, harbour, adapter, parts, inbox, log, installations, store, url, [Symbol.asyncDispose]: dispose }
}

/** Walks through the pages of an installation as a browser would, into the first workspace without the app or the named one. */
export async function install({ url }: InstallableHouse, team?: string): Promise<Response> {
  const page = await fetch(`${url}/slack/install`, { redirect: 'manual' })
  const cookie = (page.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const consent = new URL(page.headers.get('location') ?? '')
  if (team !== undefined) consent.searchParams.set('team', team)
  const back = await fetch(consent, { redirect: 'manual' })
  return await fetch(back.headers.get('location') ?? '', { headers: { cookie } })
}

export function teamNamed({ world }: SlackServer, name: string) {
  const team = [...world.teams.values()].find(one => one.name === name)
  if (!team) throw new Error(`There is no team ${name}`)
  return team
}
