import { z } from 'zod'
import { addresses } from './addresses.ts'
import { headerName } from './header-name.ts'
import { between, milliseconds, oneOf, secret, whole } from './setting-forms.ts'

/** The settings of the model and its server, as they stand in the environment. */
export const vllmSettings = {
  VLLM_URL: addresses.default(['http://127.0.0.1:8000']),
  VLLM_MODEL: z.string().default('Qwen/Qwen3-8B'),
  VLLM_API_KEY: secret.optional(),
  VLLM_CONTEXT_LENGTH: whole(1_024, 10_000_000).default(16_384),
  VLLM_FIRST_CONTENT_MS: milliseconds.default(30_000),
  VLLM_IDLE_MS: milliseconds.default(15_000),
  VLLM_TOTAL_MS: milliseconds.default(120_000),
  VLLM_MAX_CONCURRENT: whole(1, 100_000).optional(),
  VLLM_SESSION_HEADER: headerName.default('x-session-id'),
  VLLM_IMAGES: oneOf(['auto', 'on', 'off']).default('auto'),
  MAX_TOKENS: whole(16, 1_000_000).default(1_024),
  TEMPERATURE: between(0, 2).default(0.7),
  TOP_P: between(0.01, 1).default(0.8),
  TOP_K: whole(0, 1_000_000).default(20),
  MIN_P: between(0, 1).default(0),
  PRESENCE_PENALTY: between(-2, 2).default(0),
}

type VllmSettings = z.output<z.ZodObject<typeof vllmSettings>>

export type VllmConfig = Readonly<{
  /** Replicas that serve the same model. */
  url: readonly string[]
  model: string
  apiKey: string | undefined
  contextLength: number
  /** Answers that one server generates at once; learnt when undefined. */
  maxConcurrent: number | undefined
  /** Carries a name of the conversation for a router. */
  sessionHeader: string | undefined
  sampling: Readonly<{ temperature: number; topP: number; topK: number; minP: number; presencePenalty: number }>
  timers: Readonly<{ firstContentMs: number; idleMs: number; totalMs: number }>
}>

export function arrangeVllm(settings: VllmSettings): VllmConfig {
  return {
    url: settings.VLLM_URL,
    model: settings.VLLM_MODEL,
    apiKey: settings.VLLM_API_KEY,
    contextLength: settings.VLLM_CONTEXT_LENGTH,
    maxConcurrent: settings.VLLM_MAX_CONCURRENT,
    sessionHeader: settings.VLLM_SESSION_HEADER === 'off' ? undefined : settings.VLLM_SESSION_HEADER,
    sampling: {
      temperature: settings.TEMPERATURE,
      topP: settings.TOP_P,
      topK: settings.TOP_K,
      minP: settings.MIN_P,
      presencePenalty: settings.PRESENCE_PENALTY,
    },
    timers: {
      firstContentMs: settings.VLLM_FIRST_CONTENT_MS,
      idleMs: settings.VLLM_IDLE_MS,
      totalMs: settings.VLLM_TOTAL_MS,
    },
  }
}
