import type { ChatRequest } from '#src/core/model.ts'

/** How the model picks its words. vLLM's own defaults come from the model's files, so all that matters is always sent. */
export type Sampling = Readonly<{
  temperature: number
  topP: number
  topK: number
  minP: number
  /** Against repeating itself; not sent when undefined. */
  presencePenalty: number | undefined
}>

/** The request as `POST /v1/chat/completions` takes it. vLLM ignores fields that it does not know, without a word. */
export function chatBody(request: ChatRequest, model: string, sampling: Sampling): string {
  return JSON.stringify({
    model,
    messages: request.messages,
    stream: true,
    stream_options: { include_usage: true },
    temperature: sampling.temperature,
    top_p: sampling.topP,
    top_k: sampling.topK,
    min_p: sampling.minP,
    presence_penalty: sampling.presencePenalty,
    max_tokens: request.maxTokens,
    chat_template_kwargs: { enable_thinking: false },
  })
}
