import { type ApiError, badRequest } from './api-error.ts'
import type { WireProfile } from './wire-profile.ts'

export type Room = Readonly<{ maxTokens: number } | { error: ApiError }>

/** How many tokens the answer may have, or the refusal, in the words of the release. */
export function checkContext(prompt: number, asked: number | undefined, limit: number, profile: WireProfile): Room {
  const left = limit - prompt
  if (profile.clampsMaxTokens) {
    if (asked !== undefined && asked > limit) return { error: tooManyAsked(asked, limit) }
    return left < 1 ? { error: promptTooLong(limit) } : { maxTokens: Math.min(asked ?? left, left) }
  }
  const output = asked ?? Math.max(left, 1)
  return prompt + output > limit ? { error: tooLongTogether(prompt, output, limit, profile) } : { maxTokens: output }
}

function tooManyAsked(asked: number, limit: number): ApiError {
  const rule = `max_tokens=${asked} cannot be greater than max_model_len=${limit}. Please request fewer output tokens.`
  return badRequest(`${rule} (parameter=max_tokens, value=${asked})`, 'max_tokens')
}

// The tokenizer stops one token above the limit, so that the number never tells by how much to trim.
function promptTooLong(limit: number): ApiError {
  const least = limit + 1
  const message = `This model's maximum context length is ${limit} tokens. However, your prompt contains at least ${least} input tokens, which exceeds this limit even without any output tokens. Please reduce the length of the input prompt. (parameter=input_tokens, value=${least})`
  return badRequest(message, 'input_tokens')
}

function tooLongTogether(prompt: number, output: number, limit: number, profile: WireProfile): ApiError {
  const isOver = prompt > limit
  if (profile.contextWording === 'messages-and-completion') {
    const message = `This model's maximum context length is ${limit} tokens. However, you requested ${prompt + output} tokens (${prompt} in the messages, ${output} in the completion). Please reduce the length of the messages or completion.`
    return badRequest(message)
  }
  const input = isOver ? limit + 1 : prompt
  const message = `This model's maximum context length is ${limit} tokens. However, you requested ${output} output tokens and your prompt contains ${isOver ? 'at least ' : ''}${input} input tokens, for a total of ${isOver ? 'at least ' : ''}${input + output} tokens. Please reduce the length of the input prompt or the number of requested output tokens. (parameter=input_tokens, value=${input})`
  return badRequest(message, 'input_tokens')
}
