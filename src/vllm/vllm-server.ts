import type { Clock } from '#src/core/clock.ts'
import { ContextOverflowError } from '#src/core/errors.ts'
import type { Log } from '#src/core/log.ts'
import { Answer, type AnswerKind } from './answer.ts'
import { type AnswerLimits, AnswerWatch } from './answer-watch.ts'
import { faultError, unreachable, unreadable } from './faults.ts'
import type { Hear } from './hear.ts'
import { IncomingAnswer } from './incoming-answer.ts'
import { PauseWatch } from './pause-watch.ts'
import { readText } from './read-text.ts'
import { retryAfterMs } from './retry-after.ts'
import { readLoad, type ServerLoad } from './server-load.ts'
import {
  type ConnectionLimits,
  type Request,
  type RequestHeaders,
  type Response,
  VllmConnection,
} from './vllm-connection.ts'
import { readFault, readModels, readTemplateOpensThinking } from './wire.ts'

export type ServerOptions = Readonly<{
  url: string
  model: string
  apiKey: string | undefined
  /** Tokens that prompt and answer may take together, until the server says it. */
  contextLength: number
  timers: ServerTimers
  clock: Clock
  log: Log
}>

/** The body of a request as JSON, and what its answer has to be. */
export type Asked = AnswerKind & Readonly<{ body: string; headers: RequestHeaders }>

export type ServerTimers = AnswerLimits & Omit<ConnectionLimits, 'silenceMs'>

/** One server: how to ask it, and what is known of it. */
export class VllmServer implements AsyncDisposable {
  readonly #options: ServerOptions
  readonly #connection: VllmConnection
  readonly #pauses: PauseWatch
  readonly #log: Log
  #contextLength: number
  /** Its template opens the thinking block in the prompt, so that an answer shows only the closer. */
  #opensThinking = false
  #isModelListed = true
  #toldOfBursts = false

  constructor(options: ServerOptions) {
    this.#options = options
    const { url, apiKey, timers, clock } = options
    const silenceMs = Math.max(timers.firstContentMs, timers.idleMs)
    this.#connection = new VllmConnection({ url, apiKey, limits: { ...timers, silenceMs }, clock })
    this.#pauses = new PauseWatch(clock)
    this.#log = options.log.child({ server: this.#connection.name })
    this.#contextLength = options.contextLength
  }

  /** The address as it may be told to operators. */
  get name(): string {
    return this.#connection.name
  }

  /** As last heard. */
  get contextLength(): number {
    return this.#contextLength
  }

  /** Tells the answer as it comes, and resolves behind its end; see `ChatModel.stream`. */
  async answer({ body, headers, ...kind }: Asked, hear: Hear, signal: AbortSignal): Promise<void> {
    const { clock, timers, model } = this.#options
    const server = this.#connection.name
    using watch = new AnswerWatch(server, clock, timers, signal)
    const response = await this.#ask({ method: 'POST', path: '/v1/chat/completions', body, headers }, watch.signal)
    const form = formOf(response)
    if (form === 'html') {
      const error = unreadable(server, 'an HTML page')
      response.body.abandon(error)
      throw error
    }
    const answer = new Answer({ server, model, form, opensThinking: this.#opensThinking, kind })
    using incoming = new IncomingAnswer(answer, watch, clock, hear)
    const pause = () => incoming.hasSpoken && hear({ type: 'pause' })
    using _pauses = this.#pauses.watch(() => watch.aliveAt, pause)
    const outcome = await incoming.take(response.body)
    signal.throwIfAborted()
    this.#learn(answer, incoming)
    if (outcome.type === 'failed') throw this.#learnt(outcome.error)
    hear(outcome)
  }

  /** Asks for the context length, and how the model's template treats thinking. Throws `UnavailableError`, `RefusedError`. */
  async refresh(signal: AbortSignal): Promise<void> {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(refreshMs)])
    try {
      await this.#readModels(limit)
      await this.#probeTemplate(limit)
    } catch (error) {
      signal.throwIfAborted()
      throw limit.aborted ? unreachable(this.#connection.name, error) : error
    }
  }

  /** How busy it says that it is; `undefined` where nobody tells. Throws as `refresh` does. */
  async load(signal: AbortSignal): Promise<ServerLoad | undefined> {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(refreshMs)])
    const { body } = await this.#ask({ method: 'GET', path: '/metrics' }, limit)
    return readLoad(await readText(body, metricsBytes, this.#options.clock))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connection[Symbol.asyncDispose]()
  }

  async #ask(request: Request, signal: AbortSignal): Promise<Response> {
    const response = await this.#connection.request(request, signal)
    if (response.status === 200) return response
    const body = await readText(response.body, errorBytes, this.#options.clock)
    signal.throwIfAborted()
    const fault = { ...readFault(body), retryAfterMs: retryAfterMs(response.retryAfter, this.#options.clock.now()) }
    throw this.#learnt(faultError(this.#connection.name, this.#options.model, response.status, fault))
  }

  async #readModels(signal: AbortSignal): Promise<void> {
    const { model } = this.#options
    const { body } = await this.#ask({ method: 'GET', path: '/v1/models' }, signal)
    const models = readModels(await readText(body, modelsBytes, this.#options.clock))
    signal.throwIfAborted()
    if (!models) throw unreadable(this.#connection.name, 'no list at /v1/models')
    const served = models.find(({ id }) => id === model)
    if (served?.contextLength !== undefined) this.#contextLength = served.contextLength
    const isNews = this.#isModelListed
    this.#isModelListed = served !== undefined
    if (served || !isNews) return
    const cure = 'set VLLM_MODEL to a name that is served, or start vLLM with --served-model-name'
    this.#log.warn({ model, served: models.slice(0, 10).map(({ id }) => id), cure }, 'model is not served')
  }

  /** A template that opens the block leaves a mark in the rendered prompt; vLLM shows it. Other servers need not know how. */
  async #probeTemplate(signal: AbortSignal): Promise<void> {
    const body = JSON.stringify({
      model: this.#options.model,
      messages: [{ role: 'user', content: 'Hello' }],
      add_generation_prompt: true,
      return_token_strs: true,
      chat_template_kwargs: { enable_thinking: false },
    })
    try {
      const response = await this.#ask({ method: 'POST', path: '/tokenize', body }, signal)
      if (readTemplateOpensThinking(await readText(response.body, modelsBytes, this.#options.clock)))
        this.#noteThinking('template')
    } catch (error) {
      signal.throwIfAborted()
      this.#log.debug({ err: error }, 'template not shown')
    }
  }

  #learn(answer: Answer, incoming: IncomingAnswer): void {
    if (answer.lesson === 'opens thinking') this.#noteThinking('answer')
    if (answer.lesson === 'opens none') this.#opensThinking = false
    const { count, foreign } = answer.records
    if (foreign > 0) this.#log.warn({ records: count, foreign }, 'records left out that are no JSON')
    if (this.#toldOfBursts || !incoming.cameAtOnce(count)) return
    this.#toldOfBursts = true
    const cure = 'switch off buffering in the proxy before vLLM (nginx: proxy_buffering off)'
    this.#log.warn({ records: count, cure }, 'answer came all at once')
  }

  #noteThinking(seenIn: 'template' | 'answer'): void {
    if (this.#opensThinking) return
    this.#opensThinking = true
    const cure =
      'serve a model or a template that can switch thinking off, or start vLLM with the --reasoning-parser of the model'
    this.#log.warn({ seenIn, cure }, 'model thinks before it answers: answers appear only after that')
  }

  #learnt(error: Error): Error {
    if (error instanceof ContextOverflowError && error.contextLength !== undefined)
      this.#contextLength = error.contextLength
    return error
  }
}

/** Errors of vLLM are below 1 kB; a page of a proxy says nothing after its first lines. */
const errorBytes = 4_096
/** A card is about 500 characters; servers with many adapters list hundreds. */
const modelsBytes = 1_000_000
const refreshMs = 5_000
/** The page of a server with one model is 100 kB at most. */
const metricsBytes = 2_000_000

function formOf({ contentType }: Response): 'stream' | 'whole' | 'html' {
  if (contentType.startsWith('application/json')) return 'whole'
  return contentType.startsWith('text/html') ? 'html' : 'stream'
}
