import { z } from 'zod'
import type { Usage } from '#src/core/model.ts'

/** What one record of a completion says. A record may say several things: text and the finish often come together. */
export type WireEvent =
  | Readonly<{ type: 'role' }>
  | Readonly<{ type: 'text'; text: string }>
  | Readonly<{ type: 'reasoning'; text: string }>
  | Readonly<{ type: 'finish'; reason: string }>
  /** `final`: of the whole answer; otherwise counted so far, without the details. */
  | Readonly<{ type: 'usage'; usage: Usage; final: boolean }>
  | Readonly<{ type: 'error'; fault: WireFault }>
  | Readonly<{ type: 'done' }>

/** An error as the server tells it, as an HTTP body or as a record of a stream. */
export type WireFault = Readonly<{
  message: string
  type: string | undefined
  param: string | undefined
  /** vLLM: the HTTP status. Its Rust front end and gateways: a word. */
  code: number | string | undefined
  /** Of a prompt that is too long: what the server takes. llama.cpp tells it in a field of its own, vLLM in its words. */
  contextLength?: number | undefined
  /** When the server wants to be asked again; only the head of a response tells it. */
  retryAfterMs?: number | undefined
}>

/** Reads one record of a stream, or the one body of a completion that was not streamed; `undefined` if it is none. */
export function readRecord(data: string): readonly WireEvent[] | undefined {
  if (data === '[DONE]') return done
  const record = recordSchema.safeParse(parseJson(data)).data
  if (!record) return undefined
  if (record.error != null || record.object === 'error' || record.detail != null) {
    return [{ type: 'error', fault: readFault(data) }]
  }
  const events: WireEvent[] = []
  const choices = record.choices ?? []
  // Nobody asks for several answers (`n`); a gateway that sends them anyway gets its first one heard.
  const choice = choices.find(({ index }) => index == null || index === 0)
  if (choice) addChoice(events, choice)
  if (record.usage) {
    events.push({ type: 'usage', usage: usageOf(record.usage), final: choices.length === 0 || choice?.message != null })
  }
  return events
}

/** Reads an error in any of the shapes that vLLM, its routers and gateways use: JSON, a bare string, HTML, nothing. */
export function readFault(body: string): WireFault {
  const parsed = faultSchema.safeParse(parseJson(body)).data
  if (!parsed) return { message: isHtml(body) ? 'an HTML page' : body, ...nothingElse }
  const { error, detail } = parsed
  if (typeof error === 'string') return { message: error, ...nothingElse }
  const fault = error ?? parsed
  return {
    message: fault.message ?? (typeof detail === 'string' ? detail : ''),
    type: fault.type ?? undefined,
    param: fault.param ?? undefined,
    code: fault.code ?? undefined,
    contextLength: fault.n_ctx ?? undefined,
  }
}

/** What `GET /v1/models` lists, or `undefined` if it is no such list. */
export function readModels(
  body: string,
): readonly Readonly<{ id: string; contextLength: number | undefined }>[] | undefined {
  const parsed = modelsSchema.safeParse(parseJson(body)).data
  return parsed?.data.map(({ id, max_model_len }) => ({ id, contextLength: max_model_len ?? undefined }))
}

/**
 * Whether a prompt as `POST /tokenize` shows it ends inside a thinking block: then the answer begins with thinking, and
 * only its closer shows. `undefined` if the body does not tell.
 */
export function readTemplateOpensThinking(body: string): boolean | undefined {
  const tokens = promptSchema.safeParse(parseJson(body)).data?.token_strs
  const prompt = tokens?.join('').replaceAll('▁', '')
  return prompt === undefined ? undefined : prompt.lastIndexOf('<think>') > prompt.lastIndexOf('</think>')
}

const done: readonly WireEvent[] = [{ type: 'done' }]
const nothingElse = { type: undefined, param: undefined, code: undefined }

const words = z.string().nullish()

/** `delta` in a stream, `message` in a body that was not streamed. */
const partSchema = z.object({ role: words, content: words, reasoning: words, reasoning_content: words }).nullish()

const usageSchema = z.object({
  prompt_tokens: z.number(),
  completion_tokens: z.number().nullish(),
  prompt_tokens_details: z.object({ cached_tokens: z.number().nullish() }).nullish(),
})

/** Only what is read, and nothing that must be there: versions and gateways differ in all the rest. */
const recordSchema = z.object({
  choices: z
    .array(z.object({ index: z.number().nullish(), delta: partSchema, message: partSchema, finish_reason: words }))
    .nullish(),
  usage: usageSchema.nullish().catch(undefined),
  error: z.unknown().optional(),
  object: z.unknown().optional(),
  detail: z.unknown().optional(),
})

const leaf = words.catch(undefined)
const faultFields = {
  message: leaf,
  type: leaf,
  param: leaf,
  code: z.union([z.number(), z.string()]).nullish().catch(undefined),
  n_ctx: z.number().positive().nullish().catch(undefined),
}
const faultSchema = z.object({
  ...faultFields,
  error: z
    .union([z.string(), z.object(faultFields)])
    .nullish()
    .catch(undefined),
  detail: z.unknown().optional(),
})

const modelsSchema = z.object({
  data: z.array(z.object({ id: z.string(), max_model_len: z.number().nullish().catch(undefined) })),
})

const promptSchema = z.object({ token_strs: z.array(z.string()).nullish() })

type Choice = NonNullable<z.infer<typeof recordSchema>['choices']>[number]

function addChoice(events: WireEvent[], choice: Choice): void {
  const part = choice.delta ?? choice.message
  if (part?.role) events.push({ type: 'role' })
  const reasoning = part?.reasoning ?? part?.reasoning_content
  if (reasoning) events.push({ type: 'reasoning', text: reasoning })
  if (part?.content) events.push({ type: 'text', text: part.content })
  // Some servers send `""` on every chunk for "not yet".
  if (choice.finish_reason) events.push({ type: 'finish', reason: choice.finish_reason })
}

function usageOf(usage: z.infer<typeof usageSchema>): Usage {
  return {
    promptTokens: usage.prompt_tokens,
    cachedTokens: usage.prompt_tokens_details?.cached_tokens ?? undefined,
    completionTokens: usage.completion_tokens ?? 0,
  }
}

/** `undefined`, which no JSON says, for what is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isHtml(body: string): boolean {
  return /^\s*<(?:!doctype|html|head|body)/i.test(body)
}
