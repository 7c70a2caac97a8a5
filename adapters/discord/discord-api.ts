import {
  DefaultRestOptions,
  DiscordAPIError,
  parseResponse,
  type RawFile,
  REST,
  RequestMethod,
  type ResponseLike,
} from 'discord.js'
import type { Limit } from '#src/core/surface.ts'
import { limitOf } from './limits.ts'

/** Longer than Discord takes for anything, shorter than a reader's patience. */
const requestTimeoutMs = 10_000

export type DiscordApiOptions = Readonly<{
  token: string
  apiUrl: string
  /** What Discord allows over all routes. */
  requestsPerSecond: number
  onTokenRefused: () => void
  /** Too many refusals: nothing is asked for so many milliseconds. */
  onPaused: (ms: number) => void
  now: () => number
  timeoutMs?: number
  /** Answers 401, 403 and 429 in ten minutes after which nothing more is asked until they are over. */
  refusalsAllowed?: number
}>

/** Discord bans an address for 10,000 of them in ten minutes, and a healthy bot sees a handful. */
const refusalsAllowed = 1_000

/** Discord refused so much, or wants so much less of us over all routes, that nothing is asked of it for a while. */
export class PausedError extends Error {
  override readonly name = 'PausedError'
  readonly retryAfterMs: number

  constructor(retryAfterMs: number) {
    super('Discord is left alone for a while')
    this.retryAfterMs = retryAfterMs
  }
}

export type ApiRequest = Readonly<{
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  route: `/${string}`
  body?: unknown
  files?: readonly RawFile[]
  query?: URLSearchParams
  /** An answer to an interaction: it carries a token of its own, and no limit over all routes counts it. */
  ofInteraction?: true
}>

export type ApiAnswer = Readonly<{ body: unknown; limit: Limit | undefined }>

/**
 * Discord's REST API for one bot. It stands apart from the gateway's client, so that replies go on while that reconnects,
 * changes its intents or is already closed.
 */
export class DiscordApi implements Disposable {
  readonly #rest: REST
  readonly #token: string
  readonly #onTokenRefused: () => void
  readonly #timeoutMs: number
  readonly #now: () => number
  #pausedUntil = 0
  /** When the last requests went out, oldest first. */
  #asked: readonly number[] = []
  #tokenRefused = false

  constructor(options: DiscordApiOptions) {
    this.#token = options.token
    this.#onTokenRefused = options.onTokenRefused
    this.#timeoutMs = options.timeoutMs ?? requestTimeoutMs
    this.#now = options.now
    this.#rest = new REST({
      api: options.apiUrl,
      timeout: this.#timeoutMs,
      // Repeating and waiting are the engine's: a queue behind its back replays stale edits long after the answer ended.
      globalRequestsPerSecond: options.requestsPerSecond,
      retries: 0,
      offset: 0,
      rejectOnRateLimit: () => true,
      makeRequest: async (url, init) => this.#heed(await withoutBucketHash(url, init)),
      invalidRequestWarningInterval: options.refusalsAllowed ?? refusalsAllowed,
    }).setToken(options.token)
    this.#rest.on('invalidRequestWarning', ({ remainingTime }) => {
      this.#pause(remainingTime)
      options.onPaused(remainingTime)
    })
  }

  /** One request, one answer; throws what discord.js throws, `PausedError`, or the signal's reason. */
  async call(request: ApiRequest, signal: AbortSignal): Promise<ApiAnswer> {
    signal.throwIfAborted()
    const pause = this.#pausedUntil - this.#now()
    const { route, body, method, query, ofInteraction = false } = request
    if (pause > 0 && !ofInteraction) throw new PausedError(pause)
    this.#asked = [...this.#lately(), this.#now()]
    try {
      const response = await this.#rest.queueRequest({
        method: methods[method],
        fullRoute: route,
        auth: !ofInteraction,
        // The library's own timer ends with the headers; a body that never comes would hang for ever.
        signal: AbortSignal.any([signal, AbortSignal.timeout(this.#timeoutMs)]),
        ...(body === undefined ? {} : { body }),
        ...(query === undefined ? {} : { query }),
        ...(request.files === undefined ? {} : { files: [...request.files] }),
      })
      if (!ofInteraction) this.#tokenRefused = false
      return { body: await parseResponse(response), limit: limitOf(response.headers) }
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof DiscordAPIError && error.status === 401 && !ofInteraction) this.#keepToken()
      throw error
    }
  }

  /** The last request was answered 401. */
  get tokenRefused(): boolean {
    return this.#tokenRefused
  }

  /** How many requests went out within the last second. */
  askedLately(): number {
    return this.#lately().length
  }

  [Symbol.dispose](): void {
    this.#rest.clearHashSweeper()
    this.#rest.clearHandlerSweeper()
  }

  /**
   * A 429 over all routes holds all of them: more requests meanwhile would only be more refusals. One that does not come from Discord
   * itself is a ban of our address by what stands before it (Cloudflare), which bears neither Discord's scope nor its proxy's mark.
   */
  #heed(response: ResponseLike): ResponseLike {
    const { headers, status } = response
    const scope = headers.get('x-ratelimit-scope')
    const banned = scope === null && !headers.has('via')
    const global = banned || headers.has('x-ratelimit-global') || scope === 'global'
    const seconds = Number(headers.get('retry-after'))
    if (status === 429 && global && seconds > 0) this.#pause(seconds * 1_000)
    return response
  }

  #lately(): readonly number[] {
    const now = this.#now()
    return this.#asked.filter(at => Math.abs(now - at) < 1_000)
  }

  #pause(ms: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#now() + ms)
  }

  /** discord.js forgets the token on any 401. Whether it is really void, the gateway tells; until then it is kept. */
  #keepToken(): void {
    this.#rest.setToken(this.#token)
    if (!this.#tokenRefused) this.#onTokenRefused()
    this.#tokenRefused = true
  }
}

const methods = {
  GET: RequestMethod.Get,
  POST: RequestMethod.Post,
  PATCH: RequestMethod.Patch,
  PUT: RequestMethod.Put,
  DELETE: RequestMethod.Delete,
} as const

/**
 * Sends and edits of a channel carry the same bucket hash and yet count apart (discord-api-docs #8073). discord.js queues
 * and holds back by that hash, so an exhausted edit budget would hold up a first text that is free to go: without
 * the hash it goes by method and route, as Discord counts.
 */
const withoutBucketHash: typeof DefaultRestOptions.makeRequest = async (url, init) => {
  const response = await DefaultRestOptions.makeRequest(url, await withBytes(init))
  response.headers.delete('x-ratelimit-bucket')
  return response
}

/**
 * A file goes out as bytes. All undici in a process shares one global dispatcher, and whichever is loaded first sets it:
 * version 8, which the model's client brings, refuses the form that discord.js makes with version 6.
 */
async function withBytes(init: Parameters<typeof DefaultRestOptions.makeRequest>[1]): Promise<typeof init> {
  if (!(init.body instanceof FormData)) return init
  const form = new Response(init.body)
  const headers = { ...init.headers, 'content-type': form.headers.get('content-type') ?? '' }
  return { ...init, headers, body: Buffer.from(await form.arrayBuffer()) }
}
