import { type ApiError, badRequest } from './api-error.ts'
import type { ChatMessage } from './chat-template.ts'
import { checkFields, type Flaw, shown, validationError } from './field-check.ts'
import type { JsonObject } from './json-body.ts'
import { checkRules } from './range-check.ts'

/** A chat request that passed every check of the real server. */
export type ChatRequest = Readonly<{
  body: JsonObject
  model: string | undefined
  messages: readonly ChatMessage[]
  stream: boolean
  includeUsage: boolean
  continuousUsage: boolean
  maxTokens: number | undefined
  stop: readonly string[]
  enableThinking: boolean | undefined
  addGenerationPrompt: boolean
  continueFinalMessage: boolean
  seed: number | undefined
  priority: number
  cacheSalt: string
  /** The JSON schema that the answer has to follow; `{}` for any object. */
  schema: unknown
  /** How often a pattern may come before the opt-in detector ends the answer. */
  repetitionLimit: number | undefined
  streamInterval: number
  returnPromptText: boolean
  returnTokenIds: boolean
  /** Fields that the server takes without a word and does nothing with. */
  ignored: readonly string[]
}>

export type ReadRequest = Readonly<{ request: ChatRequest } | { error: ApiError }>

export function readChatRequest(given: JsonObject, servedModel: string): ReadRequest {
  const checked = checkFields(given)
  if ('error' in checked) return checked
  const read = readMessages(checked.fields['messages'], servedModel)
  if ('error' in read) return read
  const error = checkRules(checked.fields)
  return error ? { error } : { request: fromBody(checked.fields, read.messages) }
}

function fromBody(body: JsonObject, messages: readonly ChatMessage[]): ChatRequest {
  const options = dict(body['stream_options'])
  const detection = dict(body['repetition_detection'])
  const stop = [body['stop'] ?? []].flat().filter(text => typeof text === 'string')
  const limit = detection['min_count']
  return {
    body,
    model: text(body['model']),
    messages,
    stream: body['stream'] === true,
    includeUsage: options['include_usage'] === true,
    continuousUsage: options['include_usage'] === true && options['continuous_usage_stats'] === true,
    maxTokens: count(body['max_completion_tokens']) ?? count(body['max_tokens']),
    stop,
    enableThinking: thinking(body),
    addGenerationPrompt: body['add_generation_prompt'] !== false,
    continueFinalMessage: body['continue_final_message'] === true,
    seed: count(body['seed']),
    priority: count(body['priority']) ?? 0,
    cacheSalt: text(body['cache_salt']) ?? '',
    schema: schemaOf(body),
    repetitionLimit: body['repetition_detection'] ? (count(limit) ?? 2) : undefined,
    streamInterval: Math.max(1, count(body['stream_interval']) ?? 1),
    returnPromptText: body['return_prompt_text'] === true,
    returnTokenIds: body['return_token_ids'] === true,
    ignored: Object.keys(body).filter(field => !heeded.has(field)),
  }
}

const heeded: ReadonlySet<string> = new Set(
  `messages model stream stream_options max_tokens max_completion_tokens min_tokens stop temperature top_p top_k min_p
  presence_penalty frequency_penalty repetition_penalty seed n tools chat_template chat_template_kwargs reasoning_effort
  add_generation_prompt continue_final_message priority cache_salt response_format structured_outputs request_id
  repetition_detection stream_interval return_prompt_text return_token_ids session_id user`.split(/\s+/),
)

function thinking(body: JsonObject): boolean | undefined {
  const asked = dict(body['chat_template_kwargs'])['enable_thinking']
  if (typeof asked === 'boolean') return asked
  return body['reasoning_effort'] === 'none' ? false : undefined
}

function schemaOf(body: JsonObject): unknown {
  const format = dict(body['response_format'])
  if (format['type'] === 'json_schema') return dict(format['json_schema'])['schema'] ?? {}
  if (format['type'] === 'json_object') return { type: 'object' }
  return dict(body['structured_outputs'])['json']
}

type ReadMessages = Readonly<{ messages: readonly ChatMessage[] } | { error: ApiError }>

function readMessages(given: unknown, servedModel: string): ReadMessages {
  const list: readonly unknown[] = Array.isArray(given) ? given : []
  if (list.length === 0) {
    return { error: badRequest('Cannot apply chat template to an empty conversation. Provide at least one message.') }
  }
  const messages: ChatMessage[] = []
  for (const [index, entry] of list.entries()) {
    const { role, content } = dict(entry)
    if (typeof role !== 'string') return flawed(index, 'role', 'missing', 'Field required', entry)
    if (Array.isArray(content) && !content.every(isText)) {
      return { error: badRequest(`${servedModel} is not a multimodal model`) }
    }
    const said = contentText(role, content)
    if (said === undefined) return flawed(index, 'content', 'string_type', 'Input should be a valid string', content)
    messages.push({ role, content: said })
  }
  return { messages }
}

function contentText(role: string, content: unknown): string | undefined {
  if (typeof content === 'string') return content
  if (Array.isArray(content)) return content.map(part => text(part) ?? text(dict(part)['text']) ?? '').join('\n')
  const mayBeNothing = role === 'assistant' || role === 'tool'
  return mayBeNothing && (content === null || content === undefined) ? '' : undefined
}

// The real list names every kind of message that this one is not; the first of them gives the `param`.
function flawed(index: number, field: string, type: string, msg: string, input: unknown): { error: ApiError } {
  const flaws = ['Developer', 'System', 'User', 'Assistant'].map((kind): Flaw => {
    const loc = `body.messages.${index}.ChatCompletion${kind}MessageParam.${field}`
    return { type, loc, msg, input: shown(input) }
  })
  return { error: validationError(flaws) }
}

function isText(part: unknown): boolean {
  return typeof part === 'string' || dict(part)['type'] === 'text'
}

function dict(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}
