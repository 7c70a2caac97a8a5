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
    const model = `model_name="${now.model}"`
    const families = [...this.#gauges(now), ...this.#counters()].map(family => familyLines(family, model))
    const histograms = Object.values(this.#histograms).map(histogram => histogram.lines(model))
    return `${[...families, ...histograms].flat().join('\n')}\n`
  }

  #gauges(now: Reading): readonly Family[] {
    return [
      gauge('num_requests_running', now.running),
      gauge('num_requests_waiting', now.waiting),
      {
        ...gauge('num_requests_waiting_by_reason', 0),
        values: [
          [reason('capacity'), now.waiting],
          [reason('deferred'), 0],
        ],
      },
      {
        ...gauge('engine_sleep_state', 0),
        values: [
          ['sleep_state="awake"', now.asleep ? 0 : 1],
          ['sleep_state="weights_offloaded"', now.asleep ? 1 : 0],
          ['sleep_state="discard_all"', 0],
        ],
      },
      gauge('kv_cache_usage_perc', now.kvUsage),
    ]
  }

  #counters(): readonly Family[] {
    return [
      counter('prefix_cache_queries_total', this.promptTokens),
      counter('prefix_cache_hits_total', this.cachedTokens),
      counter('num_preemptions_total', 0),
      counter('prompt_tokens_total', this.promptTokens),
      {
        ...counter('prompt_tokens_by_source_total', 0),
        values: [
          ['source="local_compute"', this.promptTokens - this.cachedTokens],
          ['source="local_cache_hit"', this.cachedTokens],
          ['source="external_kv_transfer"', 0],
        ],
      },
      counter('prompt_tokens_cached_total', this.cachedTokens),
      counter('generation_tokens_total', this.generatedTokens),
      {
        ...counter('request_success_total', 0),
        values: finishReasons.map(finish => [`finished_reason="${finish}"`, this.#finished.get(finish) ?? 0]),
      },
      {
        ...counter('admission_rejections_total', 0),
        values: [
          [reason('max_num_queued_reqs'), this.rejections],
          [reason('max_num_queued_tokens'), 0],
        ],
        isOfFrontend: true,
      },
    ]
  }
}

type Family = Readonly<{
  kind: 'gauge' | 'counter'
  name: string
  /** Labels beside those of the engine and the model. */
  values: readonly (readonly [labels: string, value: number])[]
  /** Counted before the engine: no `engine` label. */
  isOfFrontend?: boolean
}>

const gauge = (name: string, value: number): Family => ({ kind: 'gauge', name, values: [['', value]] })
const counter = (name: string, value: number): Family => ({ kind: 'counter', name, values: [['', value]] })
const reason = (name: string) => `reason="${name}"`

// Labels stand in the order of the alphabet on the real page.
function familyLines({ kind, name, values, isOfFrontend }: Family, model: string): readonly string[] {
  const lines = values.map(([extra, value]) => {
    const labels = [isOfFrontend ? '' : 'engine="0"', model, extra].filter(label => label !== '').sort()
    return `vllm:${name}{${labels.join(',')}} ${Number.isInteger(value) ? value.toFixed(1) : value}`
  })
  return [`# HELP vllm:${name} Stand-in for vLLM's metric of this name.`, `# TYPE vllm:${name} ${kind}`, ...lines]
}
