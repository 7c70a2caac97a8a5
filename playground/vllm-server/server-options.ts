import type { Template } from './chat-template.ts'
import type { LatencyChoice } from './latency.ts'
import type { SchedulingPolicy } from './scheduler.ts'
import type { StructuredBackend } from './schema-check.ts'
import type { Voice } from './voice/voice.ts'
import { defaultVoice } from './voice/voice.ts'
import type { WireProfileName } from './wire-profile.ts'

/** How the stand-in is started: the flags of `vllm serve` that change what a client sees, and the weather. */
export type VllmServerOptions = Partial<ServerOptions>

export type ServerOptions = Readonly<{
  /** 0 takes any free one. Always on 127.0.0.1. */
  port: number
  /** A second door for the control routes alone, which stays open while the first one refuses; none by default. */
  adminPort: number | undefined
  profile: WireProfileName
  model: string
  maxModelLen: number
  apiKey: string | undefined
  latency: LatencyChoice
  seed: number
  /** `--reasoning-parser qwen3`: thinking goes to its own field instead of the text. */
  reasoningParser: boolean
  promptTokensDetails: boolean
  perRequestMetrics: boolean
  requestIdHeaders: boolean
  /** What the template does when the request does not say; Qwen3 thinks. */
  enableThinking: boolean
  template: Template
  schedulingPolicy: SchedulingPolicy
  maxNumSeqs: number
  /** `--max-num-queued-reqs`: more than this many requests, running ones counted, are refused with 503. */
  maxQueuedReqs: number | undefined
  structuredBackend: StructuredBackend
  /** `VLLM_SERVER_DEV_MODE=1`: /sleep, /wake_up, /is_sleeping, /reset_prefix_cache. */
  devMode: boolean
  /** How long an idle connection stays open. */
  keepAliveMs: number
  /** Tokens whose KV fits the card. */
  kvCacheTokens: number
  voice: Voice
}>

export const defaultOptions: ServerOptions = {
  port: 0,
  adminPort: undefined,
  profile: '0.32',
  model: 'Qwen/Qwen3-8B',
  maxModelLen: 40_960, // Qwen3-8B's own
  apiKey: undefined,
  latency: 'instant',
  seed: 1,
  reasoningParser: false,
  promptTokensDetails: true,
  perRequestMetrics: true,
  requestIdHeaders: true,
  enableThinking: true,
  template: 'qwen3',
  schedulingPolicy: 'fcfs',
  maxNumSeqs: 1_024, // what an H100-class card gets by default
  maxQueuedReqs: undefined,
  structuredBackend: 'xgrammar',
  devMode: false,
  keepAliveMs: 5_000, // uvicorn's, and no header tells it
  kvCacheTokens: 380_000, // an 80 GB card with Qwen3-8B
  voice: defaultVoice,
}
