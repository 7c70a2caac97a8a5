import { existsSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseEnv } from 'node:util'

type Environment = Readonly<Record<string, string | undefined>>

/** What the playground takes from the environment, and what it hands on to the service. */
export type PlaygroundSettings = Readonly<{
  /** A real vLLM; without one the stand-in is started. */
  vllmUrl: string | undefined
  model: string
  databasePath: string
  /** What the service says of itself; begun anew with every playground. */
  logPath: string
  /** Where the page is. */
  port: number
  environment: Environment
}>

const usualPort = 4_180

/** Reads the settings as the service does: the environment first, then `.env`. */
export function readSettings(environment: Environment, dotEnvPath = '.env'): PlaygroundSettings {
  const dotEnv: Environment = existsSync(dotEnvPath) ? parseEnv(readFileSync(dotEnvPath, 'utf8')) : {}
  const setting = (name: string) => (environment[name] ?? dotEnv[name])?.trim() || undefined
  // Not from `.env`: that one names the database of the real service, where talk of the playground has no place.
  const databasePath = environment['DATABASE_PATH']?.trim() || './data/playground/aeries.db'
  return {
    vllmUrl: setting('VLLM_URL'),
    model: setting('VLLM_MODEL') ?? 'Qwen/Qwen3-8B',
    databasePath,
    port: Number(setting('PLAYGROUND_PORT') ?? usualPort),
    logPath: `${dirname(databasePath)}/service.log`,
    // The port of a real service on this machine stays free.
    environment: { OPS_PORT: '0', ...environment, ...withoutRealPlatforms({ ...dotEnv, ...environment }) },
  }
}

/** Tokens of real platforms that the environment or `.env` hold are blanked: the playground stays on this machine. */
function withoutRealPlatforms(settings: Environment): Environment {
  const names = Object.keys(settings).filter(name => /^(?:DISCORD|SLACK)_/.test(name))
  return Object.fromEntries(names.map(name => [name, '']))
}
