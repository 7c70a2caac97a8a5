import { ask } from '#src/commands/contract/ask.ts'
import type { Check } from '#src/commands/contract/check.ts'
import { priority } from '#src/commands/contract/leaving.ts'
import { structured } from '#src/commands/contract/schemas.ts'
import { Target } from '#src/commands/contract/target.ts'
import { thinking } from '#src/commands/contract/thinking.ts'
import { prefixCache } from '#src/commands/contract/tokens.ts'
import type { Config } from '#src/config.ts'
import { ConfigError } from '#src/core/errors.ts'
import { type Finding, fault, faultFrom, ok, warning } from './finding.ts'
import { lookAtLearning } from './learning-pace.ts'

type VllmConfig = Config['vllm']
type VllmSettings = Pick<Config, 'vllm' | 'maxTokens' | 'learning'>

/** A model that is there answers one question within that, however slow the machine. */
const patienceMs = 120_000
/** The list of models comes at once, or somebody holds the connection and says nothing. */
const listWithinMs = 5_000
/** Whoever asks waits longer than that for a short answer on an idle server only when something is wrong. */
const slowMs = 3_000
/** Below that a talk is forgotten within a few answers. */
const smallContext = 4_096

const closer: readonly (readonly [string, Check])[] = [
  ['vllm structured output', structured],
  ['vllm thinking', thinking],
  ['vllm prefix cache', prefixCache],
  ['vllm priority', priority],
]

/** One server of VLLM_URL: whether it is there, serves the model, and does what Aeries relies on. */
export async function* lookAtVllm(
  url: string,
  { vllm: config, maxTokens, learning }: VllmSettings,
  signal: AbortSignal,
) {
  yield* lookAtWay(url, config.apiKey)
  const patience = AbortSignal.timeout(patienceMs)
  try {
    await using target = await openTarget(url, config, AbortSignal.any([signal, patience]), signal)
    yield ok('vllm', `${target.url} serves ${target.model}`)
    yield lookAtContext(target, config, maxTokens)
    for (const [name, check] of closer) yield await lookCloser(name, check, target)
    yield await lookAtLatency(target)
    yield* await lookAtLearning(target, learning)
  } catch (error) {
    signal.throwIfAborted()
    yield patience.aborted ? tooSlow(url, patienceMs) : faultOfServer(url, error)
  }
}

async function openTarget(
  url: string,
  config: VllmConfig,
  patience: AbortSignal,
  signal: AbortSignal,
): Promise<Target> {
  const { model, apiKey } = config
  const silence = AbortSignal.timeout(listWithinMs)
  const opening = Target.open({ url, model, apiKey, signal: patience })
  const late = new Promise<never>((_, reject) => {
    silence.addEventListener('abort', () => reject(new Silent()), { once: true })
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  // Whoever comes too late is not waited for.
  opening.catch(() => {})
  return await Promise.race([opening, late])
}

class Silent extends Error {}

function faultOfServer(url: string, error: unknown): Finding {
  if (error instanceof Silent) return tooSlow(url, listWithinMs)
  if (!(error instanceof ConfigError)) {
    return fault('vllm', `${url} breaks off`, 'Look at the log of vLLM, and at what is between.')
  }
  const message = error.message.replace('--url', 'VLLM_URL').replace('--model', 'VLLM_MODEL')
  return faultFrom('vllm', message, 'Look at VLLM_URL.')
}

function tooSlow(url: string, ms: number): Finding {
  const cure = 'Look at the log of vLLM: it may still load the model, or hang. Restart it if that stays.'
  return fault('vllm', `${url} takes connections, and says nothing within ${ms / 1_000} s`, cure)
}

function* lookAtWay(url: string, apiKey: string | undefined): Iterable<Finding> {
  const { protocol, hostname } = new URL(url)
  if (protocol === 'https:' || /^(?:localhost|127\.[\d.]+|\[::1\])$/.test(hostname)) return
  const cure =
    'Give vLLM a certificate (--ssl-certfile), or a proxy with one, or a network of your own that nobody else reads.'
  const what = apiKey === undefined ? 'what people write goes' : 'what people write and VLLM_API_KEY go'
  yield warning('vllm way', `${what} to ${hostname} unencrypted`, cure)
}

function lookAtContext({ contextLength }: Target, config: VllmConfig, maxTokens: number): Finding {
  const name = 'vllm context'
  if (contextLength === undefined) {
    const told = `the server tells none; VLLM_CONTEXT_LENGTH says ${config.contextLength}`
    return warning(name, told, 'Set VLLM_CONTEXT_LENGTH to what the server takes.')
  }
  const told = `${contextLength} tokens for a talk and its answer`
  const cure = 'Start vLLM with a greater --max-model-len (16384 is good), or lower MAX_TOKENS.'
  if (contextLength < 2 * maxTokens) return warning(name, `${told}, and MAX_TOKENS asks for ${maxTokens} of them`, cure)
  return contextLength < smallContext ? warning(name, told, cure) : ok(name, told)
}

async function lookCloser(name: string, { run }: Check, target: Target): Promise<Finding> {
  const { level, told, cure } = await run(target).catch((error: unknown) => {
    target.signal.throwIfAborted()
    const why = error instanceof Error ? error.message : String(error)
    return { level: 'fault' as const, told: `the server broke off (${why})`, cure: 'Look at the log of vLLM.' }
  })
  if (level === 'ok' || level === 'skipped') return ok(name, told)
  return { name, state: level, cause: told, cure: cure ?? '' }
}

async function lookAtLatency(target: Target): Promise<Finding> {
  const name = 'vllm latency'
  await using model = target.client()
  const begun = performance.now()
  const { text, error } = await ask(model, 'Say hello in three words.', { maxTokens: 12 })
  const ms = Math.round(performance.now() - begun)
  if (text === '') {
    const why = error instanceof Error ? error.message : 'it ended without a word'
    return fault(name, `a short question gets no answer: ${why}`, 'Look at the log of vLLM.')
  }
  const told = `a short answer takes ${ms} ms`
  const cure = 'See what else the server does (nvidia-smi, /metrics); a smaller model answers sooner.'
  return ms > slowMs ? warning(name, told, cure) : ok(name, told)
}
