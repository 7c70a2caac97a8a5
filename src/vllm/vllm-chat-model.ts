import type { Clock } from '#src/core/clock.ts'
import { UnavailableError } from '#src/core/errors.ts'
import type { Log } from '#src/core/log.ts'
import type { ChatModel } from '#src/core/model.ts'
import type { StructuredModel } from '#src/core/structured-model.ts'
import { Admission } from './admission.ts'
import { askReplicas } from './ask-replicas.ts'
import { chatBody, type Sampling, wordBody } from './chat-body.ts'
import { HeardAnswer } from './heard-answer.ts'
import { Replica } from './replica.ts'
import { Replicas } from './replicas.ts'
import { requestHeaders } from './request-headers.ts'
import { RetryBudget, type RetryLimits } from './retry-budget.ts'
import { structuredModel } from './structured-answer.ts'
import { type ServerTimers, VllmServer } from './vllm-server.ts'

export type VllmOptions = Readonly<{
  /** Where vLLM listens: with or without a path, and a slash or `/v1` at its end. Several serve the same model. */
  url: string | readonly string[]
  model: string
  apiKey?: string | undefined
  sampling?: Partial<Sampling>
  timers?: Partial<ServerTimers>
  /** Tokens that prompt and answer may take together, for as long as the server did not say it. */
  contextLength?: number
  /** Answers that one server generates at once; learnt from its load when undefined. */
  maxConcurrent?: number | undefined
  /** In small letters: carries a name of the conversation, for a router; none is sent when undefined. */
  sessionHeader?: string | undefined
  retries?: RetryLimits
  /** From 0 to 1. */
  random?: () => number
  clock: Clock
  log: Log
}>

export interface VllmChatModel extends ChatModel, StructuredModel, AsyncDisposable {
  /**
   * Asks each server what it serves: the context length, and whether its template thinks on its own; and for a word where answers
   * have failed since the last one. Takes at most 5 s, and as long again for the word; throws `UnavailableError`, `RefusedError` or the
   * signal's reason if none of them says it. Answers need no refresh before them.
   */
  refresh(signal: AbortSignal): Promise<void>
  /** What is going on now: answers that wait for a place, answers that are generated, servers and how many of them are away. */
  load(): Readonly<{ waiting: number; open: number; servers: number; away: number }>
}

/** The model behind one or several vLLM servers, or others that speak OpenAI's chat completions. Disposing of it cuts open answers. */
export function createVllmChatModel(options: VllmOptions): VllmChatModel {
  const { model, sessionHeader, clock, log, random = Math.random } = options
  const sampling = { ...defaultSampling, ...options.sampling }
  const admission = new Admission(() => replicas.crowded())
  const replicas = createReplicas(options, random, () => {
    replicas.changed()
    if (replicas.isAway) admission.refuse(() => replicas.awayError())
    else admission.admit()
  })
  const budget = new RetryBudget(options.retries ?? defaultRetries, clock)
  const parts = { replicas, admission, budget, clock, random, log }
  return {
    contextLength: () => replicas.contextLength,
    ...structuredModel(parts, { model, sessionHeader }),
    stream: (request, signal) => {
      const body = chatBody(request, model, sampling)
      const asked = { request, body, headers: requestHeaders(request, sessionHeader) }
      return new HeardAnswer((hear, ended) => askReplicas(parts, { ...asked, signal: ended }, hear), signal)
    },
    refresh: signal => replicas.refresh(signal),
    available: signal => replicas.available(signal),
    load: () => ({ waiting: admission.waiting, ...replicas.load }),
    [Symbol.asyncDispose]: () => {
      admission.refuse(() => new UnavailableError('Aeries is being stopped'))
      return replicas[Symbol.asyncDispose]()
    },
  }
}

function createReplicas(options: VllmOptions, random: () => number, changed: () => void): Replicas {
  const { url, model, apiKey, contextLength = cautiousContextLength, maxConcurrent, clock, log } = options
  const timers = { ...defaultTimers, ...options.timers }
  const aWord = wordBody(model)
  const all = [url].flat().map(address => {
    const server = new VllmServer({ url: address, model, apiKey, contextLength, timers, clock, log })
    return new Replica({ server, aWord, maxConcurrent, clock, random, log, changed })
  })
  return new Replicas(all, clock)
}

/** Qwen3's own advice for answers without thinking. */
const defaultSampling: Sampling = { temperature: 0.7, topP: 0.8, topK: 20, minP: 0, presencePenalty: undefined }

const defaultTimers: ServerTimers = {
  connectMs: 1_000,
  connectTriesWithinMs: 2_500, // a person hears within 3 s that nobody is there
  firstContentMs: 30_000, // queue and prefill of a busy server
  idleMs: 15_000, // a preempted request pauses for seconds
  totalMs: 120_000,
}

/** Too small a guess trims the history more than needed, too large a one is refused; the first word of the server mends both. */
const cautiousContextLength = 4_096

const defaultRetries: RetryLimits = { share: 0.1, floor: 3 }
