import { type ApiError, badRequest } from './api-error.ts'

type Body = Readonly<Record<string, unknown>>

/** Rules that a body breaks by itself, in the words of the real server. */
export function checkRules(body: Body): ApiError | undefined {
  const tools = body['tools']
  const format = body['response_format']
  if (body['stream_options'] && body['stream'] !== true) {
    return named('Stream options can only be defined when `stream=True`.', 'stream_options')
  }
  if (Array.isArray(tools) && tools.length === 0) {
    const cure = 'Either provide at least one tool or omit the field entirely.'
    return named(`\`tools\` must not be an empty array. ${cure}`, 'tools')
  }
  if (isDict(format) && format['type'] === 'json_schema' && !isDict(format['json_schema'])) {
    const cure = "the 'json_schema' field must be provided."
    return named(`When response_format type is 'json_schema', ${cure}`, 'response_format')
  }
  if (body['cache_salt'] === '') {
    return named("Parameter 'cache_salt' must be a non-empty string if provided.", 'cache_salt')
  }
  if (body['chat_template'] !== undefined && body['chat_template'] !== null) return badRequest(untrustedTemplate)
  if (body['continue_final_message'] === true && body['add_generation_prompt'] !== false) return badRequest(twoEndings)
  return undefined
}

const untrustedTemplate =
  'Chat template is passed with request, but --trust-request-chat-template is not set. Refused request with untrusted chat template.'
const twoEndings =
  'continue_final_message and add_generation_prompt are not compatible. Use continue_final_message when you want the model to continue the final message, and add_generation_prompt when you want to add a header that will prompt it to start a new assistant message instead.'

/** Ranges of the sampling parameters; the real server looks at them after it has let a request in. */
export function checkSampling(body: Body): ApiError | undefined {
  if ([body['stop'] ?? []].flat().includes('')) return badRequest('stop cannot contain an empty string.')
  return checkLengths(body) ?? checkRanges(body)
}

function checkLengths(body: Body): ApiError | undefined {
  const asked = body['max_completion_tokens'] ?? body['max_tokens']
  const least = body['min_tokens']
  if (typeof asked !== 'number') return undefined
  if (asked < 1) return valued('max_tokens', 'must be at least 1', asked, String(asked))
  if (typeof least === 'number' && least > asked) {
    return badRequest(`min_tokens must be less than or equal to max_tokens=${asked}, got ${least}.`)
  }
  return undefined
}

function checkRanges(body: Body): ApiError | undefined {
  const { temperature, top_p: topP, top_k: topK, min_p: minP, n } = body
  if (typeof temperature === 'number' && temperature < 0)
    return valued('temperature', 'must be non-negative', temperature)
  if (typeof temperature === 'number' && temperature > 2) return valued('temperature', 'must be in [0, 2]', temperature)
  if (typeof topP === 'number' && !(topP > 0 && topP <= 1)) return valued('top_p', 'must be in (0, 1]', topP)
  if (typeof topK === 'number' && topK < -1) {
    return badRequest(`top_k must be 0 (disable), or at least 1, got ${topK}.`)
  }
  if (typeof minP === 'number' && !(minP >= 0 && minP <= 1)) {
    return badRequest(`min_p must be in [0, 1], got ${float(minP)}.`)
  }
  for (const penalty of ['presence_penalty', 'frequency_penalty']) {
    const value = body[penalty]
    if (typeof value === 'number' && Math.abs(value) > 2) {
      return badRequest(`${penalty} must be in [-2, 2], got ${float(value)}.`)
    }
  }
  const repetition = body['repetition_penalty']
  if (typeof repetition === 'number' && repetition <= 0) {
    return badRequest(`repetition_penalty must be greater than zero, got ${float(repetition)}.`)
  }
  if (typeof n === 'number' && n > 1 && temperature === 0) {
    return badRequest(`n must be 1 when using greedy sampling, got ${n}.`)
  }
  return undefined
}

function valued(param: string, rule: string, value: number, text = float(value)): ApiError {
  return badRequest(`${param} ${rule}, got ${text}. (parameter=${param}, value=${text})`, param)
}

function named(message: string, param: string): ApiError {
  return badRequest(`${message} (parameter=${param})`, param)
}

function float(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value)
}

function isDict(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
