import { AsyncLocalStorage } from 'node:async_hooks'
import { webApi } from '@slack/bolt'
import type { Log } from '#src/core/log.ts'
import { boltLogger } from './bolt-logger.ts'
import { faultOf, isTokenRefusal } from './faults.ts'
import type { Method } from './methods.ts'

/** Longer than Slack takes for anything, shorter than a reader's patience. */
const requestTimeoutMs = 10_000

export type SlackApiOptions = Readonly<{
  token: string
  apiUrl: string
  log: Log
  /** Slack does not take the token any more; told once, with its word for it. */
  onTokenRefused: (error: string) => void
  timeoutMs?: number | undefined
}>

/** What Slack answered, unread. */
export type Answer = Readonly<Record<string, unknown>>

/**
 * The Web API with one token. Every token has a client of its own, made from options of its own: web-api 8 writes the first
 * token into a shared `headers` option and sends it with every later client's calls.
 */
export class SlackApi {
  readonly #client: webApi.WebClient
  readonly #options: SlackApiOptions
  readonly #timeoutMs: number
  /** The client takes no signal for a single call; its fetch finds it here. */
  readonly #signal = new AsyncLocalStorage<AbortSignal>()
  #refused = false

  constructor(options: SlackApiOptions) {
    this.#options = options
    this.#timeoutMs = options.timeoutMs ?? requestTimeoutMs
    this.#client = new webApi.WebClient(options.token, {
      slackApiUrl: options.apiUrl,
      logger: boltLogger(options.log),
      timeout: this.#timeoutMs,
      // A post that is repeated blindly stands there twice. Whoever may repeat a call does it himself, knowing what it was.
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      // A call that waits in the library's queue would run with the signal of whoever made room for it.
      maxRequestConcurrency: Number.POSITIVE_INFINITY,
      fetch: (url, init) => fetch(url, { ...init, signal: this.#joined(init?.signal ?? undefined) }),
    })
  }

  /** One request, one answer; throws what the library throws, or the signal's reason. */
  async call(method: Method, args: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<Answer> {
    signal.throwIfAborted()
    try {
      return { ...(await this.#signal.run(signal, () => this.#client.apiCall(method, { ...args }))) }
    } catch (error) {
      signal.throwIfAborted()
      this.#noteRefusal(error)
      throw error
    }
  }

  /** Answers a command or shortcut at the address that came with it: five times within half an hour, and without the token. */
  async respond(url: string, body: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<void> {
    const both = AbortSignal.any([signal, AbortSignal.timeout(this.#timeoutMs)])
    const headers = { 'content-type': 'application/json; charset=utf-8' }
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal: both })
    await response.body?.cancel()
    if (!response.ok) throw new Error(`the answer was answered ${response.status}`)
  }

  /** Brings a file's bytes to the address that Slack gave for them. */
  async upload(url: string, content: string, signal: AbortSignal): Promise<void> {
    const both = AbortSignal.any([signal, AbortSignal.timeout(this.#timeoutMs)])
    const response = await fetch(url, { method: 'POST', body: content, signal: both })
    await response.body?.cancel()
    if (!response.ok) throw new Error(`the upload was answered ${response.status}`)
  }

  #joined(own: AbortSignal | undefined): AbortSignal {
    const signals = [own, this.#signal.getStore()].filter(signal => signal !== undefined)
    return AbortSignal.any(signals)
  }

  #noteRefusal(error: unknown): void {
    const { error: word } = faultOf(error)
    if (this.#refused || word === undefined || !isTokenRefusal(word)) return
    this.#refused = true
    this.#options.onTokenRefused(word)
  }
}
