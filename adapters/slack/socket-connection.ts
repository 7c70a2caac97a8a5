import { type App, type Logger, SocketModeReceiver } from '@slack/bolt'
import type { Clock } from '#src/core/clock.ts'
import { UnavailableError } from '#src/core/errors.ts'
import type { Log } from '#src/core/log.ts'
import { boltLogger } from './bolt-logger.ts'
import type { Timing } from './slack-parts.ts'

export type SocketParts = Readonly<{
  app: App
  appToken: string
  apiUrl: string
  log: Log
  clock: Clock
  times: Timing
}>

/** A dead peer never says goodbye. */
const goodbyeMs = 1_000

/**
 * One Socket Mode connection, from its address to its end. The library's own reconnecting is off: it leaves seconds without a
 * line, and its failures as rejections that nobody handles. Whoever holds the line opens the next one.
 */
export class SocketConnection {
  readonly #receiver: SocketModeReceiver
  readonly #parts: SocketParts
  readonly #ended = Promise.withResolvers<string>()
  readonly #broken = Promise.withResolvers<void>()
  #isWarned = false
  #isAsked = false
  #isBroken = false
  #closed = false

  /** Throws what the library throws, or the signal's reason. */
  static async open(parts: SocketParts, signal: AbortSignal): Promise<SocketConnection> {
    signal.throwIfAborted()
    const connection = new SocketConnection(parts)
    await connection.#start(signal)
    return connection
  }

  private constructor(parts: SocketParts) {
    const { app, appToken, apiUrl, log, times } = parts
    const logger = boltLogger(log)
    this.#parts = parts
    this.#receiver = new SocketModeReceiver({
      appToken,
      logger,
      autoReconnectEnabled: false,
      clientPingTimeout: times.pingMs,
      // Options of its own: the library writes into what it is given.
      installerOptions: {
        clientOptions: {
          slackApiUrl: apiUrl,
          retryConfig: { retries: 0 },
          timeout: times.requestMs,
          rejectRateLimitedCalls: true,
        },
      },
      // Not acknowledged, so Slack tells it again.
      processEventErrorHandler: async ({ error }) => {
        log.error({ err: error }, 'a slack event could not be acknowledged')
        return false
      },
    })
    this.#receiver.init(app)
    this.#guard(logger)
  }

  /** Resolves with the reason when Slack wants the line back, or it broke. What is under way on it can still be acknowledged. */
  get ended(): Promise<string> {
    return this.#ended.promise
  }

  /** Slack still uses the line, and hangs up by itself soon. */
  get isWarned(): boolean {
    return this.#isWarned
  }

  /** Events can come on it. */
  get isLive(): boolean {
    return !this.#isBroken && !this.#closed && (!this.#isAsked || this.#isWarned)
  }

  /** Resolves when nothing can come any more. */
  get broken(): Promise<void> {
    return this.#broken.promise
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    const { client } = this.#receiver
    const gone = client.disconnect().catch(() => undefined)
    const patience = new AbortController()
    const tooLong = this.#parts.clock.sleep(goodbyeMs, patience.signal).then(
      // Asked a second time, it does not wait for the peer's goodbye.
      () => client.disconnect().catch(() => undefined),
      () => undefined,
    )
    await Promise.race([gone, tooLong])
    patience.abort()
  }

  async #start(signal: AbortSignal): Promise<void> {
    const { client } = this.#receiver
    const patience = new AbortController()
    const { clock, times } = this.#parts
    const late = clock.sleep(times.helloMs, AbortSignal.any([signal, patience.signal])).then(() => {
      throw new UnavailableError('Slack opened a line and did not greet')
    })
    // A line that breaks before the greeting rejects with nothing.
    const started = client.start().catch((error: unknown) => {
      throw error ?? new UnavailableError('Slack closed the line before it greeted')
    })
    client.on('disconnected', () => {
      this.#isBroken = true
      this.#broken.resolve()
      this.#ended.resolve('the line broke')
    })
    try {
      await Promise.race([started, late])
    } catch (error) {
      // The library goes on opening a line that nobody waits for any more.
      started.then(() => client.disconnect()).catch(() => undefined)
      await this.close()
      signal.throwIfAborted()
      throw error
    } finally {
      patience.abort()
    }
  }

  /**
   * Reads along before the library does. A `disconnect` is a request to move, which the library answers by hanging up at once.
   * What comes without an event inside (`app_rate_limited`) it takes for one, and ends in a rejection that nobody handles
   * and without an acknowledgement: under a type of its own it is merely passed on.
   */
  #guard(logger: Logger): void {
    const { client } = this.#receiver
    const [handle] = client.listeners('ws_message')
    client.removeAllListeners('ws_message')
    client.on('ws_message', (data: unknown, isBinary: unknown) => {
      const told = typeof data === 'string' ? read(data) : undefined
      if (told?.type === 'disconnect') return this.#move(told.reason)
      const isBare = told?.type === 'events_api' && told.payload?.event === undefined
      const passed = isBare ? JSON.stringify({ ...told, type: bareEnvelope }) : data
      Promise.resolve(handle?.(passed, isBinary)).catch((error: unknown) => logger.error(String(error)))
    })
    client.on(bareEnvelope, ({ ack, body }: Readonly<{ ack: () => Promise<void>; body?: Told['payload'] }>) => {
      if (body?.type === 'app_rate_limited') this.#noteLimit(body.team_id)
      ack().catch((error: unknown) => logger.error(String(error)))
    })
  }

  #move(reason: string | undefined): void {
    this.#isAsked = true
    this.#isWarned = reason === 'warning'
    this.#ended.resolve(`asked to move: ${reason ?? 'no reason'}`)
  }

  #noteLimit(team: string | undefined): void {
    const effect = 'Slack holds back events of this workspace for a minute'
    this.#parts.log.warn({ team, effect }, 'slack sends too many events to be heard')
  }
}

const bareEnvelope = 'bare_envelope'

type Told = Readonly<{
  type?: string
  reason?: string
  envelope_id?: string
  payload?: Readonly<{ type?: string; team_id?: string; event?: unknown }>
}>

function read(data: string): Told | undefined {
  try {
    const told: unknown = JSON.parse(data)
    return typeof told === 'object' && told !== null ? told : undefined
  } catch {
    return undefined
  }
}
