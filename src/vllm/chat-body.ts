import type { ChatMessage, ChatRequest } from '#src/core/model.ts'
import { sentOf } from './continuation.ts'

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
export function chatBody(request: ChatRequest, model: string, usual: Sampling): string {
  const sampling = { ...usual, ...request.sampling }
  return JSON.stringify({
    model,
    ...talk(request),
    stream: true,
    stream_options: { include_usage: true },
    temperature: sampling.temperature,
    top_p: sampling.topP,
    top_k: sampling.topK,
    min_p: sampling.minP,
    presence_penalty: sampling.presencePenalty,
    max_tokens: request.maxTokens,
    seed: request.seed,
    chat_template_kwargs: { enable_thinking: false },
  })
}

/** Words that stand already are a last message of ours that is not closed yet. vLLM refuses to go on and to begin anew at once. */
function talk({ messages, begun = '' }: ChatRequest): Readonly<Record<string, unknown>> {
  const content = sentOf(begun)
  const sent = messages.map(wireOf)
  if (content === '') return { messages: sent }
  const standing: ChatMessage = { role: 'assistant', content }
  return { messages: [...sent, standing], continue_final_message: true, add_generation_prompt: false }
}

/** An image goes along in the request itself: the server fetches nothing. */
function wireOf({ images = [], ...message }: ChatMessage): unknown {
  if (images.length === 0) return message
  const parts = images.map(({ mediaType, base64 }) => ({
    type: 'image_url',
    image_url: { url: `data:${mediaType};base64,${base64}` },
  }))
  return { role: message.role, content: [...parts, { type: 'text', text: message.content }] }
}

/** The cheapest question that a server answers only if it generates. */
export function wordBody(model: string): string {
  return JSON.stringify({
    model,
    messages: [{ role: 'user', content: 'Hello' }],
    stream: true,
    max_tokens: 1,
    chat_template_kwargs: { enable_thinking: false },
  })
}
