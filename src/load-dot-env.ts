import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { ConfigError } from '#src/core/errors.ts'

/** Takes the settings of a `.env` in the present folder into the environment, which goes before them. */
export function loadDotEnv(): void {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env')
  } catch (cause) {
    const path = resolve('.env')
    throw new ConfigError(`The settings in ${path} cannot be read: make it a readable file, or move it away.`, {
      cause,
    })
  }
}
