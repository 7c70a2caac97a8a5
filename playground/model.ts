import { openModelProxy } from './model-proxy.ts'
import type { Call } from './vllm-server/call.ts'
import type { LatencyPreset } from './vllm-server/latency.ts'
import { createVllmServer, type VllmServer } from './vllm-server/vllm-server.ts'
import { cutAfterTokens, type ModelWeather, slow } from './weather.ts'

/** Who answers: the stand-in, or a vLLM that somebody runs. */
export type Model = AsyncDisposable &
  Readonly<{
    url: string
    /** What it is, in plain words. */
    words: string
    standIn: VllmServer | undefined
    weather: ModelWeather
    /** All that was asked of it, oldest first; calls fill in while they go on. */
    calls(): readonly Call[]
  }>

type ModelPlan = Readonly<{ vllmUrl: string | undefined; model: string; preset: LatencyPreset }>

const lookWithinMs = 1_500 // enough for a server next door; the service itself asks again

/** Opens the stand-in, or a way to a real vLLM on which can be seen what is asked of it. */
export async function openModel({ vllmUrl, model, preset }: ModelPlan, signal: AbortSignal): Promise<Model> {
  if (vllmUrl !== undefined) return await openReal(vllmUrl, signal)
  const standIn = await createVllmServer({ model, latency: preset })
  return {
    url: standIn.url,
    words: `a scripted stand-in at the pace of ${preset}: no language model`,
    standIn,
    weather: standInWeather(standIn, preset),
    calls: () => standIn.calls,
    [Symbol.asyncDispose]: () => standIn.close(),
  }
}

async function openReal(vllmUrl: string, signal: AbortSignal): Promise<Model> {
  const targets = vllmUrl.split(',').map(one => one.trim())
  const words = `the vLLM at ${vllmUrl} (VLLM_URL), ${await whatIsServed(targets[0] ?? '', signal)}`
  const proxy = await openModelProxy(targets)
  return {
    url: proxy.url,
    words,
    standIn: undefined,
    weather: proxy.weather,
    calls: () => proxy.log.calls,
    [Symbol.asyncDispose]: () => proxy[Symbol.asyncDispose](),
  }
}

function standInWeather(standIn: VllmServer, pace: LatencyPreset): ModelWeather {
  return {
    async turn(to) {
      if (to === 'down') await standIn.setState({ door: 'refusing' })
      else await standIn.setState({ door: 'open', latency: to === 'slow' ? slow : pace })
    },
    cutNext() {
      standIn.script({ match: { stream: true }, fault: { kind: 'rst', at: cutAfterTokens } })
    },
  }
}

async function whatIsServed(url: string, signal: AbortSignal): Promise<string> {
  try {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(lookWithinMs)])
    const response = await fetch(new URL('/v1/models', url), { signal: patience })
    if (!response.ok) return `which answers /v1/models with ${response.status}`
    const { data = [] } = (await response.json()) as { data?: readonly { id?: unknown }[] }
    return `which serves ${data.map(({ id }) => String(id)).join(', ') || 'no model'}`
  } catch {
    return 'which does not answer at the moment'
  }
}
