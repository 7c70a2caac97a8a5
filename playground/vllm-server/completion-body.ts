import type { Identity } from './wire-chunks.ts'
import type { WireProfile } from './wire-profile.ts'

export type WholeAnswer = Readonly<{
  content: string | null
  reasoning: string | null
  finishReason: string | null
  stopReason: string | null
  usage: Readonly<Record<string, unknown>>
  metrics: Readonly<Record<string, unknown>> | undefined
}>

/** The body of an answer that was not streamed, with the many explicit nulls of the real one. */
export function completionBody(identity: Identity, answer: WholeAnswer, profile: WireProfile): string {
  const late = profile.lateKeys
  return JSON.stringify({
    id: identity.id,
    object: 'chat.completion',
    created: identity.created,
    model: identity.model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: answer.content,
          refusal: null,
          annotations: null,
          audio: null,
          function_call: null,
          ...(late ? {} : { tool_calls: [] }),
          [profile.reasoningField]: answer.reasoning,
        },
        logprobs: null,
        finish_reason: answer.finishReason,
        stop_reason: answer.stopReason,
        ...(late ? { token_ids: null } : {}),
        ...(profile.cacheDetails ? { routed_experts: null } : {}),
      },
    ],
    service_tier: null,
    system_fingerprint: late ? identity.fingerprint : null,
    usage: answer.usage,
    prompt_logprobs: null,
    ...(late ? { prompt_token_ids: null } : {}),
    ...(profile.cacheDetails ? { prompt_text: null } : {}),
    kv_transfer_params: null,
    ...(profile.cacheDetails ? { ec_transfer_params: null } : {}),
    ...(answer.metrics ? { metrics: { ...answer.metrics, speculative_decoding: null } } : {}),
  })
}
