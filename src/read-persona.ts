import { readFileSync } from 'node:fs'
import { ConfigError } from '#src/core/errors.ts'
import type { Persona } from '#src/core/persona.ts'
import { estimateTokens } from '#src/engine/estimate-tokens.ts'

/**
 * Who the file says that Aeries is. A `ConfigError` for one that cannot be read, is empty, or takes more than half of the
 * context (in tokens): beside it no question would find room, and every one would be answered with an apology.
 */
export function readPersona(path: string, contextLength: number): Persona {
  const voice = readVoice(path)
  if (voice.trim() === '') throw new ConfigError(`PERSONA_PATH: "${path}" is empty: write down who Aeries is.`)
  const tokens = estimateTokens(voice)
  const most = Math.floor(contextLength / 2)
  if (tokens > most) {
    throw new ConfigError(
      `PERSONA_PATH: "${path}" is too long: ${voice.length} characters are about ${tokens} tokens, and half of VLLM_CONTEXT_LENGTH, ${most}, is the most. Shorten it.`,
    )
  }
  return { name: 'Aeries', voice }
}

function readVoice(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new ConfigError(`PERSONA_PATH: "${path}" cannot be read: name a readable markdown file.`, { cause })
  }
}
