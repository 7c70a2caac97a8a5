import type { Clock } from '#src/core/clock.ts'
import type { Log } from '#src/core/log.ts'
import type { ChatModel } from '#src/core/model.ts'
import { chatBody, type Sampling } from './chat-body.ts'
import { type ServerTimers, VllmServer } from './vllm-server.ts'

export type VllmOptions = Readonly<{
  /** Where vLLM listens: with or without a path, and a slash or `/v1` at its end. */
  url: string
  model: string
  apiKey?: string | undefined
  sampling?: Partial<Sampling>
  timers?: Partial<ServerTimers>
  /** Tokens that prompt and answer may take together, for as long as the server did not say it. */
  contextLength?: number
  clock: Clock
  log: Log
}>

export interface VllmChatModel extends ChatModel, AsyncDisposable {
  /**
   * Asks the server what it serves: the context length, and whether its template thinks on its own. Takes at most 5 s;
   * throws `UnavailableError`, `RefusedError` or the signal's reason. Answers need no refresh before them.
   */
  refresh(signal: AbortSignal): Promise<void>
}

/** The model behind a vLLM server, or another one that speaks OpenAI's chat completions. Disposing of it cuts open answers. */
export function createVllmChatModel(options: VllmOptions): VllmChatModel {
  const { url, model, apiKey, contextLength = cautiousContextLength, clock, log } = options
  const sampling = { ...defaultSampling, ...options.sampling }
  const timers = { ...defaultTimers, ...options.timers }
  const server = new VllmServer({ url, model, apiKey, contextLength, timers, clock, log })
  return {
    contextLength: () => server.contextLength,
    stream: (request, signal) =>
      server.answer(chatBody(request, model, sampling), { 'x-request-id': request.tag }, signal),
    refresh: signal => server.refresh(signal),
    available: signal => server.available(signal),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
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
