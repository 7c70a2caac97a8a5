import { Pool } from 'undici'
import type { Clock } from '#src/core/clock.ts'
import { Exchange, type Head } from './exchange.ts'
import { unreachable } from './faults.ts'
import { timedConnector } from './timed-connector.ts'

/** In milliseconds. */
export type ConnectionLimits = Readonly<{
  /** One try to connect. */
  connectMs: number
  /** A second try begins only if it can end within that time from the begin of the first. */
  connectTriesWithinMs: number
  /** The longest silence of a healthy server; the connection itself gives up somewhat later. */
  silenceMs: number
}>

export type ConnectionOptions = Readonly<{
  /** Where vLLM listens: with or without a path, and a slash or `/v1` at its end. */
  url: string
  apiKey: string | undefined
  limits: ConnectionLimits
  clock: Clock
}>

/** `headers`: beside those that every request has; their names in small letters. */
export type Request = Readonly<{ method: 'GET' | 'POST'; path: string; body?: string; headers?: RequestHeaders }>
export type RequestHeaders = Readonly<Record<string, string>>
export type Response = Head & Readonly<{ body: Exchange }>

/** The way to one server. */
export class VllmConnection implements AsyncDisposable {
  /** The address as it may be told to operators. */
  readonly name: string
  readonly #prefix: string
  readonly #authorization: Readonly<Record<string, string>>
  readonly #limits: ConnectionLimits
  readonly #clock: Clock
  readonly #pool: Pool

  constructor({ url, apiKey, limits, clock }: ConnectionOptions) {
    const { origin, pathname } = new URL(url)
    this.#prefix = pathname.replace(/\/+$/, '').replace(/\/v1$/, '')
    this.name = origin + this.#prefix
    this.#authorization = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }
    this.#limits = limits
    this.#clock = clock
    this.#pool = new Pool(origin, {
      // With a limit, requests would wait for a connection where nobody sees them.
      connections: null,
      pipelining: 1,
      keepAliveTimeout: keepAliveMs,
      connect: timedConnector(limits.connectMs, clock),
      headersTimeout: limits.silenceMs + backstopMs,
      bodyTimeout: limits.silenceMs + backstopMs,
    })
  }

  /**
   * Resolves with the response's head, whatever its status. A server that cannot be reached, or an idle connection that it
   * closed at the same moment, gets one more try; then it is an `UnavailableError`. The signal ends the request and, as long
   * as it comes, the body; throws its reason.
   */
  async request(request: Request, signal: AbortSignal): Promise<Response> {
    const end = this.#clock.now().getTime() + this.#limits.connectTriesWithinMs
    try {
      return await this.#try(request, signal)
    } catch (error) {
      signal.throwIfAborted()
      const pause = isBroken(error) ? 0 : betweenTriesMs
      if (this.#clock.now().getTime() + pause + this.#limits.connectMs > end) throw unreachable(this.name, error)
      if (pause > 0) await this.#clock.sleep(pause, signal)
    }
    try {
      return await this.#try(request, signal)
    } catch (error) {
      signal.throwIfAborted()
      throw unreachable(this.name, error)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool.destroy()
  }

  async #try({ method, path, body, headers: more }: Request, signal: AbortSignal): Promise<Response> {
    signal.throwIfAborted()
    const exchange = new Exchange()
    signal.addEventListener('abort', () => exchange.abandon(asError(signal.reason)), { once: true })
    const headers = {
      ...this.#authorization,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...more,
    }
    this.#pool.dispatch({ method, path: this.#prefix + path, headers, body: body ?? null }, exchange)
    return { ...(await exchange.head), body: exchange }
  }
}

/** vLLM closes an idle connection after 5 s without a hint; one that we close first never breaks under a request. */
const keepAliveMs = 4_000
/** undici's timers are half a second coarse: they only stand behind the exact ones. */
const backstopMs = 5_000
/** Time for a proxy or a balancer to find its next server. */
const betweenTriesMs = 250

/** The connection stood and broke: most likely an idle one that the server had just closed. */
function isBroken(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE'
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('given up', { cause: reason })
}
