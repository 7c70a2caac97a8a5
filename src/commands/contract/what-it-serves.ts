import { type Check, type Finding, ok, Points, warning } from './check.ts'

export const listing: Check = {
  number: 1,
  name: 'what it serves, and how it does',
  async run(target) {
    const points = new Points()
    const { contextLength } = target
    const guess = 'Set VLLM_CONTEXT_LENGTH to what the server takes.'
    points.should(Number.isInteger(contextLength), '/v1/models tells no max_model_len', guess)
    const [health, version, metrics] = await Promise.all(
      ['/health', '/version', '/metrics'].map(path => target.get(path)),
    )
    points.must(
      health?.status === 200,
      `/health answers ${health?.status}`,
      'Let Aeries reach /health: it tells a server that is back.',
    )
    const release = /"version":"([^"]+)"/.exec(version?.body ?? '')?.[1]
    points.should(release !== undefined, '/version tells none', 'Nothing to do if this is no vLLM.')
    const missing = metricNames.filter(name => !metrics?.body.includes(name))
    const lets = 'Let Aeries reach /metrics: it learns from it how many answers the server takes at once.'
    points.should(missing.length === 0, `/metrics lacks ${missing.join(', ')}`, lets)
    return points.finding(`${target.model}, ${contextLength} tokens, vLLM ${release}`)
  },
}

/** What this program reads, and what an operator looks for when it is slow. */
const metricNames = [
  'vllm:num_requests_running',
  'vllm:num_requests_waiting',
  'vllm:kv_cache_usage_perc',
  'vllm:prefix_cache_queries',
  'vllm:prefix_cache_hits',
  'vllm:prompt_tokens',
  'vllm:generation_tokens',
  'vllm:num_preemptions',
  'vllm:request_success',
  'vllm:time_to_first_token_seconds',
  'vllm:inter_token_latency_seconds',
  'vllm:request_queue_time_seconds',
]

export const requestId: Check = {
  number: 19,
  name: 'our id is its id',
  async run(target) {
    const id = `contract-${crypto.randomUUID().slice(0, 8)}`
    const stream = await (await target.stream(target.chat('Hello', { max_tokens: 2 }), { 'x-request-id': id })).read()
    const seen = stream.json[0]?.id
    if (seen === `chatcmpl-${id}`) return ok(`X-Request-Id: ${id} → ${seen}`)
    return warning(
      `X-Request-Id is not heeded: the answer is ${seen}`,
      'A turn in our log cannot be found in the log of the server; nothing breaks.',
    )
  },
}

export const unknownPath: Check = {
  number: 23,
  name: 'an unknown path is told from an unknown model',
  async run(target): Promise<Finding> {
    const { status } = await target.get('/v1/no-such-path')
    if (status === 404) return ok('404')
    return warning(`/v1/no-such-path answers ${status}`, 'A proxy that answers for every path hides a wrong VLLM_URL.')
  },
}
