import { type Client, Events, GatewayCloseCodes, type GatewayDispatchPayload } from 'discord.js'
import type { Health } from '#src/core/platform.ts'
import { ownOrigins } from '#src/files/own-origins.ts'
import { usualOrigins } from './attached-files.ts'
import { type Attempt, causeOf, fatalError, faultOfToken, heldUntil } from './attempt.ts'
import { type ClientHandle, createClient } from './client.ts'
import { ClientScene } from './client-scene.ts'
import type { Scene } from './scene.ts'
import { askAgainMs, SessionStarts } from './session-starts.ts'
import { ShardLines, type ShardLinesParts } from './shard-lines.ts'

/** The first wait after a failed login; each further one doubles it. */
const firstRetryMs = 1_000
const longestRetryMs = 30_000

const contentWithheld = {
  missing: 'the Message Content intent',
  effect: 'in threads Aeries answers only when mentioned',
  cure: 'switch it on in the developer portal (your application, Bot, Privileged Gateway Intents) and start again',
} as const

export type GatewayParts = ShardLinesParts &
  Readonly<{
    token: string
    apiUrl: string
    onPacket: (packet: GatewayDispatchPayload, shard: number) => void
  }>

/**
 * The line on which Discord tells what happens. discord.js reconnects and resumes; here a refused token ends in clear words,
 * a refused Message Content intent in a line without it, and an unreachable Discord in patience.
 */
export class Gateway implements AsyncDisposable {
  readonly #parts: GatewayParts
  readonly #closing = new AbortController()
  readonly #lines: ShardLines
  readonly #sessionStarts: SessionStarts
  #handle: ClientHandle | undefined
  #scene: ClientScene | undefined
  #messageContent = true
  #up = false
  #down: Health = { state: 'connecting', cause: 'not started' }
  #reconnecting: Promise<void> | undefined

  constructor(parts: GatewayParts) {
    this.#parts = parts
    this.#lines = new ShardLines(parts)
    const onExhausted = (shard: number, ms: number) => this.#lines.hold(shard, ms)
    this.#sessionStarts = new SessionStarts({ clock: parts.clock, onExhausted })
  }

  get client(): Client | undefined {
    return this.#handle?.client
  }

  /** Known from the moment when Discord has greeted us. */
  get scene(): Scene | undefined {
    const client = this.#handle?.client
    if (client?.user == null) return undefined
    this.#scene ??= new ClientScene(
      client,
      client.user.id,
      this.#messageContent,
      ownOrigins(this.#parts.apiUrl, usualOrigins),
    )
    return this.#scene
  }

  health(): Health {
    const { trouble } = this.#lines
    if (!this.#up && (this.#down.state === 'lost' || trouble === undefined)) return this.#down
    return trouble === undefined ? { state: 'connected' } : { state: 'connecting', cause: trouble }
  }

  /** Resolves once connected. Keeps trying while Discord is out of reach, until the signal ends. */
  async connect(signal: AbortSignal): Promise<void> {
    const until = AbortSignal.any([signal, this.#closing.signal])
    const unusable = faultOfToken(this.#parts.token)
    if (unusable !== undefined) throw this.#giveUp(unusable)
    for (let wait = firstRetryMs; ; wait = Math.min(2 * wait, longestRetryMs)) {
      const attempt = await this.#attempt(until)
      if (attempt.type === 'ready') return
      if (attempt.type === 'closed' && attempt.code === GatewayCloseCodes.DisallowedIntents && this.#messageContent) {
        this.#goWithoutContent()
        continue
      }
      const fatal = fatalError(attempt)
      if (fatal !== undefined) throw this.#giveUp(fatal)
      const cause = causeOf(attempt)
      this.#down = { state: 'connecting', cause }
      const { log, clock } = this.#parts
      const held = heldUntil(attempt)
      const pause =
        held === undefined ? wait : Math.min(askAgainMs, Math.max(wait, held.getTime() - clock.now().getTime()))
      if (held === undefined) log.warn({ cause, retryInMs: pause }, 'discord is not reachable')
      else log.error({ cause, retryInMs: pause }, 'discord opens no session')
      await clock.sleep(pause, until)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(new Error('the Discord adapter was closed'))
    this.#up = false
    this.#down = { state: 'lost', cause: 'closed' }
    await this.#reconnecting
    await this.#leave()
  }

  #giveUp(fatal: Error): Error {
    this.#down = { state: 'lost', cause: fatal.message }
    return fatal
  }

  async #attempt(signal: AbortSignal): Promise<Attempt> {
    signal.throwIfAborted()
    const { apiUrl, log, clock } = this.#parts
    const handle = createClient({
      apiUrl,
      clock,
      messageContent: this.#messageContent,
      sessionStarts: this.#sessionStarts,
      watch: this.#lines.watch,
    })
    this.#handle = handle
    if (this.#down.state === 'connecting') this.#down = { state: 'connecting', cause: 'logging in' }
    const attempt = await this.#logIn(handle.client, signal)
    if (attempt.type === 'ready') {
      this.#up = true
      const { size } = handle.client.guilds.cache
      log.info({ servers: size, messageContent: this.#messageContent }, 'discord connected')
    } else {
      await this.#leave()
    }
    signal.throwIfAborted()
    return attempt
  }

  async #logIn(client: Client, signal: AbortSignal): Promise<Attempt> {
    const ended = Promise.withResolvers<Attempt>()
    const onAbort = () => ended.resolve({ type: 'failed', error: signal.reason })
    signal.addEventListener('abort', onAbort, { once: true })
    client.once(Events.ClientReady, () => ended.resolve({ type: 'ready' }))
    client.on(Events.ShardDisconnect, ({ code }) => {
      if (this.#up) this.#lose(code)
      else ended.resolve({ type: 'closed', code })
    })
    client.on(Events.Raw, this.#parts.onPacket)
    this.#lines.follow(client)
    client.login(this.#parts.token).catch((error: unknown) => ended.resolve({ type: 'failed', error }))
    try {
      return await ended.promise
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  }

  /** The line ended for good while we were up. */
  #lose(code: number): void {
    this.#up = false
    if (code === GatewayCloseCodes.DisallowedIntents && this.#messageContent) {
      this.#goWithoutContent()
      this.#down = { state: 'connecting', cause: 'the Message Content intent was taken away, connecting without it' }
      this.#reconnecting = this.#connectAgain()
      return
    }
    const end = { type: 'closed', code } as const
    const cause = fatalError(end)?.message ?? causeOf(end)
    this.#down = { state: 'lost', cause }
    this.#parts.log.error({ code, cause }, 'discord is lost')
  }

  async #connectAgain(): Promise<void> {
    try {
      await this.#leave()
      await this.connect(this.#closing.signal)
    } catch (error) {
      if (this.#closing.signal.aborted) return
      this.#parts.log.error({ cause: error instanceof Error ? error.message : 'unknown' }, 'discord is lost')
    }
  }

  #goWithoutContent(): void {
    this.#messageContent = false
    this.#parts.log.warn(contentWithheld, 'discord withholds what people write without a mention')
  }

  async #leave(): Promise<void> {
    const handle = this.#handle
    this.#handle = undefined
    this.#scene = undefined
    await handle?.abandon()
    this.#lines.forgetTrouble()
  }
}
