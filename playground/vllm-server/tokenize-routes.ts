import type { ApiError } from './api-error.ts'
import { readChatRequest } from './chat-request.ts'
import { renderPrompt } from './chat-template.ts'
import { checkContinuation } from './continuation-check.ts'
import type { Engine } from './engine.ts'
import { missing, validationError } from './field-check.ts'
import type { JsonObject } from './json-body.ts'

type Told = Readonly<{ answer: unknown } | { error: ApiError }>

/** POST /tokenize: of a bare prompt, or of messages as the template would render them. */
export function tokenize(engine: Engine, body: JsonObject): Told {
  if (body['prompt'] === undefined && body['messages'] === undefined) {
    return { error: validationError([missing('prompt', body), missing('messages', body)]) }
  }
  const rendered = textOf(engine, body)
  if ('error' in rendered) return rendered
  const tokens = engine.tokenizer.encode(rendered.text)
  const answer = {
    count: tokens.length,
    max_model_len: engine.state.maxModelLen,
    tokens: tokens.map(token => token.id),
    token_strs: body['return_token_strs'] === true ? tokens.map(token => printed(token.text)) : null,
  }
  return { answer }
}

/** POST /detokenize. */
export function detokenize(engine: Engine, body: JsonObject): Told {
  const ids = body['tokens']
  if (!Array.isArray(ids)) return { error: validationError([missing('tokens', body)]) }
  return { answer: { prompt: engine.tokenizer.decode(ids.filter(id => typeof id === 'number')) } }
}

function textOf(engine: Engine, body: JsonObject): Readonly<{ text: string } | { error: ApiError }> {
  if (typeof body['prompt'] === 'string') return { text: body['prompt'] }
  const read = readChatRequest(body, engine.state.model)
  if ('error' in read) return read
  const { request } = read
  const rendering = {
    enableThinking: request.enableThinking ?? engine.options.enableThinking,
    addGenerationPrompt: request.addGenerationPrompt,
    continueFinalMessage: request.continueFinalMessage,
    template: engine.options.template,
  }
  const error = checkContinuation(request.messages, rendering)
  return error ? { error } : { text: renderPrompt(request.messages, rendering) }
}

// Byte-level vocabularies print a space and a newline by these letters.
function printed(text: string): string {
  return text.replaceAll(' ', 'Ġ').replaceAll('\n', 'Ċ')
}
