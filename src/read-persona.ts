import type { Persona } from '#src/core/persona.ts'
import { estimateTokens } from '#src/engine/estimate-tokens.ts'
import { type ReadOptions, usualPersona } from '#src/personas/persona-files.ts'

/**
 * Who the file says that Aeries usually is. A `ConfigError` for one that cannot be read, has a mistake, or takes more than half
 * of the context (in tokens): beside it no question would find room.
 */
export function readPersona(path: string, contextLength: number): Persona {
  return usualPersona(personaOptions(path, contextLength)).persona
}

/** How personas are read, the usual one at this path. */
export function personaOptions(path: string, contextLength: number): ReadOptions {
  return { path, mostTokens: Math.floor(contextLength / 2), countTokens: estimateTokens }
}
