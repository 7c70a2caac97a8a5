import { Agent, request } from 'undici'
import { ConfigError } from '#src/core/errors.ts'
import type { Log } from '#src/core/log.ts'
import { systemClock } from '#src/system-clock.ts'
import { createVllmChatModel, type VllmChatModel } from '#src/vllm/vllm-chat-model.ts'
import { readModels } from '#src/vllm/wire.ts'
import { Stream } from './stream.ts'

export type Json = Readonly<Record<string, unknown>>
export type Told = Readonly<{ status: number; contentType: string; body: string }>

export type TargetOptions = Readonly<{
  url: string
  /** The first one that the server lists unless given. */
  model?: string | undefined
  apiKey?: string | undefined
  /** Pauses after which an idle connection is used again, in milliseconds. */
  idleMs?: readonly number[]
  signal: AbortSignal
}>

/** The server that is looked at: plain HTTP, nothing made good that it does. */
export class Target implements AsyncDisposable {
  readonly url: string
  readonly model: string
  readonly apiKey: string | undefined
  /** As the server lists it; undefined where it does not tell. */
  readonly contextLength: number | undefined
  readonly idleMs: readonly number[]
  readonly signal: AbortSignal
  readonly #agent: Agent

  private constructor(options: TargetOptions, agent: Agent, model: string, contextLength: number | undefined) {
    this.url = withoutEnd(options.url)
    this.apiKey = options.apiKey
    this.idleMs = options.idleMs ?? idleGapsMs
    this.signal = options.signal
    this.#agent = agent
    this.model = model
    this.contextLength = contextLength
  }

  /** Throws `ConfigError` when nothing can be looked at: nobody answers, the key is refused, there is no such model. */
  static async open(options: TargetOptions): Promise<Target> {
    // Each request has a connection of its own: an idle one that breaks would be our own doing.
    const agent = new Agent({ pipelining: 0, headersTimeout: patienceMs, bodyTimeout: patienceMs })
    const unnamed = new Target(options, agent, '', undefined)
    try {
      const list = await listed(unnamed)
      const chosen = options.model === undefined ? list[0] : list.find(({ id }) => id === options.model)
      if (chosen) return new Target(options, agent, chosen.id, chosen.contextLength)
      const names = list.map(({ id }) => id).join(', ') || 'none'
      throw new ConfigError(
        `The server does not list ${options.model ?? 'any model'}: --model must be one of ${names}.`,
      )
    } catch (error) {
      await agent.destroy()
      throw error
    }
  }

  get(path: string): Promise<Told> {
    return this.#ask('GET', path)
  }

  post(path: string, body: Json | string, headers: Readonly<Record<string, string>> = {}): Promise<Told> {
    return this.#ask('POST', path, typeof body === 'string' ? body : JSON.stringify(body), headers)
  }

  /** One streamed answer, read as it comes. Leaving it closes the connection. */
  async stream(body: Json, headers: Readonly<Record<string, string>> = {}): Promise<Stream> {
    const leave = new AbortController()
    const response = await request(`${this.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { ...this.#headers(), 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ ...body, stream: true }),
      dispatcher: this.#agent,
      signal: AbortSignal.any([this.signal, leave.signal]),
    })
    const contentType = String(response.headers['content-type'] ?? '')
    return new Stream(response.statusCode, contentType, response.body, leave)
  }

  /** A request with thinking off, and as far as the server can the same answer each time. */
  chat(question: string, more: Json = {}): Json {
    return {
      model: this.model,
      messages: [{ role: 'user', content: question }],
      temperature: 0,
      seed: 7,
      max_tokens: 24,
      chat_template_kwargs: { enable_thinking: false },
      ...more,
    }
  }

  /** The client that Aeries itself asks with. */
  client(more: Readonly<{ model?: string; apiKey?: string }> = {}): VllmChatModel {
    const { url, model, apiKey } = this
    return createVllmChatModel({
      url,
      model,
      apiKey,
      sampling: { temperature: 0 },
      contextLength: this.contextLength ?? 4_096,
      clock: systemClock,
      log: silent,
      ...more,
    })
  }

  /** The sum of a metric over its labels; undefined without such a page. */
  async metric(name: string): Promise<number | undefined> {
    const { status, body } = await this.get('/metrics')
    const lines = body.split('\n').filter(line => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    if (status !== 200 || lines.length === 0) return undefined
    return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#agent.destroy()
  }

  async #ask(method: 'GET' | 'POST', path: string, body?: string, more?: Json): Promise<Told> {
    const response = await request(this.url + path, {
      method,
      headers: { ...this.#headers(), ...(body !== undefined && { 'content-type': 'application/json' }), ...more },
      body: body ?? null,
      dispatcher: this.#agent,
      signal: this.signal,
    })
    const contentType = String(response.headers['content-type'] ?? '')
    return { status: response.statusCode, contentType, body: await response.body.text() }
  }

  #headers(): Readonly<Record<string, string>> {
    return this.apiKey === undefined ? {} : { authorization: `Bearer ${this.apiKey}` }
  }
}

/** Around the 5 s after which vLLM closes an idle connection without a word. */
const idleGapsMs = [4_000, 5_000, 6_000]
/** A small model on a busy processor takes its time. */
const patienceMs = 120_000

const nothing = () => {}
const silent: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing, child: () => silent }

async function listed(target: Target): Promise<NonNullable<ReturnType<typeof readModels>>> {
  const { status, body } = await target.get('/v1/models').catch((cause: Error) => {
    target.signal.throwIfAborted()
    const why = 'code' in cause ? String(cause.code) : cause.message
    throw new ConfigError(`Nobody answers at ${target.url} (${why}): is vLLM running, and is --url right?`, { cause })
  })
  if (status === 401 || status === 403)
    throw new ConfigError(`The server at ${target.url} asks for a key: set VLLM_API_KEY to its --api-key.`)
  const list = status === 200 ? readModels(body) : undefined
  if (list) return list
  if (status >= 500 || status === 429)
    throw new ConfigError(
      `${target.url} answers with status ${status}. It starts, is ill or has too much to do: look at its log, and try again in some minutes.`,
    )
  throw new ConfigError(
    `What answers at ${target.url} lists no models at /v1/models (status ${status}): --url must be the address before /v1.`,
  )
}

function withoutEnd(url: string): string {
  return url.replace(/\/+$/, '').replace(/\/v1$/, '')
}
