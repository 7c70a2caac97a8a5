import { Histogram } from './histogram.ts'

type Reading = Readonly<{
  model: string
  running: number
  waiting: number
  kvUsage: number
  asleep: boolean
}>

const finishReasons = ['stop', 'length', 'abort', 'error', 'repetition'] as const
export type CountedFinish = (typeof finishReasons)[number]

// Bucket bounds in seconds and tokens, as the real server has them.
const firstToken = [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80]
const betweenTokens = [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80]
const wholeRequest = [0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120, 240, 480, 960, 1920, 7680]
const tokenCounts = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000]

/** The counters behind /metrics; everything on that page comes from what this server really did. */
export class Metrics {
  promptTokens = 0
  cachedTokens = 0
  generatedTokens = 0
  rejections = 0
  readonly #finished = new Map<CountedFinish, number>()
  readonly #histograms = {
    firstToken: new Histogram('time_to_first_token_seconds', firstToken),
    betweenTokens: new Histogram('inter_token_latency_seconds', betweenTokens),
    perToken: new Histogram('request_time_per_output_token_seconds', betweenTokens),
    whole: new Histogram('e2e_request_latency_seconds', wholeRequest),
    queue: new Histogram('request_queue_time_seconds', wholeRequest),
    inference: new Histogram('request_inference_time_seconds', wholeRequest),
    prefill: new Histogram('request_prefill_time_seconds', wholeRequest),
    decode: new Histogram('request_decode_time_seconds', wholeRequest),
    promptLength: new Histogram('request_prompt_tokens', tokenCounts),
    answerLength: new Histogram('request_generation_tokens', tokenCounts),
  }

  prompt(tokens: number, cached: number): void {
    this.promptTokens += tokens
    this.cachedTokens += cached
    this.#histograms.promptLength.observe(tokens)
  }

  firstToken(sinceReceivedMs: number): void {
    this.#histograms.firstToken.observe(sinceReceivedMs / 1_000)
  }

  gap(ms: number): void {
    this.#histograms.betweenTokens.observe(ms / 1_000)
  }

  finished(
    reason: CountedFinish,
    times: Readonly<{ queueMs: number; prefillMs: number; decodeMs: number }>,
    tokens: number,
  ): void {
    this.#finished.set(reason, (this.#finished.get(reason) ?? 0) + 1)
    const { queueMs, prefillMs, decodeMs } = times
    this.#histograms.queue.observe(queueMs / 1_000)
    this.#histograms.prefill.observe(prefillMs / 1_000)
    this.#histograms.decode.observe(decodeMs / 1_000)
    this.#histograms.inference.observe((prefillMs + decodeMs) / 1_000)
    this.#histograms.whole.observe((queueMs + prefillMs + decodeMs) / 1_000)
    this.#histograms.answerLength.observe(tokens)
    if (tokens > 1) this.#histograms.perToken.observe(decodeMs / (tokens - 1) / 1_000)
  }

  page(now: Reading): string {
    const engine = `engine="0",model_name="${now.model}"`
    const page: string[] = []
    const family = (kind: 'gauge' | 'counter', name: string, values: readonly (readonly [string, number])[]) => {
      page.push(`# HELP vllm:${name} Stand-in for vLLM's metric of this name.`, `# TYPE vllm:${name} ${kind}`)
      for (const [labels, value] of values) page.push(`vllm:${name}{${labels}} ${value.toFixed(1)}`)
    }
    const plain = (kind: 'gauge' | 'counter', name: string, value: number) => family(kind, name, [[engine, value]])
    plain('gauge', 'num_requests_running', now.running)
    plain('gauge', 'num_requests_waiting', now.waiting)
    family('gauge', 'num_requests_waiting_by_reason', [
      [`${engine},reason="capacity"`, now.waiting],
      [`${engine},reason="deferred"`, 0],
    ])
    family('gauge', 'engine_sleep_state', [
      [`${engine},sleep_state="awake"`, now.asleep ? 0 : 1],
      [`${engine},sleep_state="weights_offloaded"`, now.asleep ? 1 : 0],
      [`${engine},sleep_state="discard_all"`, 0],
    ])
    page.push('# HELP vllm:kv_cache_usage_perc KV-cache usage. 1 means 100 percent usage.')
    page.push('# TYPE vllm:kv_cache_usage_perc gauge', `vllm:kv_cache_usage_perc{${engine}} ${now.kvUsage}`)
    plain('counter', 'prefix_cache_queries_total', this.promptTokens)
    plain('counter', 'prefix_cache_hits_total', this.cachedTokens)
    plain('counter', 'num_preemptions_total', 0)
    plain('counter', 'prompt_tokens_total', this.promptTokens)
    family('counter', 'prompt_tokens_by_source_total', [
      [`${engine},source="local_compute"`, this.promptTokens - this.cachedTokens],
      [`${engine},source="local_cache_hit"`, this.cachedTokens],
      [`${engine},source="external_kv_transfer"`, 0],
    ])
    plain('counter', 'prompt_tokens_cached_total', this.cachedTokens)
    plain('counter', 'generation_tokens_total', this.generatedTokens)
    const model = `model_name="${now.model}"`
    family(
      'counter',
      'request_success_total',
      finishReasons.map(reason => [`engine="0",finished_reason="${reason}",${model}`, this.#finished.get(reason) ?? 0]),
    )
    family('counter', 'admission_rejections_total', [
      [`${model},reason="max_num_queued_reqs"`, this.rejections],
      [`${model},reason="max_num_queued_tokens"`, 0],
    ])
    for (const histogram of Object.values(this.#histograms)) page.push(...histogram.lines(model))
    return `${page.join('\n')}\n`
  }
}
