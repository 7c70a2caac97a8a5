import { z } from 'zod'
import { isLatencyPreset, type LatencyChoice, type LatencyPreset } from './latency.ts'
import { faultKinds } from './script.ts'

const preset = z.custom<LatencyPreset>(value => typeof value === 'string' && isLatencyPreset(value), 'no such preset')
const spread = z.union([z.number(), z.strictObject({ mean: z.number(), sd: z.number() })])

/** The weather, changed while the server runs. */
export const statePatchSchema = z.strictObject({
  /** dead: errors everywhere; hang: everything accepted, nothing computed, /health 200. */
  health: z.enum(['ok', 'dead', 'hang']).optional(),
  /** Requests are accepted and never scheduled. */
  asleep: z.boolean().optional(),
  /**
   * refusing: the process is gone, connections are refused. silent: an operator's restart in its first minute, no new
   * connections, open streams open and silent until the client closes them.
   */
  door: z.enum(['open', 'refusing', 'silent']).optional(),
  model: z.string().optional(),
  maxModelLen: z.int().positive().optional(),
  latency: z
    .union([
      preset,
      z.strictObject({
        ttftMs: spread.optional(),
        itlMs: z.union([spread, z.array(z.number()).readonly()]).optional(),
        prefillMsPerUncachedToken: z.number().optional(),
      }),
    ])
    .optional(),
  /** A share of the answers that no script serves is struck by one of these faults, after a few tokens. */
  randomFaults: z
    .strictObject({ rate: z.number().min(0).max(1), kinds: z.array(z.enum(faultKinds)).nonempty() })
    .nullable()
    .optional(),
})
export type StatePatch = Readonly<z.infer<typeof statePatchSchema>>

export type ServerState = Readonly<{
  health: 'ok' | 'dead' | 'hang'
  asleep: boolean
  door: 'open' | 'refusing' | 'silent'
  model: string
  maxModelLen: number
  latency: LatencyChoice
  randomFaults: NonNullable<StatePatch['randomFaults']> | null
}>

export function patched(state: ServerState, patch: StatePatch): ServerState {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined)
  return { ...state, ...Object.fromEntries(given) }
}
