/** Milliseconds: fixed, or bell-shaped around a mean. */
export type Spread = number | Readonly<{ mean: number; sd: number }>

/** How long the simulated card takes. */
export type Latency = Readonly<{
  /** From the slot to the first token. */
  ttftMs: Spread
  /** Between two tokens; a list is used token by token, its last value goes on. */
  itlMs: Spread | readonly number[]
  /** Added to the first token for each prompt token that the prefix cache did not serve. */
  prefillMsPerUncachedToken: number
}>

export type LatencyPreset = keyof typeof latencyPresets

// An 8B model in bf16 with one stream, first token and gap, as simulators of these cards tabulate them.
const latencyPresets = {
  'h100-8b': { ttftMs: 90, itlMs: 12, prefillMsPerUncachedToken: 0 },
  'l40s-8b': { ttftMs: 230, itlMs: 30, prefillMsPerUncachedToken: 0 },
  instant: { ttftMs: 0, itlMs: 0, prefillMsPerUncachedToken: 0 },
} as const satisfies Record<string, Latency>

export function isLatencyPreset(name: string): name is LatencyPreset {
  return Object.hasOwn(latencyPresets, name)
}

/** Single figures; what is left out is taken from `instant`. */
type LatencyFigures = Readonly<{ [Figure in keyof Latency]?: Latency[Figure] | undefined }>
export type LatencyChoice = LatencyPreset | LatencyFigures

export function latencyOf(choice: LatencyChoice): Latency {
  if (typeof choice === 'string') return latencyPresets[choice]
  const { instant } = latencyPresets
  return {
    ttftMs: choice.ttftMs ?? instant.ttftMs,
    itlMs: choice.itlMs ?? instant.itlMs,
    prefillMsPerUncachedToken: choice.prefillMsPerUncachedToken ?? instant.prefillMsPerUncachedToken,
  }
}
