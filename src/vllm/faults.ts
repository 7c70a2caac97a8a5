import { ContextOverflowError, RefusedError, UnavailableError } from '#src/core/errors.ts'
import type { WireFault } from './wire.ts'

/**
 * What a fault told by the server means for the caller. `status` is the HTTP status; an error record inside a stream of
 * status 200 is judged by its own code.
 */
export function faultError(server: string, model: string, status: number, fault: WireFault): Error {
  const code = status === 200 ? codeOf(fault) : status
  const kind = [fault.type, fault.param].filter(word => typeof word === 'string' && word !== '').join(', ')
  const about = `vLLM at ${server} answered ${code}${kind && `: ${quote(kind)}`}`
  const options = { cause: new ServerWords(code, quote(fault.message), fault.retryAfterMs) }
  if (code !== 401 && code !== 403 && code !== 404 && isOverflow(code, fault)) {
    return new ContextOverflowError(
      `${about} (the prompt is longer than the model takes)`,
      fault.contextLength ?? contextLengthIn(fault.message),
      options,
    )
  }
  const cure = cureFor(code, fault, server, model)
  const message = cure === undefined ? about : `${about} (${cure})`
  if (isModelGone(code, fault)) return new ModelGoneError(message, options)
  return isFinal(code) ? new RefusedError(message, options) : new UnavailableError(message, options)
}

/** The server is there, and serves other models than ours: another try helps as soon as somebody mends that. */
export class ModelGoneError extends UnavailableError {}

/** What the server itself said. A refusal may repeat the prompt, so these words stay out of our own message, and so out of logs. */
class ServerWords extends Error {
  override readonly name = 'ServerWords'
  readonly status: number
  /** When the server wants to be asked again. */
  readonly retryAfterMs: number | undefined

  constructor(status: number, words: string, retryAfterMs: number | undefined) {
    super(words)
    this.status = status
    this.retryAfterMs = retryAfterMs
  }
}

/** Nobody answered at the address, or the connection broke before an answer began. */
export function unreachable(server: string, cause: unknown): UnavailableError {
  return new UnavailableError(
    `vLLM at ${server} cannot be reached (${codeOfCause(cause)}): is it running, and is VLLM_URL right? It takes no connections for a minute or two after its start.`,
    { cause },
  )
}

export function silentAtFirst(server: string, ms: number): UnavailableError {
  return new UnavailableError(
    `vLLM at ${server} took the request and sent no word within ${ms / 1000} s: it is overloaded, asleep or hung; its log and /metrics tell.`,
    { cause: { timer: 'first content', ms } },
  )
}

export function silentInTheMiddle(server: string, ms: number): UnavailableError {
  return new UnavailableError(
    `vLLM at ${server} fell silent for ${ms / 1000} s in the middle of an answer: it hangs, or is being shut down with the answer open.`,
    { cause: { timer: 'idle', ms } },
  )
}

export function tooSlow(server: string, ms: number): UnavailableError {
  return new UnavailableError(
    `vLLM at ${server} had not ended its answer after ${ms / 1000} s: it is overloaded, or max_tokens is more than it can say in that time.`,
    { cause: { timer: 'total', ms } },
  )
}

/** The answer ended without a finish_reason: whatever came is not the whole of it. */
export function cutOff(server: string, cause: unknown): UnavailableError {
  return new UnavailableError(
    `The answer of vLLM at ${server} broke off (${codeOfCause(cause)}): the server or a proxy before it closed the stream without a finish_reason.`,
    { cause },
  )
}

export function blankAnswer(server: string, thought: boolean): UnavailableError {
  const cause = { thought }
  if (!thought) return new UnavailableError(`vLLM at ${server} ended its answer without a word.`, { cause })
  return new UnavailableError(
    `vLLM at ${server} only thought and answered nothing: it thinks though it was asked not to. Start it with --default-chat-template-kwargs '{"enable_thinking":false}', and see that --reasoning-parser fits the model.`,
    { cause },
  )
}

export function lostInBlanks(server: string): UnavailableError {
  return new UnavailableError(
    `vLLM at ${server} wrote nothing but blanks: start it with --structured-outputs-config '{"backend":"xgrammar","disable_any_whitespace":true}', which leaves a model no room for them in JSON.`,
    { cause: { thought: false, blanks: true } },
  )
}

/** `reason`: how the answer ended. `length`: `max_tokens` was too little for it. */
export function noJson(server: string, reason: string): UnavailableError {
  return new UnavailableError(
    `vLLM at ${server} answered with what is no whole JSON (finish_reason ${reason}), though it was asked for a schema: does it know response_format?`,
    { cause: { thought: false, reason } },
  )
}

export function unreadable(server: string, what: string, cause?: unknown): UnavailableError {
  return new UnavailableError(
    `What answers at ${server} does not speak like vLLM (${what}): VLLM_URL must name the server itself, or a proxy that passes its stream on as it is.`,
    { cause: cause ?? { what } },
  )
}

/** Errors by their words, where a gateway or vLLM's Rust front end tells no status. */
const statusOfWord: Readonly<Record<string, number>> = {
  invalid_api_key: 401,
  authentication_error: 401,
  model_not_found: 404,
  NotFoundError: 404,
  rate_limit_exceeded: 429,
  context_length_exceeded: 400,
  exceed_context_size_error: 400,
  invalid_request_error: 400,
  BadRequestError: 400,
}

function codeOf({ code, type }: WireFault): number {
  if (typeof code === 'number' && code >= 400 && code < 600) return code
  const numeric = Number(code)
  if (numeric >= 400 && numeric < 600) return numeric
  return statusOfWord[String(code)] ?? statusOfWord[String(type)] ?? 500
}

/** Said by vLLM from 0.6 to 0.32, by llama.cpp's server and by OpenAI-like gateways; the group is the length if it is told. */
const overflowWords = [
  /maximum context length(?: is| of)? \(?(\d+)/i,
  /max_model_len ?[=(] ?(\d+)/i,
  /maximum model length of (\d+)/i,
  /context (?:size|window|length) ?(?:is |of )?\(?(\d+)/i,
  /exceeds? (?:the )?(?:available |model's )?(?:maximum )?context (?:size|window|length)/i,
]

function isOverflow(code: number, fault: WireFault): boolean {
  if (code === 413) return true
  if (fault.param === 'input_tokens' || fault.param === 'input_text') return true
  if (fault.code === 'context_length_exceeded' || fault.type === 'exceed_context_size_error') return true
  return overflowWords.some(words => words.test(fault.message))
}

function contextLengthIn(message: string): number | undefined {
  for (const words of overflowWords) {
    const length = Number(words.exec(message)?.[1])
    if (length > 0) return length
  }
  return undefined
}

/** 404 and 503 pass: a model is loaded, a server started. 408, 425 and 429 ask for another try themselves. */
function isFinal(code: number): boolean {
  if (code === 501) return true
  return code < 500 && code !== 404 && code !== 408 && code !== 425 && code !== 429
}

function isModelGone(code: number, { param, message }: WireFault): boolean {
  return code === 404 && (param === 'model' || /model/i.test(message))
}

function cureFor(code: number, fault: WireFault, server: string, model: string): string | undefined {
  if (code === 401 || code === 403) return 'VLLM_API_KEY must be the --api-key of the server'
  if (isModelGone(code, fault)) {
    return `the server does not serve ${model}: set VLLM_MODEL to a name that ${server}/v1/models lists, or start vLLM with --served-model-name ${model}`
  }
  if (code === 404) return `VLLM_URL must be the address before /v1; there is no chat at ${server}`
  if (code >= 300 && code < 400) return 'the address moved: set VLLM_URL to the new one'
  if (code === 429 || code === 503) return 'it takes no more requests at the moment'
  if (/EngineCore/.test(fault.message))
    return 'its engine is dead: see its log, and start it again if nothing else does'
  if (code === 502 || code === 504) return 'a proxy is there, vLLM behind it is not'
  return undefined
}

/** Enough for any message of vLLM's own; a body is never repeated whole. */
const quotedCharacters = 300
/** Validators and template engines repeat what was sent to them, which is what people wrote. */
const echo =
  /(?:["']?\b(?:input|messages|content|prompt)["']?\s*[:=]|\b(?:Final message to continue|Rendered chat):)[\s\S]*$/i

function quote(message: string): string {
  const words = message.replace(echo, '').replace(/\s+/g, ' ').trim()
  return words.length > quotedCharacters ? `${words.slice(0, quotedCharacters)}…` : words
}

function codeOfCause(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message
}
