import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type App, HTTPReceiver, type InstallationStore } from '@slack/bolt'
import type { Clock } from '#src/core/clock.ts'
import { ConfigError } from '#src/core/errors.ts'
import type { Log } from '#src/core/log.ts'
import type { Health } from '#src/core/platform.ts'
import { boltLogger } from './bolt-logger.ts'
import type { Door } from './door.ts'
import { botScopes } from './subscriptions.ts'

export type Install = Readonly<{
  clientId: string
  clientSecret: string
  stateSecret: string
  store: InstallationStore
}>

export type HttpParts = Readonly<{
  app: App
  apiUrl: string
  /** 0 takes a free one. */
  port: number
  /** What events are signed with; whatever is signed with anything else is refused. */
  signingSecret: string
  /** Workspaces install the app by themselves, at `/slack/install`. */
  install: Install | undefined
  log: Log
  clock: Clock
}>

/** A request under way is answered within milliseconds; what takes longer is no request of Slack's. */
const goodbyeMs = 1_000

/** Events at `/slack/events`, signed by Slack, and the pages of an installation. */
export class HttpDoor implements Door {
  readonly #parts: HttpParts
  readonly #receiver: HTTPReceiver
  #server: Server | undefined
  #closed = false

  constructor(parts: HttpParts) {
    this.#parts = parts
    const { app, apiUrl, signingSecret, install, log } = parts
    const logger = boltLogger(log)
    this.#receiver = new HTTPReceiver({
      signingSecret,
      logger,
      ...(install && {
        clientId: install.clientId,
        clientSecret: install.clientSecret,
        stateSecret: install.stateSecret,
        installationStore: install.store,
        scopes: [...botScopes],
        installerOptions: {
          directInstall: true,
          authorizationUrl: new URL('/oauth/v2/authorize', apiUrl).href,
          clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 2 }, timeout: 10_000 },
        },
      }),
      processEventErrorHandler: async ({ error, response }) => {
        log.error({ err: error }, 'a slack event could not be acknowledged')
        if (!response.headersSent) response.writeHead(500).end()
        return false
      },
    })
    this.#receiver.init(app)
  }

  /** The port that it listens on, once open. */
  get port(): number | undefined {
    return (this.#server?.address() as AddressInfo | null | undefined)?.port
  }

  async open(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    const { port, log } = this.#parts
    try {
      this.#server = (await this.#receiver.start(port)) as Server
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
      throw new ConfigError(
        `SLACK_PORT: nothing can listen on ${port} (${code}). Set it to a free port, or stop what holds it.`,
        { cause: error },
      )
    }
    log.info({ port: this.port }, 'listening for slack')
  }

  health(): Health {
    if (this.#server?.listening === true) return { state: 'connected' }
    return this.#closed ? { state: 'lost', cause: 'closed' } : { state: 'connecting', cause: 'not started' }
  }

  async close(): Promise<void> {
    this.#closed = true
    const server = this.#server
    if (server?.listening !== true) return
    const closed = new Promise(resolve => server.close(resolve))
    server.closeIdleConnections()
    using _ = this.#parts.clock.after(goodbyeMs, () => server.closeAllConnections())
    await closed
  }
}
