import { RefusedError, UnavailableError } from '#src/core/errors.ts'
import { type StructuredModel, type StructuredRequest, UnfitAnswerError } from '#src/core/structured-model.ts'
import { type AskParts, askReplicas } from './ask-replicas.ts'
import { requestHeaders } from './request-headers.ts'

export type StructuredOptions = Readonly<{ model: string; sessionHeader: string | undefined }>

/** Answers in JSON, by the same places, breakers and retries as all others. */
export function structuredModel(parts: AskParts, { model, sessionHeader }: StructuredOptions): StructuredModel {
  // vLLM takes `priority` whether it heeds it or not; a gateway may be stricter, and says so once.
  let takesPriority = true
  const ask = async (request: StructuredRequest, signal: AbortSignal): Promise<string> => {
    const body = structuredBody(request, model, takesPriority ? behindChat : undefined)
    const headers = requestHeaders(request, sessionHeader)
    let text = ''
    await askReplicas(parts, { request, body, headers, signal, json: true }, event => {
      if (event.type === 'text') text += event.text
    })
    return text
  }
  return {
    async complete(request, signal) {
      try {
        return await ask(request, signal)
      } catch (error) {
        if (isUnfit(error)) throw new UnfitAnswerError(error.message, { cause: error.cause })
        if (!takesPriority || !isAboutPriority(error)) throw error
        takesPriority = false
        return await ask(request, signal)
      }
    },
  }
}

/** As vLLM counts: lower is earlier, and chat has 0. It orders what waits under `--scheduling-policy priority` only. */
const behindChat = 10

function structuredBody(request: StructuredRequest, model: string, priority: number | undefined): string {
  const { messages, maxTokens, schema } = request
  return JSON.stringify({
    model,
    messages,
    stream: true, // also when nobody reads along: so that white space without an end is noticed
    stream_options: { include_usage: true },
    temperature: 0,
    top_p: 1,
    max_tokens: maxTokens,
    response_format: { type: 'json_schema', json_schema: { ...schema, strict: true } },
    priority,
    chat_template_kwargs: { enable_thinking: false },
  })
}

/** The server is there and did answer: its words are the trouble. Their faults say whether there was thinking. */
function isUnfit(error: unknown): error is UnavailableError {
  if (!(error instanceof UnavailableError)) return false
  return typeof error.cause === 'object' && error.cause !== null && 'thought' in error.cause
}

function isAboutPriority(error: unknown): boolean {
  return error instanceof RefusedError && error.cause instanceof Error && /priority/i.test(error.cause.message)
}
