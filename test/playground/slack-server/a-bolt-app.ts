import { App, type Logger, LogLevel, SocketModeReceiver, webApi } from '@slack/bolt'
import { buildHarbour, type Harbour } from '#playground/slack-server/harbour.ts'
import { createSlackServer, type SlackServer, type SlackServerOptions } from '#playground/slack-server/slack-server.ts'

/** A server with the default world in it. */
export async function aHarbour(options: SlackServerOptions = {}): Promise<SlackServer & { ids: Harbour }> {
  const server = await createSlackServer(options)
  return Object.assign(server, { ids: buildHarbour(server) })
}

export const quiet: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
}

/** The real Web API client, as Aeries sets it up: one try, limits told at once. */
export function aWebClient(server: SlackServer, token?: string): webApi.WebClient {
  return new webApi.WebClient(token ?? tokenOf(server), {
    slackApiUrl: server.apiUrl,
    logger: quiet,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  })
}

export function tokenOf(server: SlackServer, team = 'Harbour'): string {
  return [...server.world.teams.values()].find(one => one.name === team)?.installation?.token ?? ''
}

type Running = AsyncDisposable & { readonly app: App; readonly receiver: SocketModeReceiver }

/**
 * The real Bolt app in Socket Mode, connected. Its tokens go out by the event's workspace; `prepare` adds listeners
 * before the first event can come.
 */
export async function aSocketApp(server: SlackServer, prepare: (app: App) => void): Promise<Running> {
  const receiver = new SocketModeReceiver({
    appToken: server.app.appToken,
    logger: quiet,
    clientPingTimeout: 200, // also the pause before a reconnect
    installerOptions: {
      clientOptions: { slackApiUrl: server.apiUrl, retryConfig: { forever: true, minTimeout: 50, maxTimeout: 200 } },
    },
  })
  const app = new App({
    receiver,
    logger: quiet,
    convoStore: false,
    authorize: ({ teamId }) => {
      const installation = server.world.teams.get(teamId ?? '')?.installation
      if (!installation) return Promise.reject(new Error(`The app is not in ${teamId}`))
      const { token: botToken, botId, botUserId } = installation
      return Promise.resolve({ botToken, botId, botUserId })
    },
    clientOptions: { slackApiUrl: server.apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
  })
  prepare(app)
  let connected = false
  receiver.client.on('connected', () => {
    connected = true
  })
  receiver.client.on('close', () => {
    connected = false
  })
  await app.start()
  const dispose = async () => {
    // A disconnect during a reconnect is an unhandled rejection in socket-mode 3.1.
    if (!connected) await new Promise(resolve => receiver.client.once('connected', resolve))
    await receiver.client.disconnect()
  }
  return { app, receiver, [Symbol.asyncDispose]: dispose }
}
