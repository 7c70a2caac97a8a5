import type { LatencyPreset } from './vllm-server/latency.ts'
import { createVllmServer, type VllmServer } from './vllm-server/vllm-server.ts'

/** Who answers: the stand-in, or a vLLM that somebody runs. */
export type Model = AsyncDisposable &
  Readonly<{
    url: string
    /** What it is, in plain words. */
    words: string
    /** Only the stand-in's weather can be changed. */
    standIn: VllmServer | undefined
    /** How fast the stand-in is in fair weather. */
    pace: LatencyPreset
  }>

type ModelPlan = Readonly<{ vllmUrl: string | undefined; model: string; preset: LatencyPreset }>

const lookWithinMs = 1_500 // enough for a server next door; the service itself asks again

/** Opens the stand-in unless there is an address of a real vLLM, which is only looked at. */
export async function openModel({ vllmUrl, model, preset }: ModelPlan, signal: AbortSignal): Promise<Model> {
  if (vllmUrl !== undefined) {
    const [first = vllmUrl] = vllmUrl.split(',')
    const words = `the vLLM at ${vllmUrl} (VLLM_URL), ${await whatIsServed(first, signal)}`
    return { url: vllmUrl, words, standIn: undefined, pace: preset, [Symbol.asyncDispose]: async () => {} }
  }
  const standIn = await createVllmServer({ model, latency: preset })
  return {
    url: standIn.url,
    words: `a scripted stand-in at the pace of ${preset}: no language model`,
    standIn,
    pace: preset,
    [Symbol.asyncDispose]: () => standIn.close(),
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
