import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { ConfigError } from '#src/core/errors.ts'
import type { MessageEvent } from '#src/core/event.ts'
import type { MessageId } from '#src/core/ids.ts'
import type { Place } from '#src/core/place.ts'
import type { Health, Inbox, PlatformAdapter } from '#src/core/platform.ts'
import type { ReplySurface } from '#src/core/surface.ts'
import { Answers } from './answers.ts'
import { createApp } from './create-app.ts'
import { Door } from './door.ts'
import { EventStreams } from './event-streams.ts'
import { Guard, isLoopback } from './guard.ts'
import { platform } from './platform-name.ts'
import { WebSurface } from './surface.ts'
import type { WebParts } from './web-parts.ts'

/** Nobody of ours sends more; what is longer is answered with 431. In bytes. */
const largestHead = 16 * 1024
/** A request that has not arrived by then is answered with 408, in ms. */
const headWithinMs = 10_000
const usualRequestWithinMs = 20_000
const lookEveryMs = 250
/** The last words of a stream are on their way for no longer than that. */
const closeWithinMs = 500

/** `url`: where it listens. */
export type WebAdapter = PlatformAdapter & Readonly<{ url: string }>

/** The web for the house: one small HTTP server, for the person of this machine or for people who signed in. */
export function createWebAdapter(parts: WebParts): WebAdapter {
  return new HttpAdapter(parts)
}

class HttpAdapter implements WebAdapter {
  readonly platform = platform
  readonly #parts: WebParts
  readonly #answers = new Answers()
  readonly #streams: EventStreams
  readonly #server: Server
  #inbox: Inbox | undefined

  constructor(parts: WebParts) {
    const { host, url, signIn, house, clock, log, page, requestWithinMs = usualRequestWithinMs } = parts
    if (!isLoopback(host) && signIn === 'local') {
      throw new ConfigError(
        `WEB_HOST: "${host}" lets other machines in, and without signing in all of them are one person: set WEB_SIGN_IN=link, or WEB_HOST to 127.0.0.1.`,
      )
    }
    this.#parts = parts
    const now = () => clock.now()
    const guard = new Guard({ host, url, signIn, house, now, port: () => this.#port })
    this.#streams = new EventStreams(clock, session => guard.isSession(session))
    const door = new Door({
      house,
      clock,
      log,
      guard,
      answers: this.#answers,
      streams: this.#streams,
      inbox: () => this.#inbox,
    })
    const app = createApp({ door, signIn, page, log })
    this.#server = createAdaptorServer({
      fetch: app.fetch,
      serverOptions: {
        maxHeaderSize: largestHead,
        headersTimeout: Math.min(headWithinMs, requestWithinMs),
        requestTimeout: requestWithinMs,
        connectionsCheckingInterval: lookEveryMs,
      },
    }) as Server
  }

  get url(): string {
    const { host, url } = this.#parts
    return url ?? `http://${host.includes(':') ? `[${host}]` : host}:${this.#port}`
  }

  async start(inbox: Inbox, signal: AbortSignal): Promise<void> {
    const { host, port, log } = this.#parts
    this.#inbox = inbox
    try {
      // A signal that is given to `listen` closes the server whenever it is aborted, also long after.
      this.#server.listen({ host, port })
      await once(this.#server, 'listening', { signal })
    } catch (error) {
      signal.throwIfAborted()
      throw new ConfigError(`WEB_PORT: nobody can listen at ${host}:${port}. Set another one, or end who holds it.`, {
        cause: error,
      })
    }
    this.#server.on('error', error => log.error({ err: error }, 'the web door has a fault'))
    log.info({ url: this.url }, 'the web door is open')
  }

  async closeDoor(): Promise<void> {
    this.#inbox = undefined
  }

  health(): Health {
    return this.#server.listening ? { state: 'connected' } : { state: 'lost', cause: 'nothing listens at WEB_PORT' }
  }

  async link(): Promise<undefined> {
    return undefined
  }

  surface(place: Place, answering: MessageId): ReplySurface {
    return new WebSurface(this.#answers, place, answering)
  }

  /** Whoever cannot reach us is told so at once: nothing is missed. */
  async *missed(): AsyncIterable<MessageEvent> {}

  async [Symbol.asyncDispose](): Promise<void> {
    this.#inbox = undefined
    this.#streams[Symbol.dispose]()
    if (!this.#server.listening) return
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeIdleConnections()
    const late = this.#parts.clock.after(closeWithinMs, () => this.#server.closeAllConnections())
    await closed
    late[Symbol.dispose]()
  }

  get #port(): number {
    const address = this.#server.address() as AddressInfo | null
    return address?.port ?? this.#parts.port
  }
}
