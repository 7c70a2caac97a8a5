import type { WireProfile } from './wire-profile.ts'

export type TokenCount = Readonly<{
  prompt: number
  completion: number
  reasoning: number
  cached: number
  createdInCache: number
}>

export type RequestTimes = Readonly<{ queueMs: number; firstTokenMs: number; generationMs: number }>

/** Which details this server was started to tell (`--enable-prompt-tokens-details` and the like). */
export type UsageFlags = Readonly<{
  promptTokensDetails: boolean
  reasoningParser: boolean
  perRequestMetrics: boolean
}>

/** The `usage` object on an interior chunk (`continuous_usage_stats`): it never has the prompt's details. */
export function runningUsage(count: TokenCount, flags: UsageFlags): Readonly<Record<string, unknown>> {
  return { ...totals(count), ...reasoningDetails(count, flags) }
}

/** The `usage` object that closes an answer. */
export function finalUsage(
  count: TokenCount,
  flags: UsageFlags,
  profile: WireProfile,
  form: 'stream' | 'whole',
): Readonly<Record<string, unknown>> {
  const details: Record<string, unknown> = { cached_tokens: count.cached }
  if (profile.cacheDetails) {
    details['created_cache_tokens'] = count.createdInCache
    if (form === 'whole') details['multimodal_tokens'] = null
  }
  return {
    ...totals(count),
    ...(flags.promptTokensDetails ? { prompt_tokens_details: details } : {}),
    ...reasoningDetails(count, flags),
  }
}

/** The `metrics` object of `--enable-per-request-metrics`; the first token is counted from the slot, not from the queue. */
export function requestMetrics(times: RequestTimes, completion: number): Readonly<Record<string, unknown>> {
  const seconds = Math.max(1, times.firstTokenMs + times.generationMs) / 1_000
  return {
    time_to_first_token_ms: times.firstTokenMs,
    generation_time_ms: times.generationMs,
    queue_time_ms: times.queueMs,
    mean_itl_ms: completion > 1 ? times.generationMs / (completion - 1) : null,
    tokens_per_second: completion / seconds,
  }
}

function totals(count: TokenCount) {
  return {
    prompt_tokens: count.prompt,
    total_tokens: count.prompt + count.completion,
    completion_tokens: count.completion,
  }
}

function reasoningDetails(count: TokenCount, flags: UsageFlags) {
  return flags.reasoningParser ? { completion_tokens_details: { reasoning_tokens: count.reasoning } } : {}
}
